"""The widgets: reactive attributes in, messages out; one widget a file."""
