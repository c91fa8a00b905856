"""Files of runs as commands take them."""

from __future__ import annotations

import os
from pathlib import Path

from tui_nn.engine import EngineError
from tui_nn.files.errors import FileError, reason
from tui_nn.settings.flags import UsageError
from tui_nn.training.saved_run import SavedRun, load_run, save_run
from tui_nn.training.session import Session


def open_run(path: str) -> SavedRun:
    """Return the run that a file holds; raise FileError."""
    try:
        return load_run(path)
    except EngineError as error:
        raise FileError(str(error)) from None
    except (OSError, ValueError) as error:
        raise FileError(f"{path} cannot be read: {reason(error)}") from None


def check_place(flag: str, path: str) -> None:
    """Raise UsageError where no file can be written, before hours of training end in that."""
    place = Path(path)
    folder = place.parent
    wrong = ""
    if not path or "\0" in path or place.is_dir():
        wrong = "it takes the name of a file"
    elif not folder.is_dir():
        wrong = f"there is no folder {folder}"
    elif not os.access(folder, os.W_OK | os.X_OK):
        wrong = f"nothing can be written in {folder}"
    if wrong:
        raise UsageError(f"{flag}: {path or 'nothing'} is not allowed; {wrong}")


def write_run(path: str, session: Session, *, with_timeline: bool = False) -> None:
    """Write a run to a file; raise FileError."""
    try:
        save_run(path, session.trainer, session.training_seconds, with_timeline=with_timeline)
    except EngineError as error:
        raise FileError(f"{path} was not written: {error}") from None
    except OSError as error:
        raise FileError(f"{path} was not written: {reason(error)}") from None
