"""What is known of a run beside what is measured: its sizes, its settings, what guessing would cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.settings.config import Config
from tui_nn.training.columns import column_names, column_sizes
from tui_nn.training.moments.guessing import guess_loss
from tui_nn.training.trainer import RECORDED_ROWS, Trainer

LONGEST_SIZES = 16
LARGE_SIZE = 20.0
"""A column whose root mean square is larger saturates neurons at once."""
UNLIKE = 30.0
"""So many times another's spread, and one learning rate cannot suit both columns."""


@dataclass(frozen=True)
class Facts:
    """What is known of a run beside its checkups."""

    config: Config
    layer_sizes: tuple[int, ...]
    """Units of each layer, the input included."""
    layer_names: tuple[str, ...]
    """Of each layer after the input."""
    steps_per_epoch: int
    n_train: int
    guess_loss: float
    """The loss of the best fixed answer to all samples."""
    best_accuracy: float | None
    has_unlike_columns: bool = False
    """Whether inputs are of so unlike or so large a size that standardizing would help."""

    @property
    def architecture(self) -> str:
        """The sizes of all layers, such as 2-8-8-1; of many layers how many there are."""
        sizes = "-".join(map(str, self.layer_sizes))
        return sizes if len(sizes) <= LONGEST_SIZES else f"{len(self.layer_names)} layers"


def make_facts(trainer: Trainer) -> Facts:
    """Return the facts of a run as it is now."""
    problem, network = trainer.problem, trainer.network
    return Facts(
        config=trainer.config,
        layer_sizes=column_sizes(network),
        layer_names=column_names(network),
        steps_per_epoch=trainer.batches.steps_per_epoch,
        n_train=len(problem.train),
        guess_loss=guess_loss(network.loss, problem.train.coded[:RECORDED_ROWS]),
        best_accuracy=problem.dataset.best_possible_accuracy,
        has_unlike_columns=trainer.config.is_relevant("standardize")
        and not trainer.config.standardizes
        and are_unlike(problem.train.inputs(slice(RECORDED_ROWS))),
    )


def are_unlike(inputs: NDArray[Any]) -> bool:
    """Return whether columns of inputs (n, n_inputs) are far from size 1, or from each other's spread."""
    columns = inputs.astype(np.float64)
    size, spread = np.sqrt(np.square(columns).mean(axis=0)), columns.std(axis=0)
    varied = spread[spread > 0]
    return bool(len(varied)) and bool(size.max() > LARGE_SIZE or varied.max() > UNLIKE * varied.min())
