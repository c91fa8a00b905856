"""Opens the playground: checks settings and terminal, and starts the trainer, before Textual is loaded."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui_nn.app.loading import collect_everything, without_collecting
from tui_nn.files.errors import FileError, complain
from tui_nn.files.paths import full_path
from tui_nn.files.places import cache_folder, data_folder, kept_runs_folder
from tui_nn.render import terminal
from tui_nn.settings.config import Config
from tui_nn.settings.flags import UsageError, make_app_parser
from tui_nn.training.commands import Command
from tui_nn.training.opening import read_opening
from tui_nn.training.remote.client import Client
from tui_nn.training.remote.link import Link

if TYPE_CHECKING:
    from tui_nn.app.app import PlaygroundApp
    from tui_nn.app.turnstile import Translate
    from tui_nn.settings.keymaps.keymap import Keymap

TOLD_TO_END = (128 + signal.SIGHUP, 128 + signal.SIGTERM)
"""Exit statuses of a process, not only of its app, that is to end."""


def main(words: Sequence[str]) -> int:
    """Run the app; return its exit status."""
    try:
        arguments = make_app_parser().read(words)
        opening = read_opening(arguments, os.environ)
        lessons = None if arguments.lessons is None else full_path(arguments.lessons)
        keymap = None if arguments.keys is None else _keymap(arguments.keys)
        journal = None if arguments.journal is None else _journal(arguments.journal)
    except FileError as error:
        return complain(error)
    opens_with = f"play_lesson({arguments.lesson!r})" if arguments.lesson else ""
    if journal is not None:
        opens_with = f"sweep({str(journal)!r})"
    return open_app(
        opening.config if journal is None else opening.config.replace(paused=True),
        os.environ,
        first=opening.first,
        lessons=lessons,
        opens_with=opens_with,
        offers_tour=opening.is_first_look and not opens_with and opening.config.screen == "playground",
        keymap=keymap,
    )


def _keymap(wanted: str) -> Keymap:
    """Return a person's own keys. Raises FileError."""
    from tui_nn.settings.keymaps.files import read_keymap  # only who has own keys waits for it

    return read_keymap(wanted)


def use_keymap(app: PlaygroundApp, keymap: Keymap | None) -> None:
    """Let an app take keys by a map, None the usual one, and by their positions on other layouts."""

    def translator() -> Translate:
        from tui_nn.app.meant_keys import MeantKeys  # no picture waits for it
        from tui_nn.settings.keymaps.keymap import Keymap

        return MeantKeys(app, keymap or Keymap())

    app.keymap, app.turnstile.translator = keymap, translator


def _journal(wanted: str) -> Path:
    """Return where the journal of a sweep is. Raises FileError."""
    from tui_nn.sweeps.following import journal_path  # only who watches a sweep waits for it

    return journal_path(wanted)


def open_app(
    config: Config,
    environment: Mapping[str, str],
    first: Sequence[Command] = (),
    lessons: Path | None = None,
    opens_with: str = "",
    offers_tour: bool = False,
    keymap: Keymap | None = None,
) -> int:
    """Run the app with these settings; return its exit status.

    first: what the trainer is told before anything else.
    opens_with: an action of the app that shows what it opens with, where that is no screen of a run.
    offers_tour: whether to offer a tour to who has not answered that before.
    """
    complaint = terminal.complaint(environment)
    if complaint is not None:
        raise UsageError(complaint)
    try:
        folder = kept_runs_folder()
        cache_folder(), data_folder()
    except FileError as error:
        raise UsageError(str(error)) from None
    depth = terminal.color_depth(config.color, environment)
    is_ascii = config.ascii or not terminal.has_blocks(environment)
    client = Client(Link(config), config)
    for command in first:
        client.send(command)
    try:
        terminal.prepare(depth)
        with without_collecting():
            from tui_nn.app.app import PlaygroundApp
            from tui_nn.app.driver import LeanDriver
            from tui_nn.training.remote.keeper import Keeper

        driver = None if environment.get("TEXTUAL_DRIVER") else LeanDriver
        app = PlaygroundApp(
            config,
            client,
            depth=depth,
            is_ascii=is_ascii,
            keeper=Keeper(folder),
            lessons=lessons,
            opens_with=opens_with,
            offers_tour=offers_tour,
            driver_class=driver,
        )
        use_keymap(app, keymap)
        try:
            status = app.run(mouse=config.mouse)
        finally:
            app.live_on()
    finally:
        client.close()
        collect_everything()
    if status in TOLD_TO_END:
        os._exit(status)  # clearing away the interpreter takes longer than whoever sent the signal may wait
    return app.return_code or 1 if status is None else status
