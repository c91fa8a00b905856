"""Going on with a saved run: its settings, changed by what the command line says, and its state."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from tui_nn.data import DataError
from tui_nn.engine import EngineError, Network
from tui_nn.files.errors import FileError
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.flags import UsageError
from tui_nn.settings.precedence import read_config
from tui_nn.settings.setting import Scope
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.commands import Command, Configure, Restore, UseParameters
from tui_nn.training.saved_run import SavedRun, check_data
from tui_nn.training.session import Message, Session
from tui_nn.training.sharing import shared_weights
from tui_nn.training.shipped import digits_config
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
    return read_config(arguments, {}, start={name: getattr(saved, name) for name in SETTINGS})


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
    _obey(session, Restore(checkpoint, timeline_path), Configure(config))


def go_on_from(session: Session, network: Network) -> None:
    """Put the weights of a network that came alone into a session of such settings. Raises UsageError."""
    _obey(session, UseParameters(network.parameters))


def begin_shared(session: Session, arguments: argparse.Namespace) -> None:
    """Put the weights that a share line holds, where there is one, into a new session. Raises UsageError."""
    weights = None if arguments.share is None else shared_weights(arguments, session.trainer.config)
    if weights is not None:
        _obey(session, UseParameters(weights))


def network_start(run: SavedRun) -> dict[str, Any]:
    """Return settings for a network that came alone, with data like that it was trained on."""
    saved = run.config()
    like = digits_config() if run.image_shape is not None else Config()
    data = {"dataset": saved.dataset, "classes": saved.classes, "standardize": saved.standardize}
    return {**chosen(like), **data, **run.network_settings()}


def chosen(config: Config) -> dict[str, Any]:
    """Return the settings of a run that are not as they are by default, without what only shows it."""
    return {
        name: getattr(config, name)
        for name, setting in SETTINGS.items()
        if (setting.scope is not Scope.APP or name == "speed") and getattr(config, name) != setting.default
    }


def _obey(session: Session, *given: Command) -> None:
    """Have a session obey; raise UsageError where it could not."""
    commands: list[Sequence[Command]] = [given]
    troubles: list[str] = []

    def publish(message: Message) -> None:
        if isinstance(message, Notice) and message.is_error:
            troubles.append(message.text)

    session.run(lambda wait_s: commands.pop() if commands else None, publish)
    if troubles:
        raise UsageError(troubles[0])
