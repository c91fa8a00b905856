"""What the screen of a comparison asks of its runs, and gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.dataset import Domain
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import Scope
from tui_nn.training.snapshot import Metrics
from tui_nn.views.map.values import Floats

SEEDS = ("weights_seed", "data_seed")
MEASURES = ("test loss", "train loss", "test accuracy")
"""What curves can show; accuracy is R² where values are predicted."""


@dataclass(frozen=True)
class CompareRequest:
    """All rows are wanted, some maps, and now and then the curves."""

    maps: tuple[int, ...] = ()
    """Numbers of the runs whose answers over the plane are wanted."""
    size: tuple[int, int] = (0, 0)
    """Rows and columns of samples of a map."""
    samples: int = 0
    """The first so many training samples of each map are wanted; 0: none."""
    moments: int = 0
    """Curves are wanted at so many steps; 0: not at all."""
    measure: str = MEASURES[0]
    recent: bool = False
    """Whether only the last quarter of them is wanted."""


@dataclass(frozen=True)
class MomentRequest:
    """All that decides how a run goes on is wanted, a Checkpoint."""

    number: int = 0
    """Of the run, in a comparison."""


@dataclass(frozen=True)
class RunSeen:
    """One row: settings, and how far the run is."""

    number: int
    config: Config
    step: int = 0
    epoch: int = 0
    metrics: Metrics = field(default=Metrics())
    ended: str = ""
    """stopped, diverged, refused or, in a sweep, failed; empty while it goes on or has all its epochs."""
    why: str = ""
    """Why it ended or was refused, in words."""

    @property
    def is_lost(self) -> bool:
        """Whether there is no result."""
        return self.ended in ("diverged", "refused", "failed")

    def measure(self, name: str) -> float | None:
        """Return what one of MEASURES is now."""
        metrics = self.metrics
        if name == "train loss":
            return metrics.train_loss
        if name == "test loss":
            return metrics.train_loss if metrics.test_loss is None else metrics.test_loss
        return metrics.test_r2 if metrics.test_accuracy is None else metrics.test_accuracy


@dataclass(frozen=True, eq=False)
class Samples:
    """Training samples of one run that lie on its map."""

    positions: Floats
    """(n, 2)"""
    labels: NDArray[np.int64]
    """(n,) as in map.draw_points.Points."""
    wrong: NDArray[np.bool_] | None
    """(n,) whether the prediction is another class; None for regression."""


@dataclass(frozen=True, eq=False)
class Lines:
    """Curves of runs at common steps."""

    steps: NDArray[np.float64]
    """(n,), growing."""
    values: Mapping[int, NDArray[np.float64]]
    """By number, (n,); NaN beyond the end of a run."""
    measure: str


@dataclass(frozen=True, eq=False)
class Compared:
    """A moment of a comparison."""

    runs: tuple[RunSeen, ...]
    maps: Mapping[int, Floats]
    """By number, as in DecisionMap.surface."""
    confusions: Mapping[int, NDArray[np.int64]]
    """In place of maps where there is no plane: (n_classes, n_classes), true classes down."""
    domain: Domain | None = None
    """What maps show; None where there is no plane."""
    samples: Mapping[int, Samples] = field(default_factory=dict)
    """By number, those that are drawn on the maps; none where none were asked for."""
    class_names: tuple[str, ...] = ()
    lines: Lines | None = None


def differing(runs: Sequence[RunSeen]) -> tuple[str, ...]:
    """Return the names of the settings that differ between runs, in their usual order, seeds last."""
    return _differing(tuple(run.config for run in runs))


@lru_cache(maxsize=4)
def _differing(configs: tuple[Config, ...]) -> tuple[str, ...]:
    """Return the names, seeds last; several panels ask for the same ones in each picture."""
    found = (
        name
        for name, setting in SETTINGS.items()
        if setting.scope is not Scope.APP and len({getattr(config, name) for config in configs}) > 1
    )
    return tuple(sorted(found, key=lambda name: name in SEEDS))
