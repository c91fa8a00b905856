"""Which sample lies at the cursor of a map and which comes next, with the words for it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.render.plane import Plane
from tui_nn.training.example import Example
from tui_nn.training.snapshot import PointSet
from tui_nn.views.map.draw_points import Points
from tui_nn.views.map.values import DecisionMap

CLEARLY_WORSE = 0.05
"""By so much the test accuracy is below that of training before hidden test points are mentioned."""


def next_among(among: NDArray[np.bool_], here: int | None, step: int) -> int | None:
    """Return the number of the next that is among them (step 1), or the one before (-1), round the end."""
    numbers = np.flatnonzero(among)
    if not len(numbers):
        return None
    if here is None:
        return int(numbers[0 if step > 0 else -1])
    place = np.searchsorted(numbers, here, side="right" if step > 0 else "left") + min(step, 0)
    return int(numbers[place % len(numbers)])


def sample_in_cell(points: Points, plane: Plane, cell: tuple[int, int]) -> int | None:
    """Return which sample is drawn in a (row, column): of several a wrong one, else a training one."""
    inside = np.flatnonzero((plane.cells(points.positions) == cell).all(axis=1))
    if not len(inside):
        return None
    nothing = np.zeros(len(points.positions), dtype=bool)
    wrong, test = (nothing if mask is None else mask for mask in (points.wrong, points.test))
    return int(inside[np.lexsort((test[inside], ~wrong[inside]))[0]])


def example_at(data: PointSet, number: int) -> Example:
    """Return a sample by its number through both sets, training samples first."""
    n_train = len(data.train_targets)
    return Example("train", number) if number < n_train else Example("test", number - n_train)


def truth(data: PointSet, number: int) -> str:
    """Return the name of a sample's class, or its value."""
    return _name(data, np.concatenate([data.train_targets, data.test_targets])[number])


def read_words(data: PointSet, seen: DecisionMap | None, number: int) -> str:
    """Return what is read at a sample: its class or value.

    Where the map holds further inputs at their mean, its answer is not that for the sample; so this is told.
    """
    predicted = _predictions(data, seen)
    if data.n_columns <= 2 or predicted is None:
        return truth(data, number)
    return f"{truth(data, number)}, predicted {_name(data, predicted[number])}"


def sample_words(data: PointSet, seen: DecisionMap | None, points: Points, number: int) -> str:
    """Return what a sample is, what it is taken for, and which of the misclassified it is."""
    words = f"{example_at(data, number).words.capitalize()}: "
    words += f"{data.target_name or ('class' if data.class_names else 'target')} {truth(data, number)}"
    predicted = _predictions(data, seen)
    if predicted is not None:
        words += f", predicted {_name(data, predicted[number])}"
    if points.wrong is not None and points.wrong[number]:
        wrong = np.flatnonzero(points.wrong)
        words += f" (misclassified: {np.searchsorted(wrong, number) + 1:,} of {len(wrong):,})"
    if data.n_columns > 2:
        words += ". The map around it holds all inputs but the first two at their mean"
    return f"{words}."


def wrong_test_points(data: PointSet, seen: DecisionMap | None) -> int:
    """Return how many of the test points that can be shown are misclassified."""
    return int(_wrong(data, seen)[len(data.train_targets) :].sum())


def hidden_words(data: PointSet, seen: DecisionMap | None) -> str:
    """Return what test points would show that training points do not; nothing where they are as good."""
    wrong, n_train = _wrong(data, seen), len(data.train_targets)
    if not wrong[n_train:].any() or wrong[n_train:].mean() - wrong[:n_train].mean() < CLEARLY_WORSE:
        return ""
    n_wrong = int(wrong[n_train:].sum())
    return f"t shows {n_wrong:,} wrong test point{'s' * (n_wrong > 1)}"


def _wrong(data: PointSet, seen: DecisionMap | None) -> NDArray[np.bool_]:
    """Return which samples are misclassified, training samples first; none where that is not known."""
    targets, predicted = np.concatenate([data.train_targets, data.test_targets]), _predictions(data, seen)
    if predicted is None or not data.class_names:
        return np.zeros(len(targets), dtype=bool)
    return np.asarray(predicted != targets)


def _predictions(data: PointSet, seen: DecisionMap | None) -> NDArray[Any] | None:
    """Return what each sample is taken for, training samples first; None while only other data's is known."""
    if seen is None or len(seen.train_predictions) != len(data.train_targets):
        return None
    if len(seen.test_predictions) != len(data.test_targets):
        return None
    return np.concatenate([seen.train_predictions, seen.test_predictions])


def _name(data: PointSet, target: Any) -> str:
    if data.class_names:
        return data.class_names[int(target)]
    return f"{data.value_center + data.value_size * float(target):.3g}"
