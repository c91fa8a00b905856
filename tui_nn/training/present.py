"""The numbers of the moment that is shown: measured once, and the same wherever they are said."""

from __future__ import annotations

from tui_nn.training.snapshot import Curves, Metrics
from tui_nn.training.trainer import RECORDED_ROWS, Trainer


class PresentMetrics:
    """Losses and accuracies of a trainer as it is; those of large sets, while it trains, as recorded last."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._measured: tuple[tuple[int, int], Metrics] | None = None

    def get(self, is_training: bool) -> Metrics:
        """Return them, measured anew where the step or the data is another."""
        trainer = self._trainer
        if is_training and not trainer.is_quick_to_measure:
            return trainer.recorded
        if self._measured is None or self._measured[0] != self._key:
            self._measured = (self._key, trainer.measure(RECORDED_ROWS))
        return self._measured[1]

    def forget(self) -> None:
        """Measure anew: the network was changed at the same step."""
        self._measured = None

    def know(self, metrics: Metrics) -> None:
        """Take those that were kept with a past moment of a large set."""
        if not self._trainer.is_quick_to_measure:
            self._measured = (self._key, metrics)

    def curves(self, is_training: bool) -> Curves:
        """Return the curves of the run, which end in these numbers unless a past moment is shown."""
        trainer = self._trainer
        if trainer.is_rewound:
            return trainer.history.curves()
        metrics = self.get(is_training)
        is_of_now = metrics is not trainer.recorded or trainer.history.is_due(trainer.step)
        return trainer.history.curves(trainer.step, metrics) if is_of_now else trainer.history.curves()

    @property
    def _key(self) -> tuple[int, int]:
        return self._trainer.step, self._trainer.data_version
