"""The numbers of the moment that is shown are measured once, anew where they can be others."""

from __future__ import annotations

import pytest

from tui_nn.settings.config import Config
from tui_nn.training.holding import type_over
from tui_nn.training.present import PresentMetrics
from tui_nn.training.reconfiguring import reconfigure
from tui_nn.training.snapshot import Metrics
from tui_nn.training.trainer import Trainer

SMALL = Config(samples=60, batch_size=7)
LARGE = SMALL.replace(samples=5000)
KEPT = Metrics(1.0, 2.0, 0.5, 0.25)


class Counted(Trainer):
    """Counts how often it is measured."""

    n_measured = 0

    def measure(self, most_rows: int | None = None) -> Metrics:
        self.n_measured += 1
        return super().measure(most_rows)


def counted(config: Config) -> tuple[Counted, PresentMetrics]:
    trainer = Counted(config)
    trainer.n_measured = 0
    return trainer, PresentMetrics(trainer)


@pytest.mark.parametrize("config", [SMALL, LARGE], ids=["small", "large"])
def test_a_moment_is_measured_once(config: Config) -> None:
    trainer, present = counted(config)

    assert present.get(False) == present.get(False) == Trainer(config).measure(2000)
    assert trainer.n_measured == 1


def test_of_large_sets_the_first_two_thousand_rows_are_measured() -> None:
    assert counted(LARGE)[1].get(False) != Trainer(LARGE).measure()


def test_another_step_is_measured_anew() -> None:
    trainer, present = counted(SMALL)
    before = present.get(False)
    trainer.advance()

    assert present.get(False) == trainer.measure() != before


def test_other_data_at_the_same_step_are_measured_anew() -> None:
    trainer, present = counted(SMALL)
    before = present.get(False)
    reconfigure(trainer, SMALL.replace(noise=0.3))

    assert trainer.step == 0
    assert present.get(False) == trainer.measure() != before


def test_a_weight_that_is_changed_at_the_same_step_has_to_be_told() -> None:
    trainer, present = counted(SMALL)
    before = present.get(False)
    type_over(trainer.network, 0, 0, 0, 5.0)
    assert present.get(False) == before
    present.forget()

    assert present.get(False) == trainer.measure() != before


def test_large_sets_are_not_measured_for_the_screen_while_they_train() -> None:
    (small, of_small), (large, of_large) = counted(SMALL), counted(LARGE)
    for trainer in (small, large):
        trainer.advance()
    small.n_measured = large.n_measured = 0

    assert of_large.get(True) == large.recorded
    assert large.n_measured == 0
    assert of_small.get(True) == Trainer.measure(small)
    assert small.n_measured > 0


def test_numbers_kept_with_a_moment_are_taken_for_large_sets_and_measured_for_small_ones() -> None:
    (_, of_small), (large, of_large) = counted(SMALL), counted(LARGE)
    of_small.know(KEPT)
    of_large.know(KEPT)

    assert of_small.get(False) == Trainer(SMALL).measure()
    assert of_large.get(False) == KEPT
    assert large.n_measured == 0


def test_curves_end_in_the_numbers_of_the_moment() -> None:
    trainer, present = counted(SMALL)
    for _ in range(333):
        trainer.advance()
    curves, metrics = present.curves(False), trainer.measure()

    assert curves.steps[-1] == trainer.step
    assert curves.train_loss[-1] == pytest.approx(metrics.train_loss)
    assert curves.test_accuracy[-1] == pytest.approx(metrics.test_accuracy)
