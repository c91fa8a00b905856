"""A run that advances by itself beside those that are stacked, and can be asked the same."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.training.snapshot import Metrics
from tui_nn.training.stacked.trainer import Outcome
from tui_nn.training.trainer import Trainer


class Alone:
    """One run, with the part of a StackedTrainer's face that a comparison needs.

    outcome: how it has ended before.
    """

    def __init__(self, trainer: Trainer, outcome: Outcome | None = None) -> None:
        self._trainer = trainer
        self.outcomes = [outcome]
        """How it ended; None while it goes on."""

    @property
    def step(self) -> int:
        """Steps taken."""
        return self._trainer.step

    @property
    def epochs(self) -> int:
        """Epochs completed."""
        return self._trainer.epoch

    def measure(self, most_rows: int | None = None) -> list[Metrics]:
        """Return its losses and accuracies now."""
        return [self._trainer.measure(most_rows)]

    def advance(self, steps: int) -> None:
        """Train so many steps; record the curves where they are due, and let rules stop it."""
        with np.errstate(all="ignore"):
            for _ in range(steps):
                if self.outcomes[0] is not None:
                    return
                self._step()

    def solo(self, position: int) -> Trainer:
        """Return the run."""
        return self._trainer

    def surface(self, points: NDArray[np.float64]) -> NDArray[Any]:
        """Return the outputs at points of the plane (n, 2): (1, n, n_outputs)."""
        return self._trainer.network.predict(self._trainer.problem.on_plane(points))[None]

    def _step(self) -> None:
        trainer = self._trainer
        trainer.advance()
        if trainer.has_diverged:
            self.outcomes[0] = Outcome("diverged", trainer.trouble)
        elif trainer.history.is_due(trainer.step) or trainer.epoch == trainer.config.stop_epochs:
            trainer.record()
            if reason := trainer.rules.reason(trainer.config, trainer.epoch, trainer.recorded):
                trainer.rules.has_stopped = True
                self.outcomes[0] = Outcome("stopped", reason)
