"""Going on with a saved run: its settings, changed by what the command line says, and its state."""

from __future__ import annotations

import argparse
from typing import Any

from tui_nn.data import DataError
from tui_nn.engine import EngineError
from tui_nn.files.errors import FileError
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.flags import UsageError, read_config
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.commands import Configure, Restore
from tui_nn.training.saved_run import SavedRun, check_data
from tui_nn.training.session import Message, Session
from tui_nn.training.snapshot import Notice


def read_checkpoint(path: str, run: SavedRun) -> Checkpoint:
    """Return where a saved run is; raise FileError, for moments that cannot be read too."""
    try:
        run.timeline()
        return run.checkpoint()
    except EngineError as error:
        raise FileError(f"{path} cannot go on: {error}") from None


def changed_config(arguments: argparse.Namespace, saved: Config) -> Config:
    """Return the saved settings with what flags change: they stand where the environment does otherwise.

    Raises UsageError.
    """
    return read_config(
        arguments, {setting.variable: _exact(name, saved) for name, setting in SETTINGS.items()}
    )


def resume(
    session: Session, checkpoint: Checkpoint, config: Config, timeline_path: str | None = None
) -> None:
    """Put a session, made with the checkpoint's settings, where the checkpoint is; then change the settings.

    timeline_path: the file of the run, where its moments are wanted too. Raises UsageError.
    """
    try:
        check_data(checkpoint, session.trainer.problem)
    except DataError as error:
        raise UsageError(f"--load: {error}") from None
    commands: list[Any] = [[Restore(checkpoint, timeline_path), Configure(config)]]
    troubles: list[str] = []

    def publish(message: Message) -> None:
        if isinstance(message, Notice) and message.is_error:
            troubles.append(message.text)

    session.run(lambda wait_s: commands.pop() if commands else None, publish)
    if troubles:
        raise UsageError(troubles[0])


def _exact(name: str, config: Config) -> str:
    """Return the text of a setting, with every digit of a number."""
    value = getattr(config, name)
    return repr(value) if isinstance(value, float) else SETTINGS[name].kind.format(value)
