"""python -m tui_nn.training between two pipes, and what becomes of it when its parent is gone."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tui_nn.settings.config import Config
from tui_nn.training.commands import Play, RequestSnapshot
from tui_nn.training.remote.frames import Unpacker, pack
from tui_nn.training.snapshot import ViewRequest
from tui_nn.views.map.values import DecisionMap, Grid, MapRequest

PATIENCE_S = 30
LOOK = RequestSnapshot(ViewRequest(looks=(MapRequest(Grid(9, 9, -2, 2, -2, 2)),)))

PARENT = """
import asyncio, sys, time
from tui_nn.settings.config import Config
from tui_nn.training.commands import Play, RequestSnapshot
from tui_nn.training.remote.link import Link
from tui_nn.training.snapshot import ViewRequest
from tui_nn.views.map.values import Grid, MapRequest

async def main():
    link = Link(Config(speed=None))
    if sys.argv[1] == "training":
        link.send(Play())
    link.send(RequestSnapshot(ViewRequest()))
    async for message in link.messages():
        break
    print(link.pid, flush=True)
    if sys.argv[1] == "deaf":
        for _ in range(50):
            link.send(RequestSnapshot(ViewRequest(looks=(MapRequest(Grid(300, 300, -1, 1, -1, 1)),))))
            await asyncio.sleep(0)
        time.sleep(600)
    await asyncio.sleep(600)

asyncio.run(main())
"""

NOISY = """
import os, sys
import tui_nn.app.trainer_process as process

class NoisySession(process.Session):
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        print("printed by a library", flush=True)
        os.write(1, b"written by a library\\n")

process.Session = NoisySession
process.main()
"""


def is_running(pid: int) -> bool:
    """Return whether a process is there and no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z" if stat.exists() else True
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until_gone(pid: int) -> bool:
    gives_up_at = time.monotonic() + PATIENCE_S
    while time.monotonic() < gives_up_at:
        if not is_running(pid):
            return True
        time.sleep(0.01)
    return False


def read_message(pipe: Any) -> Any:
    unpacker = Unpacker()
    while select.select([pipe], [], [], PATIENCE_S)[0]:
        data = os.read(pipe.fileno(), 1 << 16)
        assert data, "the trainer left"
        for message in unpacker.feed(data):
            return message
    raise AssertionError("the trainer said nothing")


def popen(*words: str) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, *words], stdin=pipe, stdout=pipe, stderr=pipe)


@pytest.mark.parametrize("state", ["paused", "training", "deaf"])
def test_killing_the_parent_leaves_no_process(state: str) -> None:
    with popen("-c", PARENT, state) as parent:
        trainer = int(parent.stdout.readline())
        assert is_running(trainer)
        parent.kill()
    try:
        assert wait_until_gone(trainer)
    finally:
        if is_running(trainer):
            os.kill(trainer, signal.SIGKILL)


@pytest.mark.parametrize("begin", [b"", pack(Config()), pack(Config(speed=None)) + pack(Play())])
def test_the_end_of_its_input_ends_the_trainer_quietly(begin: bytes) -> None:
    with popen("-m", "tui_nn.app.trainer_process") as trainer:
        trainer.stdin.write(begin)
        trainer.stdin.close()

        assert trainer.wait(PATIENCE_S) == 0
        assert trainer.stderr.read() == b""


def test_a_reader_that_leaves_ends_the_trainer_quietly() -> None:
    with popen("-m", "tui_nn.app.trainer_process") as trainer:
        trainer.stdout.close()
        trainer.stdin.write(pack(Config()) + pack(LOOK))
        trainer.stdin.flush()

        assert trainer.wait(PATIENCE_S) == 0
        assert trainer.stderr.read() == b""
        trainer.stdin.close()


def test_what_a_library_prints_does_not_mix_with_the_messages() -> None:
    with popen("-c", NOISY) as trainer:
        trainer.stdin.write(pack(Config()) + pack(LOOK))
        trainer.stdin.flush()
        seen = read_message(trainer.stdout)
        trainer.stdin.close()

        assert seen.reply(DecisionMap).surface.shape == (9, 9, 1)
        assert trainer.wait(PATIENCE_S) == 0
        assert trainer.stderr.read().decode().splitlines() == ["printed by a library", "written by a library"]


def test_a_terminating_signal_ends_the_trainer() -> None:
    with popen("-m", "tui_nn.app.trainer_process") as trainer:
        trainer.stdin.write(pack(Config()) + pack(LOOK))
        trainer.stdin.flush()
        read_message(trainer.stdout)
        trainer.terminate()

        assert trainer.wait(PATIENCE_S) == -signal.SIGTERM
        trainer.stdin.close()
