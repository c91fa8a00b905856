"""Handing checkpoints over, now and then, where something changed: a lost trainer goes on from the last."""

from __future__ import annotations

from collections.abc import Callable

from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.trainer import Trainer

RESTS = 50
"""The time it took is waited so many times before the next."""


class HandOver:
    """Knows which moment was handed over last. every_s: at most so often; None: never."""

    def __init__(self, trainer: Trainer, every_s: float | None, clock: Callable[[], float]) -> None:
        self._trainer, self._every_s, self._clock = trainer, every_s, clock
        self._next_at, self._n_changes, self._last = clock(), 0, (0, 0)

    def changed(self) -> None:
        """Note that something else than a step of training changed the run."""
        self._n_changes += 1

    def has_it(self) -> None:
        """Note that whoever gets checkpoints has the present one."""
        self._last = self._moment

    @property
    def wait_s(self) -> float | None:
        """Seconds until one is due; None while nothing has changed."""
        return max(0.0, self._next_at - self._clock()) if self._is_wanted else None

    def offer(self, training_seconds: float, publish: Callable[[Checkpoint], None]) -> None:
        """Hand a checkpoint over, if one is due."""
        now = self._clock()
        if self._every_s is None or now < self._next_at or not self._is_wanted:
            return
        if not self._trainer.trouble:
            publish(self._trainer.checkpoint(training_seconds))
        self.has_it()
        self._next_at = now + max(self._every_s, RESTS * (self._clock() - now))

    @property
    def _moment(self) -> tuple[int, int]:
        """What differs between any two checkpoints: the step, and the changes so far."""
        return self._trainer.past.present_step(self._trainer.step), self._n_changes

    @property
    def _is_wanted(self) -> bool:
        return self._every_s is not None and self._moment != self._last
