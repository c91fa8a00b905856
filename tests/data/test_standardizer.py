from __future__ import annotations

import numpy as np
import pytest

from tui_nn.data import Standardizer


def test_standardized_columns_have_mean_zero_and_deviation_one() -> None:
    inputs = np.random.default_rng(0).normal((3.0, -50.0), (0.1, 20.0), (500, 2))
    scaled = Standardizer.fit(inputs).apply(inputs)
    assert scaled.mean(axis=0) == pytest.approx([0, 0], abs=1e-12)
    assert scaled.std(axis=0) == pytest.approx([1, 1])


def test_new_inputs_are_scaled_by_what_was_learned_before() -> None:
    standardizer = Standardizer.fit(np.array([[0.0], [4.0]]))
    assert standardizer.apply(np.array([[6.0]])) == pytest.approx(np.array([[2.0]]))


def test_a_column_that_does_not_vary_becomes_zero_instead_of_nan() -> None:
    inputs = np.full((7, 1), 0.1)
    assert Standardizer.fit(inputs).apply(inputs) == pytest.approx(np.zeros((7, 1)), abs=1e-9)


def test_undo_reverses_apply() -> None:
    inputs = np.random.default_rng(0).normal(2.0, 3.0, (20, 3))
    standardizer = Standardizer.fit(inputs)
    assert standardizer.undo(standardizer.apply(inputs)) == pytest.approx(inputs)
