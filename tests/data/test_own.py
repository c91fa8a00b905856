"""A person's own arrays: what is taken, what is refused in a sentence, and what of it a map shows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.data import DataError, array_dataset

ROWS = np.arange(12.0).reshape(6, 2)
LABELS = ["a", "b"] * 3


@pytest.mark.parametrize(
    ("across", "up"), [((30, 60), (3000, 6000)), ((5e5, 5e5 + 1), (0, 1e-3)), ((-1e-9, 1e-9), (0, 1e9))]
)
def test_each_axis_has_the_range_of_its_own_column(
    across: tuple[float, float], up: tuple[float, float]
) -> None:
    points = np.column_stack([np.linspace(*across, 6), np.linspace(*up, 6)])

    for shown, (low, high) in zip(array_dataset("own", points, LABELS).domain, (across, up), strict=True):
        assert shown == pytest.approx((low - 0.1 * (high - low), high + 0.1 * (high - low)))


def test_a_column_that_does_not_vary_has_a_range_too() -> None:
    (left, right), _ = array_dataset("own", np.full((6, 2), 5e5), LABELS).domain

    assert left < 5e5 < right


def test_one_column_has_its_targets_for_the_other_axis() -> None:
    kind = array_dataset("own", np.arange(6.0), [0.5, 9, 1, 2, 3, 4])

    assert kind.domain[1] == pytest.approx((0.5 - 0.85, 9.85))


def test_whole_numbers_can_be_a_regression_and_are_classes_unless_told() -> None:
    targets = [10, 20, 30, 10, 20, 30]
    classes, values = array_dataset("own", ROWS, targets), array_dataset("own", ROWS, targets, "regression")

    assert (classes.task, classes.class_names) == ("classification", ("10", "20", "30"))
    assert values.task == "regression"
    assert values.draw(6, 0, 2, np.random.default_rng(0))[1].tolist() == targets


@pytest.mark.parametrize(
    ("inputs", "targets", "task", "words"),
    [
        (ROWS, ["a", None] * 3, "auto", "targets hold None in row 2"),
        (ROWS, [None] * 6, "auto", "targets hold None in row 1"),
        (ROWS, np.array(["a", 1, "b", 2, "c", 3], dtype=object), "auto", "targets hold 1 in row 2"),
        (ROWS, [1.5, float("nan"), 1, 1, 1, 1], "auto", "targets hold nan in row 2"),
        (ROWS, [1] * 6, "auto", "targets hold one class; needed are 2 to 100"),
        (ROWS, ["a"] * 5, "auto", "needed is one for each row"),
        (ROWS, LABELS, "regression", "words such as a; regression needs numbers"),
        (ROWS, LABELS, "both", "task: both is not allowed; auto, classification, regression"),
        (ROWS, [1j] * 6, "auto", "complex"),
        ([[1, 2], [3, "x"], [5, 6], [7, 8]], LABELS[:4], "auto", "'x' is in row 2, column 2"),
        ([[1, 2], [3, None], [5, 6], [7, 8]], LABELS[:4], "auto", "in row 2, column 2"),
        ([[1, 2], [3], [5, 6], [7, 8]], LABELS[:4], "auto", "in rows of the same length"),
        ([[1, 2], [3, np.inf], [5, 6], [7, 8]], LABELS[:4], "auto", "inf in row 2, column 2"),
        ([[1, 2], [3, 1e200], [5, 6], [7, 8]], LABELS[:4], "auto", "1e\\+200 in row 2, column 2"),
    ],
)
def test_what_cannot_be_learned_is_refused_with_its_place(
    inputs: Any, targets: Any, task: str, words: str
) -> None:
    with pytest.raises(DataError, match=words) as refusal:
        array_dataset("own", inputs, targets, task)
    assert "\n" not in str(refusal.value)


def test_short_floating_point_numbers_are_taken() -> None:
    kind = array_dataset("own", ROWS.astype(np.float16), np.array([0.5, 1, 2, 3, 4, 5], np.float16))

    assert kind.task == "regression"
