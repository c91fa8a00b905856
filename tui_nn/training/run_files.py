"""Files of runs as commands take them."""

from __future__ import annotations

from tui_nn.engine import EngineError
from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path, shown
from tui_nn.files.writing import check_writable
from tui_nn.settings.flags import UsageError
from tui_nn.training.saved_run import SavedRun, load_run
from tui_nn.training.saving import save_run
from tui_nn.training.session import Session


def open_run(path: str) -> SavedRun:
    """Return the run that a file holds; raise FileError."""
    try:
        return load_run(full_path(path))
    except EngineError as error:
        raise FileError(str(error)) from None


def check_place(flag: str, path: str) -> None:
    """Raise UsageError where no file can be written, before hours of training end in that."""
    try:
        check_writable(full_path(path))
    except FileError as error:
        raise UsageError(f"{flag}: {shown(path) or 'nothing'} is not allowed; {error.why}") from None


def write_run(
    path: str, session: Session, *, with_timeline: bool = False, most_own_bytes: int | None = None
) -> None:
    """Write a run to a file as `save_run` does; raise FileError."""
    try:
        place = full_path(path)
        save_run(
            place,
            session.trainer,
            session.training_seconds,
            with_timeline=with_timeline,
            most_own_bytes=most_own_bytes,
        )
    except EngineError as error:
        raise FileError(f"{path} was not written: {error}") from None
