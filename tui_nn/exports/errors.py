"""What cannot be exported, in a sentence."""


class ExportError(Exception):
    """A network that a format cannot hold, or a library that is missing."""
