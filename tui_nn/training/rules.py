"""When a run stops by itself: by rules that a person set, or a loss that explodes; by step, not by clock."""

from __future__ import annotations

import math
from typing import Any

from tui_nn.engine import Network
from tui_nn.settings.config import Config
from tui_nn.training.snapshot import Metrics

EXPLODED = 8.0
"""A training loss of so many times the first one counts as exploded."""


class StopRules:
    """Watches the records of one run; what it remembers goes with the run wherever that is kept."""

    def __init__(self, best_loss: float = math.inf, best_epoch: int = 0, has_stopped: bool = False) -> None:
        self._best_loss, self._best_epoch = best_loss, best_epoch
        self.has_stopped = has_stopped
        """Whether a rule ended the run, and nothing was trained since."""

    def state(self) -> dict[str, Any]:
        """Return everything as plain values: the arguments that make it again."""
        return {
            "best_loss": self._best_loss,
            "best_epoch": self._best_epoch,
            "has_stopped": self.has_stopped,
        }

    def judge_anew(self, epoch: int) -> None:
        """Compare with no loss from before this epoch: it was that of other data, or of another kind."""
        self._best_loss, self._best_epoch = math.inf, epoch

    def reason(self, config: Config, epoch: int, metrics: Metrics) -> str:
        """Return why the run should stop now, in words, or an empty string."""
        name, loss, _ = _judged(metrics)
        if loss is not None and loss < self._best_loss:
            self._best_loss, self._best_epoch = loss, epoch
        if config.stop_epochs is not None and epoch >= config.stop_epochs:
            return f"{epoch:,} epochs done"
        if reached := goal(config, metrics):
            return reached
        if config.patience is not None and epoch - self._best_epoch >= config.patience:
            waited = epoch - self._best_epoch
            return f"the {name} loss has not fallen for {waited:,} epochs (best {self._best_loss:.4g})"
        return ""


def goal(config: Config, metrics: Metrics) -> str:
    """Return which goal of the stop rules is met, in words, or an empty string."""
    name, loss, accuracy = _judged(metrics)
    if config.stop_accuracy is not None and accuracy is not None and accuracy >= config.stop_accuracy:
        return f"the {name} accuracy reached {100 * accuracy:.1f} %"
    if config.stop_loss is not None and loss is not None and loss <= config.stop_loss:
        return f"the {name} loss fell to {loss:.4g}"
    return ""


def _judged(metrics: Metrics) -> tuple[str, float | None, float | None]:
    """Return the set by which a run is judged, with its loss and its accuracy."""
    if metrics.test_loss is None:
        return "training", metrics.train_loss, metrics.train_accuracy
    return "test", metrics.test_loss, metrics.test_accuracy


def explosion(first_loss: float | None, metrics: Metrics, learning_rate: float) -> str:
    """Return in words that the training loss exploded, or an empty string."""
    loss = metrics.train_loss
    if first_loss is None or (loss is not None and loss <= EXPLODED * first_loss):
        return ""
    grown = "is not finite" if loss is None else f"grew to {loss:.3g}"
    return f"the training loss {grown} (learning rate {learning_rate:g})"


def divergence(network: Network, step: int, learning_rate: float) -> str:
    """Return in words where the gradient of a step was not finite, and why."""
    number = network.first_layer_not_finite()
    place = "the network" if number is None else network.layers[number].name
    return (
        f"the gradient of {place} was not finite at step {step:,}: "
        f"the numbers grew too large (learning rate {learning_rate:g})"
    )


def has_rules(config: Config) -> bool:
    """Return whether a run of these settings can be stopped by a rule."""
    rules = (config.stop_epochs, config.stop_accuracy, config.stop_loss, config.patience)
    return any(rule is not None for rule in rules)
