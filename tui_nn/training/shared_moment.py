"""The moment that is shown, as a line: asked of the trainer, which has its weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_nn.engine import EngineError
from tui_nn.training.trainer import Trainer

if TYPE_CHECKING:
    from tui_nn.training.sharing import Shared


@dataclass(frozen=True)
class ShareRequest:
    """The line of the moment is wanted."""


def look_at_line(trainer: Trainer, request: ShareRequest) -> Shared:
    """Return the line; an empty one with the reason where there is none."""
    from tui_nn.training.sharing import Shared, share  # nothing that trains waits for it

    try:
        return share(trainer.config, trainer.network.parameters, trainer.network.state())
    except EngineError as error:
        return Shared(trainer.config, "", str(error))
