from __future__ import annotations

import numpy as np
import pytest

from tui_nn.training.history import History
from tui_nn.training.snapshot import Metrics


def at(step: int) -> Metrics:
    return Metrics(train_loss=1 / (step + 1), test_loss=2.0, train_accuracy=0.5, test_accuracy=0.25)


def recorded(last_step: int, interval: int = 1, capacity: int = 8) -> History:
    history = History(interval, capacity)
    for step in range(last_step + 1):
        if history.is_due(step):
            history.record(step, at(step))
    return history


def test_every_interval_th_step_is_due() -> None:
    history = History(interval=3)

    assert [step for step in range(10) if history.is_due(step)] == [0, 3, 6, 9]


def test_a_full_history_keeps_every_second_record() -> None:
    # With room for 8 the eighth record, of step 7, fills it: 0 2 4 6 stay, and every second step is due.
    assert recorded(6).curves().steps.tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert recorded(7).curves().steps.tolist() == [0, 2, 4, 6]
    assert recorded(13).curves().steps.tolist() == [0, 2, 4, 6, 8, 10, 12]
    assert recorded(14).curves().steps.tolist() == [0, 4, 8, 12]


@pytest.mark.parametrize("interval", [1, 5])
def test_a_history_stays_bounded_and_covers_the_whole_run(interval: int) -> None:
    history = recorded(5000, interval, capacity=50)
    steps = history.curves().steps

    assert 25 <= len(history) < 50
    assert steps[0] == 0
    assert 5000 - steps[-1] < history.interval
    assert np.unique(np.diff(steps)).tolist() == [history.interval]


def test_curves_hold_what_was_recorded() -> None:
    curves = recorded(3).curves()

    assert curves.train_loss.tolist() == [1, 1 / 2, 1 / 3, 1 / 4]
    assert curves.test_loss.tolist() == [2] * 4
    assert curves.train_accuracy.tolist() == [0.5] * 4
    assert curves.test_accuracy.tolist() == [0.25] * 4


def test_what_is_not_defined_is_nan() -> None:
    history = History()
    history.record(0, Metrics(train_loss=1.0))

    assert np.isnan(history.curves().test_loss).all()
    assert np.isnan(history.curves().test_accuracy).all()


def test_regression_has_its_r2_in_place_of_the_accuracy() -> None:
    history = History()
    history.record(0, Metrics(train_loss=1.0, test_loss=1.0, train_r2=0.9, test_r2=0.8))

    assert history.curves().train_accuracy.tolist() == [0.9]
    assert history.curves().test_accuracy.tolist() == [0.8]


def test_an_empty_history_has_empty_curves() -> None:
    assert History().curves().steps.shape == (0,)
    assert History().curves().train_loss.shape == (0,)


def test_a_loaded_state_goes_on_as_the_saved_history_would() -> None:
    saved, other = recorded(20), History()
    other.capacity = saved.capacity
    other.load(saved.state())
    for history in (saved, other):
        for step in range(21, 60):
            if history.is_due(step):
                history.record(step, at(step))

    assert other.curves().steps.tolist() == saved.curves().steps.tolist()
    assert other.interval == saved.interval


def test_a_wider_interval_is_reached_by_doubling_and_keeps_what_is_recorded() -> None:
    history = recorded(6)
    history.widen(5)

    assert history.interval == 8
    assert history.curves().steps.tolist() == [0, 1, 2, 3, 4, 5, 6]


def test_an_interval_is_never_narrowed() -> None:
    history = History(interval=6)
    history.widen(5)

    assert history.interval == 6
