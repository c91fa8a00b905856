"""The landscape of a session: one at a time, computed between slices of training."""

from __future__ import annotations

from collections.abc import Callable

from tui_nn.training.looks import Looks
from tui_nn.training.trainer import Trainer
from tui_nn.views.landscape.look_job import LandscapeJob
from tui_nn.views.landscape.values import Landscape, LandscapeRequest

ANOTHER_NETWORK = "The landscape was given up: the network or its data changed; enter computes the new one."


class LandscapeLook:
    """Holds the landscape that was asked for last; see LongLook."""

    def __init__(self) -> None:
        self._job: LandscapeJob | None = None

    @property
    def is_working(self) -> bool:
        """Whether there is something to compute."""
        return self._job is not None and self._job.is_working

    def begin(self, trainer: Trainer, request: LandscapeRequest) -> None:
        """Begin another one; raise EngineError where there can be none, and keep none then."""
        self._job = None
        self._job = LandscapeJob(trainer, request.seed, request.span, request.size)

    def stop(self) -> None:
        """Leave it as far as it is."""
        if self._job is not None:
            self._job.stop()

    def work_on(self, clock: Callable[[], float]) -> None:
        """Compute a little, if there is something to compute."""
        if self._job is not None and self._job.is_working:
            self._job.work_on(clock)

    def let_go(self, trainer: Trainer) -> str:
        """Give up one that is of another network by now; return a sentence if that happened, else nothing."""
        if self._job is None or self._job.fits(trainer):
            return ""
        self._job = None
        return ANOTHER_NETWORK

    def __call__(self, trainer: Trainer, request: LandscapeRequest) -> Landscape | None:
        """Return what there is by now; None where there is none."""
        return None if self._job is None else self._job.look(trainer, trainer.timeline.frames)


def new_looks() -> Looks:
    """Return what the page asks of a session: it remembers the landscape that was computed last."""
    return {LandscapeRequest: LandscapeLook()}
