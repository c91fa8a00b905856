"""Text made safe to show: what would command a terminal is written out, as \\x1b, whatever it came from.

The screen shows nothing, and commands print nothing, that has not come through here.
"""

from __future__ import annotations

import re
import sys
from typing import TextIO

_CONTROLS = r"\x00-\x1f\x7f-\x9f"
_MARKS = (
    r"\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001-\U000e007f"
)
_HALVES = r"\ud800-\udfff"
_UNSEEN = re.compile(f"[{_CONTROLS}{_MARKS}{_HALVES}]")
"""C0, DEL and C1; marks of direction and other marks without width; halves of characters."""


def visible(text: str) -> str:
    """Return the text with each control character as an escape of Python's, the rest as it is.

    Controls are C0 (the end of a line too), DEL, C1, bidirectional and other marks without width, and
    surrogates, as a file name of undecodable bytes has them.
    """
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


def say(*lines: str, to: TextIO | None = None) -> None:
    """Print lines, to standard output by default; controls in them, ends of lines too, are made visible."""
    print(*map(visible, lines), sep="\n", file=to or sys.stdout, flush=True)


def ask(question: str) -> None:
    """Print a question to standard error, and leave the cursor behind it for the answer."""
    print(visible(question), end="", file=sys.stderr, flush=True)


def hand_on(content: str | bytes) -> None:
    """Write to standard output, as it is, what another program reads: nothing in it is text from outside.

    Raises OSError where nothing can be written.
    """
    if isinstance(content, str):
        sys.stdout.write(content)
    else:
        sys.stdout.buffer.write(content)
    sys.stdout.flush()


def show_drawing(text: str, to: TextIO) -> None:
    """Print what `ansi.to_text` has made of cells: no glyph is a control, but their colors are."""
    print(f"\n{text}", file=to, flush=True)
