from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_nn.views.curves.draw_series import (
    Curve,
    Scale,
    envelope,
    extent,
    finite,
    round_marks,
    round_range,
    scale_for,
    scale_of_scores,
)

numbers = st.floats(allow_nan=True, allow_infinity=True)


def curve(steps, values):
    return Curve("train", np.array(steps, dtype=float), np.array(values, dtype=float), 0)


def test_what_is_not_finite_is_left_out():
    steps, values = finite(curve([1, 2, 3, np.nan], [0.5, np.inf, 0.25, 1]))
    assert steps.tolist() == [1, 3]
    assert values.tolist() == [0.5, 0.25]


def test_only_the_recent_part_is_kept():
    assert finite(curve([1, 2, 3], [3, 2, 1]), since=2)[0].tolist() == [2, 3]


def test_the_envelope_keeps_the_extremes_of_every_column():
    steps = np.arange(1000.0)
    values = np.sin(steps / 7)
    values[503] = 9.0
    thin_steps, thin_values = envelope(steps, values, 50)
    assert len(thin_steps) <= 100
    assert thin_values.max() == 9.0
    assert (np.diff(thin_steps) > 0).all()
    for left in range(0, 1000, 20):
        inside = (thin_steps >= left) & (thin_steps < left + 20)
        assert thin_values[inside].min() == pytest.approx(values[left : left + 20].min(), abs=0.2)


def test_a_short_series_is_not_thinned():
    steps, values = envelope(np.arange(5.0), np.ones(5), 10)
    assert len(steps) == len(values) == 5


def test_an_axis_begins_at_zero_when_zero_is_near():
    assert scale_for(np.array([0.1, 0.9])).low == 0
    assert scale_for(np.array([0.95, 0.99])).low == 0.95


def test_a_log_axis_names_powers_of_ten():
    scale = scale_for(np.array([1e-4, 10.0]), log=True)
    assert [label for _, label in scale.marks(6)] == ["0.0001", "0.001", "0.01", "0.1", "1", "10"]
    assert scale.place(np.array([1e-4, 10.0])).tolist() == pytest.approx([0, 1])


def test_a_log_axis_puts_zero_on_the_bottom():
    scale = scale_for(np.array([0.0, -1.0, 0.1, 1.0]), log=True)
    assert scale.place(np.array([0.0, -1.0])).tolist() == [0, 0]


def test_an_axis_of_nothing_is_zero_to_one():
    assert scale_for(np.empty(0)) == Scale(0.0, 1.0)
    assert extent(np.array([7.0])) == Scale(7.0, 8.0)


@settings(max_examples=200, deadline=None)
@given(st.lists(numbers, max_size=30), st.booleans())
def test_every_value_has_a_place_from_zero_to_one(values, log):
    _, kept = finite(curve(np.arange(len(values)), values))
    scale = scale_for(kept, log)
    places = scale.place(kept)
    assert np.isfinite(places).all()
    assert ((places >= 0) & (places <= 1)).all()
    assert all(0 <= place <= 1 for place, _ in scale.marks(5))


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [(0, 2.3, 3, (0, 2.5)), (0.45, 0.72, 3, (0.4, 0.8)), (0.45, 0.72, 7, (0.45, 0.75)), (-3, 3, 4, (-5, 5))],
)
def test_a_round_range_wastes_as_little_as_it_can(low, high, most, expected):
    assert round_range(low, high, most) == pytest.approx(expected)


def test_an_accuracy_that_stays_high_is_no_line_along_the_edge():
    scores = np.concatenate([np.linspace(0.5, 0.97, 10), np.linspace(0.97, 1.0, 190)])
    scale = scale_of_scores(scores, 4)
    assert scale.low >= 0.9
    assert scale.place(np.array([1.0]))[0] < 0.97
    assert scale.place(np.array([0.98]))[0] < 0.75


@pytest.mark.parametrize("lowest", [0.993, 0.99, 0.5, -2.0])
def test_no_mark_of_an_accuracy_lies_above_all_that_there_can_be(lowest):
    scale = scale_of_scores(np.linspace(lowest, 1.0, 50), 4)
    assert max(round_marks(scale.low, scale.high, 4)) == 1.0


def test_a_series_that_begins_late_is_thinned_over_all_columns():
    steps = np.arange(1000.0, 2000.0)
    thin, _ = envelope(steps, steps, 10)
    assert len(thin) == 20
    assert np.bincount(((thin - 1000) // 100).astype(int)).tolist() == [2] * 10
