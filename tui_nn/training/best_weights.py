"""The best weights of a run that goes on from a network as it came: going on never costs accuracy.

They are those with the lowest test loss at the end of an epoch, the ones it came with included. They are kept
beside the run and change nothing of it until they are taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.settings.config import Config
from tui_nn.training.branching import begin_branch
from tui_nn.training.build import build_optimizer
from tui_nn.training.compatibility import is_compatible
from tui_nn.training.evaluation import part_loss
from tui_nn.training.snapshot import Notice
from tui_nn.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class Best:
    """Weights of one run, and what they were tested on."""

    epoch: int | None
    """They are those after it; None: those the run went on from."""
    test_loss: float
    parameters: NDArray[Any]
    statistics: NDArray[Any]
    """Of batch normalization."""
    config: Config
    data_version: int

    @property
    def after(self) -> str:
        """Which weights these are, in words."""
        return "it began with" if self.epoch is None else f"after epoch {self.epoch:,}"


class BestWeights:
    """Keeps them for one trainer, from when it is told to begin."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self.forget()

    def forget(self) -> None:
        """Keep none: the run is one of its own, from first weights or from its own file."""
        self._best: Best | None = None
        self._seen_epoch: int | None = None

    def begin(self) -> None:
        """Keep the present weights as the best so far; without a test set none are kept."""
        self.forget()
        self._keep_if_better()

    @property
    def is_due(self) -> bool:
        """Whether an epoch has ended since the weights were looked at last."""
        return self._seen_epoch is not None and self._trainer.epoch != self._seen_epoch

    def see(self) -> None:
        """Keep the present weights if their test loss is the lowest so far."""
        if self._best is not None and not self._is_comparable(self._best):
            self._best = None
        self._keep_if_better()

    def _keep_if_better(self) -> None:
        trainer, loss = self._trainer, self._test_loss()
        if loss is None and self._seen_epoch is None:
            return
        epoch = None if self._seen_epoch is None else trainer.epoch
        self._seen_epoch = trainer.epoch
        if loss is not None and (self._best is None or loss < self._best.test_loss):
            parameters, statistics = trainer.network.parameters.copy(), trainer.network.statistics.copy()
            self._best = Best(epoch, loss, parameters, statistics, trainer.config, trainer.data_version)

    def better(self) -> Best | None:
        """Return the best weights, where the present ones have a higher test loss."""
        best = self._best
        if best is None or not self._is_comparable(best):
            return None
        loss = self._test_loss()
        return best if loss is not None and loss > best.test_loss else None

    def say_if_better(self, say: Callable[[Notice], None]) -> None:
        """Say that there are better weights than the present ones, if there are."""
        best = self.better()
        if best is not None:
            lower = f"had a lower test loss, {best.test_loss:.5g}"
            say(Notice(f"The weights {best.after} {lower}: b restores them."))

    def take_and_say(self, say: Callable[[Notice], None]) -> None:
        """Take the best weights, or say that there are none to take."""
        best = self.take()
        if best is None:
            say(Notice("The run has not diverged, so there is nothing to recover from."))
        else:
            say(Notice(f"Back to the weights {best.after}: test loss {best.test_loss:.5g}. space trains."))

    def take(self) -> Best | None:
        """Put the best weights in place of worse present ones, with fresh optimizer state; return them."""
        best, trainer = self.better(), self._trainer
        if best is None:
            return None
        if trainer.is_rewound:
            begin_branch(trainer)
        trainer.network.parameters[:] = best.parameters
        trainer.network.statistics[:] = best.statistics
        trainer.network.constraints.keep_cut()
        trainer.optimizer = build_optimizer(trainer.config, trainer.network)
        trainer.measure_again()
        return best

    def _is_comparable(self, best: Best) -> bool:
        """Whether a test loss of then and one of now are of the same data and the same network."""
        is_same_data = best.data_version == self._trainer.data_version
        return is_same_data and is_compatible(best.config, self._trainer.config)

    def _test_loss(self) -> float | None:
        with np.errstate(all="ignore"):
            return part_loss(self._trainer.network, self._trainer.problem.test)
