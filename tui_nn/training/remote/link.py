"""The app's end of the trainer process: start it, speak with it, notice when it is gone.

Plain pipes and no threads: the process is started before the screen takes the terminal, and is read by the
event loop. When this end closes, or this process dies, the trainer leaves by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic
from typing import IO, TYPE_CHECKING, cast

from tui_nn.data.registry import OWN_DATASETS
from tui_nn.settings.config import Config
from tui_nn.training.commands import Command, CompareRuns
from tui_nn.training.remote.frames import Unpacker, pack

if TYPE_CHECKING:
    from tui_nn.training.session import Message

READ_BYTES = 1 << 18
PACKAGE_PARENT = Path(__file__).resolve().parents[3]
"""Where `python -m` finds this package, whatever folder the app was started in."""
LEAVE_S = 0.4
"""A trainer that does not leave within so many seconds of being told to is killed; it has nothing to lose."""
END_S = 2.0
"""A trainer whose pipes have closed is gone after so many seconds at most."""


class Link:
    """One trainer process and the pipes to it."""

    def __init__(self, config: Config | CompareRuns) -> None:
        self._known: set[str] = set()
        """Names of a person's own data that the trainer has."""
        self._log: IO[bytes] = tempfile.TemporaryFile(prefix="tui-nn-trainer-")  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tui_nn.app.trainer_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,
            cwd=PACKAGE_PARENT,
        )
        self._commands = cast(IO[bytes], self._process.stdin)
        self._messages = cast(IO[bytes], self._process.stdout)
        self._writer: asyncio.WriteTransport | None = None
        self._waiting: list[bytes] = [*self._unknown_data(), pack(config)]
        self._dismissed_at: float | None = None

    @property
    def pid(self) -> int:
        """Process id of the trainer."""
        return self._process.pid

    def send(self, command: Command) -> None:
        """Send a command; one to a trainer that is gone is dropped, `messages` tells of it."""
        frames = [*self._unknown_data(), pack(command)]
        if self._writer is None:
            self._waiting += frames
        elif not self._writer.is_closing():
            self._writer.writelines(frames)

    def _unknown_data(self) -> list[bytes]:
        """Return frames of a person's own data that the trainer has not: settings that follow may name it."""
        new = [dataset for name, dataset in OWN_DATASETS.items() if name not in self._known]
        self._known.update(dataset.name for dataset in new)
        return [pack(dataset) for dataset in new]

    async def messages(self) -> AsyncIterator[Message]:
        """Yield what the trainer publishes, until it is gone."""
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(limit=READ_BYTES)
        protocol = asyncio.StreamReaderProtocol(reader)
        read_transport, _ = await loop.connect_read_pipe(lambda: protocol, self._messages)
        self._writer, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, self._commands)
        for frame in self._waiting:
            self._writer.write(frame)
        self._waiting.clear()
        unpacker = Unpacker()
        try:
            while data := await reader.read(READ_BYTES):
                for message in unpacker.feed(data):
                    yield message
        finally:
            read_transport.close()
            self._writer.close()

    def last_words(self) -> str:
        """Return how the trainer ended: the signal, or the last line it wrote."""
        code = None
        with contextlib.suppress(subprocess.TimeoutExpired):  # its pipes close a moment before it is gone
            code = self._process.wait(END_S)
        if code is not None and code < 0:
            return f"it was ended by {signal.Signals(-code).name}"
        self._log.seek(0)
        lines = self._log.read()[-4000:].decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else f"it left with status {code}"

    def dismiss(self) -> None:
        """Tell the trainer to leave, and do not wait for it; more than once is once."""
        if self._dismissed_at is not None:
            return
        self._dismissed_at = monotonic()
        if self._writer is not None and not self._writer.is_closing():
            self._writer.abort()
        for pipe in (self._commands, self._messages):
            with contextlib.suppress(OSError):
                pipe.close()

    def close(self) -> None:
        """See to it that the trainer leaves: it is killed LEAVE_S after it was told to."""
        self.dismiss()
        assert self._dismissed_at is not None
        try:
            self._process.wait(max(0.0, self._dismissed_at + LEAVE_S - monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
