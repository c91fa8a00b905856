"""Opens text mode: reads settings as the app does, starts the trainer, and talks until it is left."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

from tui_nn.commands.text.desk import Desk
from tui_nn.commands.text.ending import end
from tui_nn.commands.text.talking import greet, talk
from tui_nn.commands.text.typed import Typed
from tui_nn.commands.text.voice import Voice
from tui_nn.files.paths import full_path
from tui_nn.files.places import cache_folder, data_folder, kept_runs_folder
from tui_nn.files.visible import say
from tui_nn.settings.config import SETTINGS
from tui_nn.settings.flags import UsageError, make_app_parser
from tui_nn.sweeps.following import journal_path
from tui_nn.training.opening import Opening, read_opening
from tui_nn.training.remote.client import Client
from tui_nn.training.remote.keeper import Keeper
from tui_nn.training.remote.link import Link

INTERRUPTED = 128 + signal.SIGINT


def main(words: Sequence[str]) -> int:
    """Talk until it is left; return the exit status. Raises FileError, UsageError."""
    arguments = make_app_parser().read(words)
    if arguments.keys is not None:
        raise UsageError("--keys: text mode has words in place of keys; help there says them")
    opening = _at_full_speed(read_opening(arguments, os.environ), arguments.speed, os.environ)
    folder = kept_runs_folder()
    cache_folder(), data_folder()
    lessons = None if arguments.lessons is None else full_path(arguments.lessons)
    journal = None if arguments.journal is None else journal_path(arguments.journal)
    client = Client(Link(opening.config), opening.config)
    for command in opening.first:
        client.send(command)

    async def session() -> int:
        voice = Voice(_write, time.monotonic)
        desk = Desk(opening.config, client, voice, Typed(), Keeper(folder))
        desk.lessons_folder = lessons
        _hear_signals(desk)
        first = "lessons" if opening.config.screen == "lessons" else ""
        if arguments.lesson:
            first = f"lesson {arguments.lesson}"
        elif journal is not None:
            first = f"sweep {journal}"
        try:
            await _talk(desk, first)
        finally:
            await end(desk)
        if desk.failed is not None:
            raise desk.failed
        return desk.status or 0

    try:
        return asyncio.run(session())
    finally:
        client.close()


async def _talk(desk: Desk, first: str) -> None:
    """Greet, and do what is typed until it is left."""
    try:
        await greet(desk, first)
        desk.begin(desk.watch())
        desk.begin(desk.keeper.run(lambda: desk.kept.items(), desk.tell))
        await talk(desk)
    except OSError:  # whoever listened has gone
        desk.leave(1)


def _at_full_speed(opening: Opening, flag: str | None, environment: Mapping[str, str]) -> Opening:
    """Let nobody wait for a speed that is there to be watched."""
    if flag is not None or SETTINGS["speed"].variable in environment:
        return opening
    return Opening(opening.config.replace(speed=None), opening.first)


def _write(line: str) -> None:
    say(line)


def _hear_signals(desk: Desk) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGHUP, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, desk.leave, 128 + number)
    with suppress(ValueError):
        loop.add_signal_handler(signal.SIGINT, _interrupt, desk)


def _interrupt(desk: Desk) -> None:
    """Pause a run that trains, and say that the next ctrl+c leaves; leave at the next."""
    if desk.is_asked_to_leave:
        desk.leave(INTERRUPTED, is_asked_for=True)
        return
    desk.is_asked_to_leave = True
    with suppress(OSError), desk.voice.answering():
        if desk.is_training:
            desk.run.toggle()
        desk.say("ctrl+c again leaves.")
