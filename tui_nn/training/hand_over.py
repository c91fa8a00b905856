"""Handing checkpoints over, now and then, where something changed: a lost trainer goes on from the last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.trainer import Trainer

RESTS = 50
"""The time it took is waited so many times before the next."""
Moment = tuple[int, ...]
"""What differs between any two moments."""
Kept = TypeVar("Kept")


class Turns(Generic[Kept]):
    """Knows which moment was handed over last, and when the next is due: changed, and not too soon.

    every_s: at most so often; None: never. first: the moment that nobody needs.
    """

    def __init__(self, every_s: float | None, clock: Callable[[], float], first: Moment) -> None:
        self._every_s, self._clock = every_s, clock
        self._next_at, self._last = clock(), first

    def has_it(self, moment: Moment) -> None:
        """Note that whoever gets it has this moment."""
        self._last = moment

    def wait_s(self, moment: Moment) -> float | None:
        """Return the seconds until one is due; None while nothing has changed."""
        if self._every_s is None or moment == self._last:
            return None
        return max(0.0, self._next_at - self._clock())

    def offer(self, moment: Moment, make: Callable[[], Kept | None], publish: Callable[[Kept], None]) -> None:
        """Hand over what `make` returns, if that is due; None: nothing that is worth it, or too large."""
        now = self._clock()
        if self._every_s is None or moment == self._last or now < self._next_at:
            return
        kept = make()
        if kept is not None:
            publish(kept)
        self.has_it(moment)
        self._next_at = now + max(self._every_s, RESTS * (self._clock() - now))


class HandOver:
    """Hands checkpoints of one run over. every_s: at most so often; None: never."""

    def __init__(self, trainer: Trainer, every_s: float | None, clock: Callable[[], float]) -> None:
        self._trainer, self._n_changes = trainer, 0
        self._turns = Turns[Checkpoint](every_s, clock, first=(0, 0))

    def changed(self) -> None:
        """Note that something else than a step of training changed the run."""
        self._n_changes += 1

    def has_it(self) -> None:
        """Note that whoever gets checkpoints has the present one."""
        self._turns.has_it(self._moment)

    @property
    def wait_s(self) -> float | None:
        """Seconds until one is due; None while nothing has changed."""
        return self._turns.wait_s(self._moment)

    def offer(self, training_seconds: float, publish: Callable[[Checkpoint], None]) -> None:
        """Hand a checkpoint over, if one is due; none of a run that is in trouble."""

        def make() -> Checkpoint | None:
            return None if self._trainer.trouble else self._trainer.checkpoint(training_seconds)

        self._turns.offer(self._moment, make, publish)

    @property
    def _moment(self) -> Moment:
        """The step, and the changes so far."""
        return self._trainer.past.present_step(self._trainer.step), self._n_changes
