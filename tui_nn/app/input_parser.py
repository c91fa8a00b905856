"""What a terminal sends, as messages: keys, pastes, mouse reports, answers; the rest is dropped.

Textual's parser knows the sequences, but fails on some, and waits for ever on others. Here the stream is cut
into whole ones first, however its pieces arrive, and each is read by itself; none ends anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from time import monotonic

from textual import constants
from textual._xterm_parser import XTermParser
from textual.events import Key, Paste, Resize
from textual.message import Message

SEQUENCE_S = 0.5
"""So far apart the pieces of a sequence may arrive; a lone escape waits only for ESCAPE_DELAY."""
PASTE_S = 1.0
"""A paste of which nothing came for so long has ended."""
MOST_PASTED = 1 << 20
"""Characters of one paste that are kept."""
LONGEST_SEQUENCE = 32
"""No sequence that means something is longer."""
MOST_WAITING = 4096
"""Characters of a sequence that does not end; what comes after them is read anew."""

PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"
LEAVE = "\x11"
"""What ctrl+q sends."""
_STRING = r"\][0-9]|P[0-9>!$]|_G"
"""How the answers begin that end with a string terminator: colors, capabilities, pictures."""
_WHOLE = re.compile(
    rf"\x1b(?:\[\[[ -~]|\[M[^\x00-\x1f]{{3}}|\[[0-9]+\$(?!y)|\[(?![\[M])[0-?]*[ -/]*[@-~]|O[0-9;]*[@-~]"
    rf"|(?:{_STRING})[^\x00-\x1f]*(?:\x07|\x1b\\))",
    re.DOTALL,
)
_LONE = re.compile(rf"\x1b(?!{_STRING})[^\[O]", re.DOTALL)
"""An escape that begins nothing: a key of its own, then the character, for no action stands behind alt."""
_BEGUN = re.compile(
    r"\x1b(?:\[\[?|\[M[^\x00-\x1f]{0,2}|\[[0-?]*[ -/]*|O[0-9;]*|\]|P|_"
    rf"|(?:{_STRING})[^\x00-\x1f]*\x1b?)?\Z",
    re.DOTALL,
)
_BROKEN = re.compile(r"\x1b(?:\[[\[M]?[0-?]*[ -/]*|O[0-9;]*|.[^\x00-\x1f]*)", re.DOTALL)
_LEAVING = re.compile(rf"{LEAVE}(?:{_WHOLE.pattern})*\Z", re.DOTALL)
"""ctrl+q in a paste that is not closed, nothing behind it but what a terminal answers by itself: it is a key,
for terminals paste no such characters.
"""
_ANSWER = re.compile(rf"\x1b(?:{_STRING})")

Window = tuple[bool, "tuple[int, int] | None", "tuple[int, int] | None"]
"""Whether mouse reports count pixels, and the size of the window in cells and in pixels."""


class InputParser:
    """Reads what a terminal sends, piece by piece."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._parser = _SequenceParser()
        self._waiting = ""
        """What has come of a sequence, or of a paste."""
        self._is_pasting = False
        self._came = 0.0

    @property
    def is_waiting(self) -> bool:
        """Whether a sequence or a paste has begun: `tick` will end it if nothing follows."""
        return bool(self._waiting) or self._is_pasting

    def feed(self, text: str) -> list[Message]:
        """Return what the text completes."""
        messages: list[Message] = []
        self._came = self._clock()
        self._waiting += text
        while self._waiting:
            before = len(self._waiting), self._is_pasting
            messages += self._read_paste() if self._is_pasting else self._read_next()
            if (len(self._waiting), self._is_pasting) == before:
                break
        return messages

    def tick(self) -> list[Message]:
        """Return what is complete because nothing has followed for long enough."""
        patience = PASTE_S if self._is_pasting else SEQUENCE_S
        if self._waiting == "\x1b" and not self._is_pasting:
            patience = constants.ESCAPE_DELAY
        if not self.is_waiting or self._clock() - self._came < patience:
            return []
        waiting, self._waiting = self._waiting, ""
        if not self._is_pasting:
            return self._parsed(waiting, is_alone=True) if waiting == "\x1b" else []
        return self._end_paste(waiting)

    def _read_next(self) -> list[Message]:
        """Take plain text or one sequence off what is waiting."""
        text = self._waiting
        if text[0] != "\x1b":
            plain = text.partition("\x1b")[0]
            self._waiting = text[len(plain) :]
            return self._parsed(plain)
        if _LONE.match(text):
            self._waiting = text[1:]
            return self._parsed("\x1b", is_alone=True)
        whole = _WHOLE.match(text)
        if whole is None:
            broken = _BROKEN.match(text)
            if broken is not None and (not _BEGUN.match(text) or len(text) > MOST_WAITING):
                self._waiting = text[broken.end() :]
            return []
        self._waiting = text[whole.end() :]
        if whole[0] == PASTE_BEGINS:
            self._is_pasting = True
            return []
        return self._parsed(whole[0])

    def _read_paste(self) -> list[Message]:
        """Take a paste off what is waiting, once its end is there."""
        pasted, end, rest = self._waiting.partition(PASTE_ENDS)
        leaving = None if end else _LEAVING.search(pasted)
        if leaving is not None:
            messages = self._end_paste(pasted[: leaving.start()])
            self._waiting = leaving[0]
            return messages
        if not end:
            if len(pasted) > MOST_PASTED:
                self._waiting = pasted[:MOST_PASTED] + pasted[-len(PASTE_ENDS) :]
            return []
        messages = self._end_paste(pasted)
        self._waiting = rest
        return messages

    def _end_paste(self, text: str) -> list[Message]:
        self._is_pasting, self._waiting = False, ""
        return [Paste("".join(c for c in text[:MOST_PASTED] if c in "\r\n\t" or not _is_control(c)))]

    def _parsed(self, sequence: str, is_alone: bool = False) -> list[Message]:
        """Return what a whole sequence, or plain text, means.

        is_alone: nothing follows, so that an escape is a key.
        """
        if sequence[0] == "\x1b" and (len(sequence) > LONGEST_SEQUENCE or _ANSWER.match(sequence)):
            return []
        parser = self._parser
        known = parser.window
        try:
            messages = list(parser.feed(sequence))
            if is_alone and parser.is_waiting:
                messages += parser.settle()
        except Exception:  # the ways in which Textual's parser fails on numbers are many
            messages = []
            self._parser = _SequenceParser(known)
        if self._parser.is_waiting:
            self._parser = _SequenceParser(known)
        if any(isinstance(m, Resize) and not (m.size and m.pixel_size) for m in messages):
            self._parser = _SequenceParser(known)  # it would divide mouse reports by these
        return [message for message in messages if _is_sound(message)]


class _SequenceParser(XTermParser):
    """Textual's parser, which can be told that nothing follows."""

    def __init__(self, window: Window = (False, None, None)) -> None:
        super().__init__()
        self.mouse_pixels, self.terminal_size, self.terminal_pixel_size = window

    @property
    def window(self) -> Window:
        """What is known of the window, by which mouse reports are read."""
        return self.mouse_pixels, self.terminal_size, self.terminal_pixel_size

    @property
    def is_waiting(self) -> bool:
        """Whether it is in the middle of a sequence."""
        return self._awaiting.timeout is not None

    def settle(self) -> Iterable[Message]:
        """Return what a sequence means if nothing follows."""
        self._timeout_time = 0.0
        return self.tick()


def _is_sound(message: Message) -> bool:
    """Return whether a message is something that a terminal can mean."""
    if isinstance(message, Resize):
        return bool(message.size)
    if isinstance(message, Key):
        return not any(
            unicodedata.category(c) == "Cs" or "\x80" <= c <= "\x9f" for c in message.character or ""
        )
    return True


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs")
