"""How a run is judged while it trains: does it end here by itself, and is it good enough to go back to."""

from __future__ import annotations

from tui_nn.training.rules import explosion
from tui_nn.training.snapshot import Status
from tui_nn.training.trainer import RECORDED_ROWS, Trainer

GOOD_EVERY_STEPS = 200
"""A moment to go back to is kept at most so often."""
GOOD_LOSS = 1.2
"""A moment is good while its training loss is at most so many times the first."""


class Judgment:
    """Compares with the training loss that a run began with, and keeps its last good moment."""

    def __init__(self, trainer: Trainer, training_seconds: float = 0.0, *, is_strict: bool = False) -> None:
        self._trainer, self._is_strict = trainer, is_strict
        self.begin(training_seconds)

    def begin(self, training_seconds: float) -> None:
        """Judge the run from here: a good moment to go back to, a loss to compare with."""
        self.good = self._trainer.checkpoint(training_seconds)
        self.first_loss = self._trainer.recorded.train_loss

    def begin_branch(self, training_seconds: float) -> None:
        """Judge a branch from here; what the run began with still counts."""
        first = self.first_loss
        self.begin(training_seconds)
        self.first_loss = max(first or 0.0, self.first_loss or 0.0) or None

    def compare_from_here(self) -> None:
        """Let a loss that other data or another loss function makes larger not count as an explosion."""
        loss = self._trainer.measure(RECORDED_ROWS).train_loss if self._is_strict else None
        if loss is not None:
            self.first_loss = max(loss, self.first_loss or 0.0)

    def ending(self) -> tuple[Status, str] | None:
        """Return how the run ends at this step, and why in words; None where it goes on."""
        if exploded := self._exploded():
            return Status.DIVERGED, f"at step {self._trainer.step:,} {exploded}"
        if reason := self.rule_met():
            self._trainer.rules.has_stopped = True
            return Status.STOPPED, reason
        return None

    def rule_met(self) -> str:
        """Return which stop rule is met now, in words, or an empty string."""
        trainer = self._trainer
        return trainer.rules.reason(trainer.config, trainer.epoch, trainer.recorded)

    def _exploded(self) -> str:
        """Return in words that the loss exploded, or an empty string."""
        if not self._is_strict:
            return ""
        trainer = self._trainer
        return explosion(self.first_loss, trainer.recorded, trainer.config.learning_rate)

    def keep_if_good(self, training_seconds: float) -> None:
        """Keep the present moment to go back to, if it is good and the last one is long ago."""
        loss, first, step = self._trainer.recorded.train_loss, self.first_loss, self._trainer.step
        if not self._is_strict or step - self.good.step < GOOD_EVERY_STEPS:
            return
        if loss is not None and first is not None and loss <= GOOD_LOSS * first:
            self.good = self._trainer.checkpoint(training_seconds)
