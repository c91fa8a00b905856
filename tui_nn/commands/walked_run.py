"""The run that a walk goes through: one from a file, or one made from settings and trained for a while."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tui_nn.commands.models import model_path
from tui_nn.commands.progress import make_progress
from tui_nn.commands.train import Driver
from tui_nn.engine import EngineError
from tui_nn.files.errors import FileError
from tui_nn.settings.config import Config
from tui_nn.settings.precedence import read_config
from tui_nn.settings.presets import presets
from tui_nn.training.branching import use_parameters
from tui_nn.training.resume import begin_shared, changed_config, read_checkpoint, resume
from tui_nn.training.run_files import open_run
from tui_nn.training.saved_run import SavedRun
from tui_nn.training.session import Session
from tui_nn.training.snapshot import Status
from tui_nn.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class WalkedRun:
    """A run that stands still."""

    trainer: Trainer
    signal: int = 0
    """The signal that ended its training early; 0 for none."""


def walked_run(arguments: Namespace, environment: Mapping[str, str]) -> WalkedRun:
    """Return the run that flags ask for; `--epochs` trains it so far first.

    Raises UsageError, FileError, and DataError.
    """
    if arguments.load is None:
        session = Session(read_config(arguments, environment).replace(speed=None))
        begin_shared(session, arguments)
    else:
        session = _open(arguments)
    if arguments.epochs is None:
        return WalkedRun(session.trainer)
    driver = _train(session, session.trainer.config.epochs - session.trainer.epoch)
    if session.status is Status.DIVERGED:
        raise FileError(f"the training diverged: {session.trouble}")
    return WalkedRun(session.trainer, driver.signal)


def _train(session: Session, epochs: int) -> Driver:
    with make_progress(session.trainer.config.epochs, None) as progress:
        driver = Driver(max(0, epochs), progress)
        with driver.interruptible():
            session.run(driver.receive, driver.publish)
    return driver


def _open(arguments: Namespace) -> Session:
    path = arguments.load
    run = open_run(model_path(path))
    if run.is_network_alone:
        return around_network(run, path, lambda begin: changed_config(arguments, begin))
    checkpoint = read_checkpoint(path, run)
    session = Session(checkpoint.config)
    resume(session, checkpoint, changed_config(arguments, checkpoint.config).replace(speed=None))
    return session


def around_network(run: SavedRun, path: str, change: Callable[[Config], Config]) -> Session:
    """Return a session of a network that came alone, with data like that it was trained on.

    change: what is done to its settings before. Raises FileError.
    """
    try:
        saved = run.config()
        start: dict[str, Any] = dict(presets()["digits"].settings) if run.image_shape is not None else {}
        data = {"dataset": saved.dataset, "classes": saved.classes, "standardize": saved.standardize}
        begin = Config.from_dict({**start, **data, **run.network_settings()})
        session = Session(change(begin).replace(speed=None))
        use_parameters(session.trainer, run.network.parameters)
        session.trainer.network.load_state(run.network.state())
    except EngineError as error:
        raise FileError(f"{path} cannot be looked into: {error}") from None
    return session
