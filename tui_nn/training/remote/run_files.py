"""A run to a file and from one, as a person asks for it by keys: what is in the way is said, not raised."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from tui_nn.engine import EngineError
from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path
from tui_nn.files.writing import check_writable, replaced, why_not_written
from tui_nn.training import commands as do
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.remote.run import YES, Run
from tui_nn.training.saved_run import SavedRun, load_run
from tui_nn.training.snapshot import Status
from tui_nn.training.timeline import Timeline


async def save(run: Run, path: str, with_timeline: bool = False) -> None:
    """Write a run to a file; ask first where another one lies."""
    place = _place(run, path)
    if place is None:
        return
    if place != run.file and await asyncio.to_thread(os.path.lexists, place):
        run.ask(_taken([place]), lambda: _write(run, place, with_timeline))
    else:
        _write(run, place, with_timeline)


def _place(run: Run, path: str) -> Path | None:
    """Return where a name leads; say why not where it leads nowhere."""
    try:
        return full_path(path)
    except FileError as error:
        run.tell(f"Not written: {str(error).rstrip('.')}.", True)
        return None


def _taken(places: Sequence[Path]) -> str:
    """Return the question about files that are there."""
    them = "it" if len(places) == 1 else "them"
    names = " and ".join(place.name for place in places)
    is_there = f"{names} {'is' if len(places) == 1 else 'are'} there already."
    return f"{is_there} {YES} writes over {them}, any other key leaves {them}."


async def free_place(run: Run, path: str) -> Path | None:
    """Return where a file of this name can be written; say why where it cannot."""
    place = _place(run, path)
    try:
        if place is not None:
            await asyncio.to_thread(check_writable, place)
    except FileError as error:
        run.tell(why_not_written(error, place or path), True)
        return None
    return place


async def write_or_ask(run: Run, files: Mapping[Path, bytes], done: str) -> None:
    """Write files in this order, and say `done`; ask first where others lie."""
    taken = [place for place in files if await asyncio.to_thread(os.path.lexists, place)]
    if not taken:
        run.tell(*await asyncio.to_thread(_write_all, files, done))
        return

    def accept() -> None:
        writing = asyncio.get_running_loop().run_in_executor(None, _write_all, files, done)
        writing.add_done_callback(lambda written: run.tell(*written.result()))

    run.ask(_taken(taken), accept)


def _write_all(files: Mapping[Path, bytes], done: str) -> tuple[str, bool]:
    """Write files; return what is said, and whether it is a warning."""
    for place, content in files.items():
        try:
            with replaced(place) as file:
                file.write(content)
        except FileError as error:
            return why_not_written(error, place), True
    beside = [place.name for place in files][:-1]
    return f"{done}{''.join(f', its weights beside it in {name}' for name in beside)}.", False


def _write(run: Run, path: Path, with_timeline: bool) -> None:
    """Have the trainer write the run, which says so when it is done."""
    if path.suffix != do.SETTINGS_FILE:
        run.file = path
    run.send(do.SaveRun(str(path), with_timeline))


async def load(run: Run, path: str, name: str = "") -> None:
    """Let a run go on from a file, paused, or say why not; keys are heard while it is read.

    name: what the run is called where the file is none of the person's.
    """
    try:
        place = full_path(path)
        saved, checkpoint, timeline = await asyncio.to_thread(_read, place)
        if checkpoint is None:
            _use_network(run, path, saved)
            return
    except (EngineError, FileError, ValueError) as error:
        run.tell(f"{str(error).rstrip('.')}.", is_warning=True)
        return
    if (checkpoint.config.image_shape is None) != (run.config.image_shape is None):
        run.tell(f"{path} holds {checkpoint.config.dataset}, which another screen shows.", True)
        return
    run.status, run.file = Status.PAUSED, None if name else place
    run.send(do.Restore(checkpoint, None if timeline is None else str(place)))
    replay = ", ; to replay it" if timeline and timeline.n_before(checkpoint.step) else ""
    opened = f"Opened {name}" if name else f"Opened {path} at step {checkpoint.step:,}"
    run.tell(f"{opened}. Press space to train{replay}.")


def _read(path: Path) -> tuple[SavedRun, Checkpoint | None, Timeline | None]:
    """Return what is in a file; a network alone has no checkpoint. Raises FileError, EngineError."""
    saved = load_run(path)
    return (saved, None, None) if saved.is_network_alone else (saved, saved.checkpoint(), saved.timeline())


def _use_network(run: Run, path: str, saved: SavedRun) -> None:
    """Take over a network that came without the run that trained it. Raises EngineError."""
    if saved.image_shape != run.config.image_shape or len(saved.class_names) != run.config.n_classes:
        run.tell(f"{path} holds a network for other data than {run.config.dataset}.", True)
        return
    run.configure(**saved.network_settings())
    run.send(do.UseParameters(saved.network.parameters))
    run.tell(f"Opened {path}: a network without the run that trained it.")
