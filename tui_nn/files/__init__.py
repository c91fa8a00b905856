"""A person's files: where they lie, how they are read and written."""
