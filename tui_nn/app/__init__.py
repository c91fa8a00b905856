"""The Textual app and what starts it."""
