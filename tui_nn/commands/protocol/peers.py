"""Those who speak with a session: whole lines from each, and what waits to be read by it."""

from __future__ import annotations

import os
import select
import socket
from collections import deque
from contextlib import suppress

MOST_LINE = 16_000_000
"""Bytes of a line; a longer one is not read."""
MOST_UNREAD = 8_000_000
"""A peer that leaves so many bytes unread is not listened to until it reads."""
MOST_EVENTS = 1_000_000
"""It is told no more events from here on: they are dropped, answers never."""
READ, WRITE = 1 << 16, 4096
"""Bytes at a time; a pipe that is ready takes so many without waiting."""
TOO_LONG = None
"""Stands for a line that was too long."""


class Peer:
    """One who sends requests on a descriptor, and reads from another (or the same one)."""

    def __init__(self, read_fd: int, write_fd: int, owner: socket.socket | None = None) -> None:
        self.read_fd, self.write_fd = read_fd, write_fd
        self._owner = owner
        self.lines: deque[bytes | None] = deque()
        """Lines that were not answered yet; TOO_LONG for one that was not kept."""
        self._begun = bytearray()
        self._skips = False
        self._out = bytearray()
        self.has_ended = False
        """Whether it will send no more."""
        self.is_gone = False
        """Whether it reads no more."""

    @property
    def wants_to_speak(self) -> bool:
        """Whether it is listened to."""
        return not (self.has_ended or self.is_gone or len(self._out) > MOST_UNREAD or self.lines)

    @property
    def is_waiting(self) -> bool:
        """Whether there is something for it to read."""
        return bool(self._out) and not self.is_gone

    @property
    def has_left(self) -> bool:
        """Whether there is nothing more to hear from it, or to tell it."""
        return self.is_gone or (self.has_ended and not self.lines and not self._out)

    def read(self) -> None:
        """Take what has come."""
        try:
            data = os.read(self.read_fd, READ)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.has_ended = True
            data = b"\n" if self._begun else b""
        self._begun += data
        *whole, rest = self._begun.split(b"\n") if b"\n" in data else [self._begun]
        for line in whole:
            if self._skips or len(line) > MOST_LINE:
                self.lines.append(TOO_LONG)
                self._skips = False
            elif line.strip():
                self.lines.append(bytes(line))
        self._begun = bytearray(rest)
        if len(self._begun) > MOST_LINE:
            self._begun, self._skips = bytearray(), True

    def answer(self, line: str) -> None:
        """Let it read a line."""
        if not self.is_gone:
            self._out += line.encode("ascii") + b"\n"

    def tell(self, line: str) -> None:
        """Let it read a line that nobody asked for, unless it lags behind."""
        if len(self._out) < MOST_EVENTS:
            self.answer(line)

    def write(self) -> None:
        """Hand over what it takes without waiting."""
        view, done = memoryview(self._out), 0
        try:
            while done < len(view) and select.select([], [self.write_fd], [], 0)[1]:
                done += os.write(self.write_fd, view[done : done + WRITE])
        except BlockingIOError:
            pass
        except OSError:
            self.is_gone = True
        view.release()
        del self._out[:done]

    def close(self) -> None:
        """Hang up."""
        self.is_gone = self.has_ended = True
        if self._owner is not None:
            self._owner.close()


class Doors:
    """All peers of a session: one on two pipes, or any number that come by a socket."""

    def __init__(self, *, peer: Peer | None = None, listener: socket.socket | None = None) -> None:
        self.peers = [] if peer is None else [peer]
        self.newcomers: list[Peer] = []
        """Those who came, and were not greeted yet."""
        self._listener = listener
        self._woken, self.waker = socket.socketpair()
        self._woken.setblocking(False)
        self.waker.setblocking(False)

    @property
    def is_open(self) -> bool:
        """Whether others can come."""
        return self._listener is not None

    @property
    def is_closed(self) -> bool:
        """Whether nobody can ask any more."""
        left = (peer.is_gone or (peer.has_ended and not peer.lines) for peer in self.peers)
        return self._listener is None and all(left)

    @property
    def has_lines(self) -> bool:
        """Whether somebody waits for an answer."""
        return any(peer.lines for peer in self.peers)

    def wait(self, wait_s: float | None) -> None:
        """Read what comes within so many seconds (None: until something comes), write what can be written."""
        readers: dict[int, Peer | None] = {p.read_fd: p for p in self.peers if p.wants_to_speak}
        readers[self._woken.fileno()] = None
        if self._listener is not None:
            readers[self._listener.fileno()] = None
        writers = {peer.write_fd: peer for peer in self.peers if peer.is_waiting}
        ready, takers, _ = select.select([*readers], [*writers], [], wait_s)
        for fd in takers:
            writers[fd].write()
        for fd in ready:
            peer = readers[fd]
            if peer is not None:
                peer.read()
        if self._woken.fileno() in ready:
            with suppress(BlockingIOError):
                self._woken.recv(READ)
        if self._listener is not None and self._listener.fileno() in ready:
            self._let_in(self._listener)

    def flush(self) -> None:
        """Hand over what is taken without waiting; see off who has gone."""
        for peer in self.peers:
            if peer.is_waiting:
                peer.write()
        if self._listener is not None:
            for peer in [peer for peer in self.peers if peer.has_left]:
                peer.close()
                self.peers.remove(peer)

    def close(self) -> None:
        """Hang up everywhere."""
        for peer in self.peers:
            peer.close()
        self._woken.close()
        self.waker.close()

    def _let_in(self, listener: socket.socket) -> None:
        with suppress(OSError):  # it has gone again
            caller, _ = listener.accept()
            caller.setblocking(False)
            peer = Peer(caller.fileno(), caller.fileno(), caller)
            self.peers.append(peer)
            self.newcomers.append(peer)
