"""What a session can be asked to show: a function for each type of request, which it is handed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, runtime_checkable

from tui_nn.training.trainer import Trainer

Look = Callable[[Trainer, Any], object]
"""(trainer, request) -> reply, or None where there is no such thing; looking changes nothing of the run."""
Looks = Mapping[type, Look]
"""Type of request -> look."""


@runtime_checkable
class LongLook(Protocol):
    """A look at what takes longer than a picture: it is computed between slices of training, when told to."""

    def __call__(self, trainer: Trainer, request: Any) -> object:
        """Return what there is by now."""

    @property
    def is_working(self) -> bool:
        """Whether there is something to compute."""

    def begin(self, trainer: Trainer, request: Any) -> None:
        """Begin anew; raise EngineError where there can be nothing, and keep nothing then."""

    def stop(self) -> None:
        """Leave it as far as it is."""

    def work_on(self, clock: Callable[[], float]) -> None:
        """Compute a little, if there is something to compute."""

    def let_go(self, trainer: Trainer) -> str:
        """Give up what is of another network by now; return a sentence if that happened, else nothing."""
