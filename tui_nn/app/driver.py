"""The terminal driver: Textual's own, sending less, taking any input, and always giving the terminal back.

Whatever comes of hang-up, end, stop, going on and end of input, in any order: the terminal is ours or as it
was, and a process that is to end does.
"""

from __future__ import annotations

import os
import select
import signal
import termios
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Resize
from textual.message import Message

from tui_nn.app.input_parser import InputParser
from tui_nn.app.lean import in_ascii, lean
from tui_nn.app.leaving import Deadline, write_last_words
from tui_nn.app.window_size import USUAL, drawn_size, window_size

if TYPE_CHECKING:
    from textual.app import App

EXIT_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
LEAVE_WORDS = (
    "\x18\x1b[m\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""Gives a terminal back, whatever was being written to it."""
SIGNAL_S = 0.3
"""An app that is told to end has so many seconds for it, or is ended."""
ASKED_S = 0.6
"""So many, if it is asked to by a key."""
SIGNAL_WORDS_S, ASKED_WORDS_S = 0.2, 0.4
"""A terminal that is blocked then has so many seconds to take the last words."""
POLL_MS, POLL_WAITING_MS = 100, 20
"""How long to wait for input before looking whether to stop, or whether a sequence has ended."""


class Mode(Enum):
    """Who has the terminal."""

    OURS = auto()
    LENT = auto()
    """It is given back while the process is stopped."""
    OVER = auto()


class Outlet:
    """Text to a terminal that may be gone: then it goes nowhere, what is left in the buffers too."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Write, if there is a terminal."""
        with self._tolerant():
            self._file.write(text)

    def flush(self) -> None:
        """Send what was written."""
        with self._tolerant():
            self._file.flush()

    def fileno(self) -> int:
        """Return the descriptor."""
        return self._file.fileno()

    @contextmanager
    def _tolerant(self) -> Iterator[None]:
        try:
            yield
        except BlockingIOError:  # there, but busy, and somebody asked not to wait for it
            pass
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)


