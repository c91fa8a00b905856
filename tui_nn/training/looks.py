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


class Looking:
    """The looks of one session at its trainer."""

    def __init__(self, trainer: Trainer, looks: Looks) -> None:
        self._trainer, self._looks = trainer, looks
        self._long = [look for look in looks.values() if isinstance(look, LongLook)]

    def replies(self, requests: tuple[object, ...]) -> tuple[object, ...]:
        """Return what each look finds now."""
        return tuple(self._looks[type(wanted)](self._trainer, wanted) for wanted in requests)

    @property
    def is_working(self) -> bool:
        """Whether there is something to compute."""
        return any(look.is_working for look in self._long)

    def begin(self, request: object) -> None:
        """Begin to compute what takes longer; raise EngineError where there can be nothing."""
        look = self._looks[type(request)]
        assert isinstance(look, LongLook), f"nothing is computed for {request}"
        look.begin(self._trainer, request)

    def stop(self) -> None:
        """Leave what is being computed as far as it is."""
        for look in self._long:
            look.stop()

    def work_on(self, clock: Callable[[], float]) -> None:
        """Compute a little, if there is something to compute."""
        for look in self._long:
            look.work_on(clock)

    def let_go(self) -> list[str]:
        """Give up what is of another network by now; return a sentence for each."""
        return [words for look in self._long if (words := look.let_go(self._trainer))]
