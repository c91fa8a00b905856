"""The moment that is shown, as the file of a run would hold it: asked of the trainer, which has it."""

from __future__ import annotations

import io
from dataclasses import dataclass

from tui_nn.engine import EngineError
from tui_nn.training.trainer import Trainer


@dataclass(frozen=True)
class SavedMomentRequest:
    """The file of the moment is wanted."""


@dataclass(frozen=True, eq=False)
class SavedMoment:
    """What `saving.save_run` would write."""

    content: bytes
    why_not: str = ""
    """Why there is none."""


def look_at_saved(trainer: Trainer, request: SavedMomentRequest) -> SavedMoment:
    """Return the file as bytes."""
    from tui_nn.training.saving import shown_checkpoint, write_checkpoint  # nothing that trains waits for it

    file = io.BytesIO()
    try:
        write_checkpoint(file, shown_checkpoint(trainer))
    except EngineError as error:
        return SavedMoment(b"", str(error).rstrip("."))
    return SavedMoment(file.getvalue())
