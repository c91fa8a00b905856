from __future__ import annotations

import numpy as np
import pytest

from tui_nn.engine import accuracy, class_scores, confusion_matrix, r2, rmse
from tui_nn.engine.metrics import mae

TRUE = np.array([0, 0, 0, 1, 1, 2])
SAID = np.array([0, 0, 1, 1, 0, 0])


def test_accuracy_is_the_fraction_that_is_right() -> None:
    assert accuracy(TRUE, SAID) == pytest.approx(3 / 6)


def test_confusion_has_a_row_for_each_true_class() -> None:
    assert confusion_matrix(TRUE, SAID, 3).tolist() == [[2, 1, 0], [1, 1, 0], [1, 0, 0]]


def test_scores_of_each_class() -> None:
    scores = class_scores(confusion_matrix(TRUE, SAID, 3))

    np.testing.assert_allclose(scores.precision, [2 / 4, 1 / 2, 0])
    np.testing.assert_allclose(scores.recall, [2 / 3, 1 / 2, 0])
    np.testing.assert_allclose(scores.f1, [4 / 7, 1 / 2, 0])


def test_regression_scores() -> None:
    targets, outputs = np.array([[1.0], [2.0], [3.0]]), np.array([[1.0], [2.0], [5.0]])

    assert rmse(targets, outputs) == pytest.approx(np.sqrt(4 / 3))
    assert r2(targets, outputs) == pytest.approx(1 - 4 / 2)
    assert r2(targets, targets) == 1.0


def test_mean_absolute_error_counts_both_directions_alike() -> None:
    assert mae(np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 0.0])) == pytest.approx((1 + 0 + 3) / 3)


def test_r2_of_targets_all_alike_is_no_number() -> None:
    assert r2(np.ones((3, 1)), np.ones((3, 1))) is None