class LeanDriver(LinuxDriver):
    """Has the terminal while the app runs."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._outlet = Outlet(cast(TextIO, self._file))
        self._file = cast(Any, self._outlet)
        self.window: tuple[int, int] = USUAL
        """What the terminal says its size is, however large."""
        self._line_size = USUAL
        """What the line said last of the window; what it says next is compared with it."""
        self._size = size or self._get_terminal_size()
        self._terminal_mode = Mode.OVER
        self._told_to_end: int | None = None
        """The exit status of a process that was told to end, with its app."""
        self._deadline = Deadline(self._let_go)
        self._handlers = {number: signal.signal(number, self._leave_on_signal) for number in EXIT_SIGNALS}
        self._is_to_stop = False
        """Whether a stop was asked for that nobody has taken back yet."""
        signal.signal(signal.SIGTSTP, self._stop_on_signal)
        signal.signal(signal.SIGCONT, self._go_on_on_signal)

    def write(self, data: str) -> None:
        """Write to the terminal; to one without Unicode, nothing but ASCII, whatever a widget draws."""
        if self._terminal_mode is Mode.LENT:
            return
        if getattr(self._app, "is_ascii", False) and not data.isascii():
            data = in_ascii(data)
        super().write(lean(data))

    # -- the terminal taken, lent and given back

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self._terminal_mode = Mode.OURS
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def suspend_application_mode(self) -> None:
        """Lend the terminal to others."""
        super().stop_application_mode()
        super().close()
        self._terminal_mode = Mode.LENT

    def stop_application_mode(self) -> None:
        """Give the terminal back: the app has ended."""
        self._terminal_mode = Mode.OVER
        status = self._app.return_value
        self._deadline.set(ASKED_S, self._app.return_code or 0 if status is None else status)
        super().stop_application_mode()

    def lift(self) -> None:
        """Let the process live on after its app; signals do what they did before, unless it is to end too."""
        self._deadline.lift()
        if self._told_to_end in (None, 128 + signal.SIGINT):
            for number, handler in self._handlers.items():
                signal.signal(number, handler)

    def leave(self, seconds: float, status: int) -> None:
        """End the app, which has so many seconds for it; from a signal or any thread."""
        self._deadline.set(seconds, status)
        if self._told_to_end is None:
            self._told_to_end = status
            self._soon(partial(self._app.exit, status))

    def _leave_on_signal(self, number: int, _: object) -> None:
        self.leave(SIGNAL_S, 128 + number)

    def _stop_on_signal(self, *_: object) -> None:
        self._is_to_stop = True
        self._soon(self._stop)

    def _go_on_on_signal(self, *_: object) -> None:
        self._is_to_stop = False
        self._soon(self._go_on)

    def _soon(self, do: Callable[[], None]) -> None:
        """Do something in the loop: a signal can come while the main thread holds any lock."""
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(do)

    def _stop(self) -> None:
        """Stop this process, as SIGTSTP asks, with the terminal lent."""
        if self._terminal_mode is Mode.OURS and self._told_to_end is None:
            self.suspend_application_mode()
            if self._is_to_stop and self._told_to_end is None:
                os.kill(os.getpid(), signal.SIGSTOP)

    def _go_on(self) -> None:
        """Take the terminal after a stop; whoever stopped this process may have left it in any state."""
        if self._terminal_mode is Mode.OVER or self._told_to_end is not None:
            return
        if self._terminal_mode is Mode.OURS:
            self.suspend_application_mode()
        if not self._is_in_foreground():
            os.kill(os.getpid(), signal.SIGSTOP)
            return
        self._must_signal_resume = True
        self.resume_application_mode()
        self._app.refresh(layout=True)

    def _is_in_foreground(self) -> bool:
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:  # a terminal that does not control this process, or that is gone
            return True

    def _let_go(self) -> None:
        """Give the terminal back in the last moment; it may take no more output, so do not wait for it."""
        if (
            self._terminal_mode is Mode.LENT
            or self._writer_thread is None
            or not self._writer_thread.is_alive()
        ):
            return
        with suppress(OSError, termios.error):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            patience_s = ASKED_WORDS_S if self._told_to_end is None else SIGNAL_WORDS_S
            write_last_words(self._outlet.fileno(), LEAVE_WORDS.encode(), patience_s)

    # -- what comes in

    def run_input_thread(self) -> None:
        """Read what the terminal sends until the app stops, or the terminal is gone."""
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        parser = InputParser()
        poll = select.poll()
        poll.register(self.fileno, select.POLLIN)
        while not self.exit_event.is_set():
            if not poll.poll(POLL_WAITING_MS if parser.is_waiting else POLL_MS):
                messages = parser.tick()
            elif data := self._read():
                messages = parser.feed(decode(data))
            else:
                self.leave(SIGNAL_S, 128 + signal.SIGHUP)
                return
            for message in messages:
                self.process_message(message)
            self._look_at_size()

    def _look_at_size(self) -> None:
        """Tell of a changed window of which no signal told.

        None comes without a controlling terminal, and none is heeded once the terminal reports sizes itself.
        """
        before, self._line_size = self._line_size, window_size(self.fileno, os.environ)
        if self._line_size != before:
            self.process_message(Resize.from_dimensions(self._line_size, None))

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def process_message(self, message: Message) -> None:
        """Hand a message to the app; ctrl+q ends it even if it does not listen."""
        if isinstance(message, Key) and message.key == "ctrl+q":
            self._deadline.set(ASKED_S, 0)
        if isinstance(message, Resize):
            self.window = message.size
            message = Resize.from_dimensions(drawn_size(self.window), message.pixel_size)
        super().process_message(message)

    def _get_terminal_size(self) -> tuple[int, int]:
        self.window = self._line_size = window_size(self.fileno, os.environ)
        return drawn_size(self.window)
