"""Questions to the terminal itself: written at once, and read until the last is answered, or for a second."""

from __future__ import annotations

import contextlib
import os
import re
import select
import termios
import time
import tty
from collections.abc import Iterator
from dataclasses import dataclass

PATIENCE_S = 1.0
SAMPLE = "▀●⠿═"
"""Glyphs that the screen uses; each is one cell wide where everything is well."""
_QUESTIONS = (
    f"\r{SAMPLE}\x1b[6n\r\x1b[K"  # where is the cursor behind them?
    "\x1b[?u"  # which keyboard protocol?
    "\x1b]11;?\x1b\\"  # which background?
    "\x1b[c"  # who are you? every terminal answers this one, so it comes last
)
_CURSOR = re.compile(rb"\x1b\[(\d+);(\d+)R")
_KEYBOARD = re.compile(rb"\x1b\[\?(\d+)u")
_BACKGROUND = re.compile(rb"\x1b\]11;rgb:([0-9a-fA-F]+)/([0-9a-fA-F]+)/([0-9a-fA-F]+)")
_NAME = re.compile(rb"\x1b\[\?[\d;]*c")


@dataclass(frozen=True)
class Replies:
    """What a terminal said of itself."""

    answers_cursor: bool = False
    answers_name: bool = False
    sample_cells: int | None = None
    """Cells that SAMPLE took."""
    has_keyboard_protocol: bool = False
    background: float | None = None
    """Brightness, 0 (black) to 1."""
    milliseconds: float | None = None
    """Until the last answer."""


def ask_terminal(read_fd: int, write_fd: int) -> Replies:
    """Ask, and leave the line as it was; raises OSError where it is no terminal."""
    with _unbuffered(read_fd):
        began = time.monotonic()
        os.write(write_fd, _QUESTIONS.encode("utf-8", "replace"))
        heard, ended = b"", None
        while (left := began + PATIENCE_S - time.monotonic()) > 0 and ended is None:
            if not select.select([read_fd], [], [], left)[0]:
                break
            data = os.read(read_fd, 1024)
            if not data:
                break
            heard += data
            ended = time.monotonic() if _NAME.search(heard) else None
    return understand(heard, None if ended is None else 1000 * (ended - began))


def understand(heard: bytes, milliseconds: float | None) -> Replies:
    """Return what the bytes of the answers say."""
    cursor, background = _CURSOR.search(heard), _BACKGROUND.search(heard)
    brightness = None
    if background is not None:
        parts = [int(part, 16) / (16 ** len(part) - 1) for part in background.groups()]
        brightness = 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]
    return Replies(
        answers_cursor=cursor is not None,
        answers_name=_NAME.search(heard) is not None,
        sample_cells=None if cursor is None else int(cursor[2]) - 1,
        has_keyboard_protocol=_KEYBOARD.search(heard) is not None,
        background=brightness,
        milliseconds=milliseconds,
    )


@contextlib.contextmanager
def _unbuffered(fd: int) -> Iterator[None]:
    """Let answers come unseen, key by key."""
    before = termios.tcgetattr(fd)
    try:
        tty.setcbreak(fd, termios.TCSAFLUSH)
        yield
    except termios.error as error:
        raise OSError(*error.args) from None
    finally:
        termios.tcsetattr(fd, termios.TCSAFLUSH, before)
