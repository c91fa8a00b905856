"""Samples on a map: which comes next, which is drawn in a cell, and what is said of it."""

from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render.plane import Plane
from tui_nn.training.example import Example
from tui_nn.training.snapshot import PointSet
from tui_nn.views.map.draw import shown_points
from tui_nn.views.map.draw_points import Points
from tui_nn.views.map.draw_samples import (
    example_at,
    hidden_words,
    next_among,
    read_words,
    sample_in_cell,
    sample_words,
    wrong_test_points,
)
from tui_nn.views.map.values import DecisionMap


def point_set(train: list[float], test: list[float], names: tuple[str, ...], n_columns: int = 2) -> PointSet:
    def places(count: int) -> np.ndarray:
        return np.arange(2.0 * count).reshape(count, 2)

    return PointSet(
        version=0,
        train_inputs=places(len(train)),
        train_targets=np.array(train),
        test_inputs=places(len(test)),
        test_targets=np.array(test),
        n_classes=max(1, len(names)),
        class_names=names,
        domain=((-1.0, 9.0), (-1.0, 9.0)),
        n_train=len(train),
        n_test=len(test),
        n_columns=n_columns,
    )


def answers(train: list[float], test: list[float]) -> DecisionMap:
    return DecisionMap(np.zeros((1, 1, 1), np.float32), np.array(train), np.array(test))


@pytest.mark.parametrize(
    ("here", "step", "there"),
    [
        (None, 1, 1),
        (None, -1, 5),
        (1, 1, 4),
        (2, 1, 4),
        (5, 1, 1),
        (5, -1, 4),
        (2, -1, 1),
        (1, -1, 5),
        (9, 1, 1),
    ],
)
def test_the_next_and_the_one_before_go_round_the_end(here: int | None, step: int, there: int) -> None:
    assert next_among(np.array([0, 1, 0, 0, 1, 1], bool), here, step) == there


def test_among_none_there_is_no_next() -> None:
    assert next_among(np.zeros(3, bool), 1, 1) is None


def test_in_a_cell_the_wrong_one_is_drawn_then_the_training_one() -> None:
    plane = Plane((0.0, 2.0), (0.0, 1.0), 1, 2)
    places = np.array([[0.1, 0.1], [0.2, 0.2], [0.3, 0.3], [1.5, 0.5]])
    test = np.array([True, False, False, False])
    none, last = np.zeros(4, bool), np.array([False, False, True, False])

    assert sample_in_cell(Points(places, np.zeros(4, int), none, test), plane, (0, 0)) == 1
    assert sample_in_cell(Points(places, np.zeros(4, int), last, test), plane, (0, 0)) == 2
    assert sample_in_cell(Points(places[:3], np.zeros(3, int)), plane, (0, 1)) is None


def test_numbers_count_training_samples_first() -> None:
    data = point_set([0, 1], [1, 0, 1], ("no", "yes"))

    assert example_at(data, 1) == Example("train", 1)
    assert example_at(data, 4) == Example("test", 2)
    assert [read_words(data, None, number) for number in range(5)] == ["no", "yes", "yes", "no", "yes"]


def test_a_sample_is_told_with_its_class_and_its_place_among_the_misclassified() -> None:
    data, seen = point_set([0, 1, 1], [1], ("no", "yes")), answers([1, 1, 0], [0])
    points = shown_points(data, seen, with_test=True)

    assert sample_words(data, seen, points, 1) == "Train 2: class yes, predicted yes."
    assert sample_words(data, seen, points, 2) == "Train 3: class yes, predicted no (misclassified: 2 of 3)."
    assert sample_words(data, seen, points, 3).startswith("Test 1: class yes, predicted no")
    assert sample_words(data, None, points, 1) == "Train 2: class yes."


def test_a_regression_tells_values() -> None:
    data, seen = point_set([0.25, -1], [], ()), answers([0.5, -1], [])

    assert sample_words(data, seen, shown_points(data, seen), 0) == "Train 1: target 0.25, predicted 0.5."


def test_of_further_columns_the_sample_s_own_prediction_is_read() -> None:
    data, seen = point_set([0, 1], [], ("no", "yes"), n_columns=5), answers([1, 1], [])

    assert read_words(data, seen, 0) == "no, predicted yes"
    assert "first two at their mean" in sample_words(data, seen, shown_points(data, seen), 0)


@pytest.mark.parametrize(
    ("wrong_train", "wrong_test", "words"),
    [
        (0, 4, "t shows 4 wrong test points"),
        (0, 1, "t shows 1 wrong test point"),
        (3, 4, "t shows 4 wrong test points"),
        (3, 3, ""),
        (4, 4, ""),
        (5, 0, ""),
        (0, 0, ""),
    ],
)
def test_hidden_test_points_are_told_of_where_they_are_clearly_worse(
    wrong_train: int, wrong_test: int, words: str
) -> None:
    data = point_set([1] * 20, [1] * 20, ("no", "yes"))
    seen = answers([0] * wrong_train + [1] * (20 - wrong_train), [0] * wrong_test + [1] * (20 - wrong_test))

    assert wrong_test_points(data, seen) == wrong_test
    assert hidden_words(data, seen) == words


def test_predictions_of_other_data_tell_nothing() -> None:
    data, seen = point_set([1, 1], [1], ("no", "yes")), answers([0, 0, 0], [0, 0])

    assert wrong_test_points(data, seen) == 0
    assert hidden_words(data, seen) == ""
    assert sample_words(data, seen, shown_points(data, seen), 0) == "Train 1: class yes."
