"""What is known of a run beside what is measured: its sizes, its settings, what guessing would cost."""

from __future__ import annotations

from dataclasses import dataclass

from tui_nn.settings.config import Config
from tui_nn.training.columns import column_names, column_sizes
from tui_nn.training.moments.guessing import guess_loss
from tui_nn.training.trainer import RECORDED_ROWS, Trainer

LONGEST_SIZES = 16


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

    @property
    def architecture(self) -> str:
        """The sizes of all layers, such as 2-8-8-1; of many layers how many there are."""
        sizes = "-".join(map(str, self.layer_sizes))
        return sizes if len(sizes) <= LONGEST_SIZES else f"{len(self.layer_names)} layers"

    @property
    def hidden_words(self) -> str:
        """The hidden neurons in words."""
        hidden = self.layer_sizes[1:-1]
        if not hidden:
            return "no hidden neurons"
        return f"{sum(hidden):,} hidden neuron{'s' * (sum(hidden) != 1)}"


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
    )
