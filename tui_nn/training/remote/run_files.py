"""A run to a file and from one, as a person asks for it by keys: what is in the way is said, not raised."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from tui_nn.engine import EngineError
from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path
from tui_nn.training import commands as do
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.remote.run import YES, Run
from tui_nn.training.saved_run import SavedRun, load_run
from tui_nn.training.snapshot import Status
from tui_nn.training.timeline import Timeline


async def save(run: Run, path: str, with_timeline: bool = False) -> None:
    """Write a run to a file; ask first where another one lies."""
    try:
        place = full_path(path)
    except FileError as error:
        run.tell(f"Not written: {error}.", True)
        return
    if place != run.file and await asyncio.to_thread(os.path.lexists, place):
        words = f"{place.name} is there already. {YES} writes over it, any other key leaves it."
        run.ask(words, lambda: _write(run, place, with_timeline))
    else:
        _write(run, place, with_timeline)


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
