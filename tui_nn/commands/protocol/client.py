"""A session driven from Python: requests go to a process of its own, or to one that listens at a socket.

with tui_nn.connect(dataset="xor", hidden_sizes=(8,)) as session:
    session.ask("start", epochs=20)
    record = session.wait()
    session.ask("predict", inputs=[[0.5, -1.2]])["predictions"]
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from tui_nn.files.paths import full_path
from tui_nn.files.sockets import connected
from tui_nn.settings.config import SETTINGS, Config

MOST_EVENTS = 10_000
"""Older events that nobody asked for go when there are more."""
LEAVE_S = 5.0
PACKAGE_PARENT = Path(__file__).resolve().parents[3]
"""Where `python -m` finds this package, whatever folder the caller works in."""


class SessionError(Exception):
    """What a session answered in place of doing it, or that it is gone."""


class Client:
    """One connection to a session. Not for several threads at once."""

    def __init__(
        self, lines: IO[str], requests: IO[str], process: subprocess.Popen[str] | None = None
    ) -> None:
        self._lines, self._requests, self._process = lines, requests, process
        self._events: deque[dict[str, Any]] = deque(maxlen=MOST_EVENTS)
        self._count = 0
        self.greeting = self._read()
        """The event `connected`: version, settings."""

    def ask(self, do: str, **fields: Any) -> dict[str, Any]:
        """Send a request and return its answer. Raises SessionError with the sentence that refused it.

        A field that Python keeps for itself is written with `_` behind: `with_=["history"]`.
        """
        self._count += 1
        asked = {"id": self._count, "do": do, **{name.rstrip("_"): value for name, value in fields.items()}}
        try:
            self._requests.write(json.dumps(asked) + "\n")
            self._requests.flush()
        except (OSError, ValueError):
            raise SessionError("the session is gone") from None
        while (message := self._read()).get("id") != self._count:
            self._events.append(message)
        if not message["ok"]:
            raise SessionError(message["error"])
        return message

    def events(self) -> Iterator[dict[str, Any]]:
        """Yield what the session tells unasked, for ever: wait where there is nothing."""
        while True:
            yield self._events.popleft() if self._events else self._read()

    def wait(self) -> dict[str, Any]:
        """Return the record of the run under way when it has ended; events before it are let go."""
        return next(event for event in self.events() if event.get("type") == "training_complete")

    def close(self) -> None:
        """Leave; a session that was started with `connect` ends."""
        for stream in (self._requests, self._lines):
            with suppress(OSError):
                stream.close()
        if self._process is not None:
            try:
                self._process.wait(LEAVE_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self) -> dict[str, Any]:
        try:
            line = self._lines.readline()
        except (OSError, ValueError):
            line = ""
        if not line:
            raise SessionError("the session is gone")
        message: dict[str, Any] = json.loads(line)
        return message


def connect(socket: str | Path | None = None, **settings: Any) -> Client:
    """Return a client of the session at a socket; without one, of a new process with these settings.

    Raises ConfigError for settings that cannot be, FileError where nobody answers at the socket.
    """
    if socket is not None:
        if settings:
            raise TypeError("settings are for a new session, not for one at a socket; use ask('set', ...)")
        caller = connected(full_path(socket))
        with caller:
            return Client(caller.makefile("r", encoding="utf-8"), caller.makefile("w", encoding="utf-8"))
    config = Config().replace(**settings)
    flags = [f"{SETTINGS[name].flag}={_exact(name, config)}" for name in settings]
    process = subprocess.Popen(
        [sys.executable, "-m", "tui_nn", "session", *flags],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=PACKAGE_PARENT,
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    return Client(process.stdout, process.stdin, process)


def _exact(name: str, config: Config) -> str:
    value = getattr(config, name)
    return repr(value) if isinstance(value, float) else SETTINGS[name].kind.format(value)
