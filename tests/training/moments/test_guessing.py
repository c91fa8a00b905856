from __future__ import annotations

import math

import numpy as np
import pytest

from tui_nn.engine import LOSSES
from tui_nn.training.moments.guessing import guess_loss


def test_guessing_costs_the_entropy_of_the_classes() -> None:
    classes = np.array([0, 0, 0, 1])
    entropy = -(0.75 * math.log(0.75) + 0.25 * math.log(0.25))
    loss = LOSSES["binary_cross_entropy"]

    assert guess_loss(loss, loss.encode(classes, 2)) == pytest.approx(entropy)


def test_guessing_among_many_classes_costs_their_entropy_too() -> None:
    classes = np.array([0, 0, 1, 2, 2, 2])
    shares = np.array([2, 1, 3]) / 6
    loss = LOSSES["softmax_cross_entropy"]

    assert guess_loss(loss, loss.encode(classes, 3)) == pytest.approx(-(shares * np.log(shares)).sum())


def test_a_class_that_never_comes_costs_nothing() -> None:
    loss = LOSSES["softmax_cross_entropy"]

    assert guess_loss(loss, loss.encode([0, 1], 3)) == pytest.approx(math.log(2), abs=1e-4)


def test_guessing_a_number_costs_its_variance_or_its_mean_distance_from_the_median() -> None:
    targets = np.array([[0.0], [0.0], [0.0], [8.0]])

    assert guess_loss(LOSSES["mse"], targets) == pytest.approx(12.0)
    assert guess_loss(LOSSES["half_mse"], targets) == pytest.approx(6.0)
    assert guess_loss(LOSSES["mae"], targets) == pytest.approx(2.0)
