"""What goes wrong with files, said in a sentence and an exit status."""

from __future__ import annotations

import sys

from tui_nn.files.visible import say

FAILED = 1


class FileError(Exception):
    """A file that cannot be read, written or had; the text is one sentence for a person, without its dot."""

    def __init__(self, text: str, why: str = "") -> None:
        super().__init__(text)
        self.why = why or text
        """The reason alone, for who says it with words of their own."""


def complain(error: FileError) -> int:
    """Say it in one line on stderr; return the exit status."""
    say(f"tui-nn: {' '.join(str(error).split())}", to=sys.stderr)
    return FAILED


def reason(error: Exception) -> str:
    """Return the words of an error, without its number and its path."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
