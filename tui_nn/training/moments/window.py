"""The checkups that a detector looks at, summed up against noise, and what it finds in them."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tui_nn.training.moments.checkups import Checkup
from tui_nn.training.moments.facts import Facts
from tui_nn.training.moments.remedies import Remedy
from tui_nn.training.moments.vitals import Vitals

FEW = 5
"""Checkups of which the median is taken, against noise."""
NEAR_BEST = 0.02
"""An accuracy so near the best possible one leaves nothing to mend."""
GOOD_R2 = 0.95
"""So does such an R²."""


@dataclass(frozen=True)
class Finding:
    """What was detected, in the run's own numbers."""

    what: str
    """What was seen; no full stop."""
    remedies: tuple[Remedy, ...] = ()
    """What helps, the best first."""


GONE = Finding("")
"""What is looked for is not there."""


@dataclass(frozen=True, eq=False)
class Window:
    """The checkups since something was changed, and the facts."""

    checkups: Sequence[Checkup]
    facts: Facts

    @property
    def steps(self) -> int:
        """Steps from the first checkup to the last."""
        return self.checkups[-1].step - self.checkups[0].step

    @property
    def vitals(self) -> Vitals:
        """The last ones."""
        return self.checkups[-1].vitals

    def is_long(self, steps: int, epochs: int) -> bool:
        """Whether so many steps and epochs were trained in it."""
        return self.steps >= max(steps, epochs * self.facts.steps_per_epoch)

    @cached_property
    def losses(self) -> tuple[float, float]:
        """Medians of the training loss in the third and in the last quarter of the steps."""
        begin = self.checkups[0].step
        third = self._losses(begin + self.steps / 2, begin + self.steps * 3 / 4)
        return third, self._losses(begin + self.steps * 3 / 4, math.inf)

    def _losses(self, begin: float, end: float) -> float:
        found = [loss_or_inf(c.metrics.train_loss) for c in self.checkups if begin <= c.step < end]
        return statistics.median(found) if found else math.nan

    @property
    def loss(self) -> float:
        """The training loss, late in the window."""
        return self.losses[1]

    @property
    def fall(self) -> float:
        """How far the loss fell in the last half, as a part of what it was; below 0 where it rose.

        NaN where it was not looked at in one of the last quarters.
        """
        before, after = self.losses
        if math.isnan(before):
            return math.nan
        return (before - after) / before if before > 0 else 0.0

    @property
    def motion(self) -> float:
        """How far an epoch moves the parameters, as a part of their size: the median of late checkups."""
        late = [c.vitals.motion for c in self.checkups[len(self.checkups) // 2 :]]
        known = [motion for motion in late if not math.isnan(motion)]
        return statistics.median(known) * self.facts.steps_per_epoch if known else math.nan

    @cached_property
    def has_room(self) -> bool:
        """Whether the training set is not learned yet, as far as it can be."""
        late = [c.metrics for c in self.checkups[-2 * FEW :]]
        accuracies = [m.train_accuracy for m in late if m.train_accuracy is not None]
        if accuracies:
            best = self.facts.best_accuracy
            return statistics.median(accuracies) < (1.0 if best is None else best) - NEAR_BEST
        scores = [m.train_r2 for m in late if m.train_r2 is not None]
        return not scores or statistics.median(scores) < GOOD_R2

    def gradient_norms(self) -> list[float]:
        """Return the median of each layer's gradient norm over the last checkups; NaN where there is none."""
        last = [c.vitals.gradient_norms for c in self.checkups[-FEW:]]
        alike = [norms for norms in last if len(norms) == len(last[-1])]
        return [statistics.median(layer) for layer in zip(*alike, strict=True)]


def loss_or_inf(value: float | None) -> float:
    """Return a loss; infinite where none was measured."""
    return math.inf if value is None else value
