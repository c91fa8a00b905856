"""The shown moment to a file as a person names it: some endings choose an export."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

from tui_nn.engine import EngineError
from tui_nn.exports.errors import ExportError
from tui_nn.exports.formats import BY_ENDING, FORMATS
from tui_nn.exports.written import Written
from tui_nn.training.commands import SETTINGS_FILE
from tui_nn.training.remote.run import Run
from tui_nn.training.remote.run_files import free_place, save, write_or_ask
from tui_nn.training.saved_moment import SavedMoment, SavedMomentRequest
from tui_nn.training.saved_run import read_run
from tui_nn.training.snapshot import ViewRequest

RUN = ".npz"
"""What ends in this is a run, and no export."""
ENDINGS = {ending: name for ending, name in BY_ENDING.items() if ending != RUN}
"""Ending -> format."""
ALLOWED = f"also {' '.join(sorted((*ENDINGS, SETTINGS_FILE)))}"
"""What a name can end in beside that of a run; as long as a line of 80 columns has room for."""


async def save_as(run: Run, path: str, with_timeline: bool = False) -> None:
    """Write a run, its settings or an export of it; ask first where another file lies."""
    name = ENDINGS.get(Path(path).suffix.lower())
    if name is None:
        await save(run, path, with_timeline)
        return
    place = await free_place(run, path)
    if place is None:
        return
    snapshot = await run.fetch(ViewRequest(looks=(SavedMomentRequest(),)))
    moment = None if snapshot is None else snapshot.reply(SavedMoment)
    if moment is None:
        run.tell("Not exported: there is no trainer of a single run that could say its weights.", True)
        return
    try:
        if moment.why_not:
            raise ExportError(moment.why_not)
        written = await asyncio.to_thread(_export, name, moment.content)
    except (EngineError, ExportError) as error:
        run.tell(f"Not exported: {str(error).rstrip('.')}.", True)
        return
    await write_or_ask(run, written.files(place), f"Exported to {path}")


def _export(name: str, content: bytes) -> Written:
    """Return an export of the file of a run. Raises EngineError, ExportError."""
    return FORMATS[name].write(read_run(io.BytesIO(content), "the run"))
