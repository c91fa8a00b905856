from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.training.verdict.importance import importances, permutations


def test_a_column_that_nothing_reads_has_no_importance_and_the_others_what_the_formula_says() -> None:
    rng = np.random.default_rng(1)
    raw = rng.normal(size=(40, 2))
    orders = list(permutations(40, 2, 3, rng))
    found = list(importances(lambda rows: -float(np.square(rows[:, 0] - raw[:, 0]).sum()), raw, orders))

    np.testing.assert_allclose(found[0], [np.square(raw[o, 0] - raw[:, 0]).sum() for o in orders[0]])
    assert found[1].tolist() == [0.0, 0.0, 0.0]


def test_the_samples_stay_as_they_were() -> None:
    raw = np.arange(12.0).reshape(6, 2)
    before = raw.copy()
    list(importances(lambda rows: float(rows[0, 0]), raw, permutations(6, 2, 2, np.random.default_rng(0))))

    np.testing.assert_array_equal(raw, before)


def test_it_agrees_with_scikit_learn_on_the_same_permutations() -> None:
    inspection = pytest.importorskip("sklearn.inspection")
    linear = pytest.importorskip("sklearn.linear_model")
    rng = np.random.default_rng(5)
    raw = rng.normal(size=(80, 3))
    targets = raw @ [2.0, 0.5, 0.0] + rng.normal(size=80)
    model = linear.LinearRegression().fit(raw, targets)
    expected = inspection.permutation_importance(model, raw, targets, n_repeats=4, random_state=7)
    orders = [_scikit_learn_orders(7, 80, 4)] * 3

    def score(rows: Any) -> float:
        return float(model.score(rows, targets))

    np.testing.assert_allclose(list(importances(score, raw, orders)), expected.importances, atol=1e-9)


def _scikit_learn_orders(random_state: int, n_rows: int, n_repeats: int) -> np.ndarray:
    """Return the orders that scikit-learn draws, for each column the same: shuffled again and again.

    It takes what lies in the shuffled column, so its orders build on each other.
    """
    seed = np.random.RandomState(random_state).randint(np.iinfo(np.int32).max + 1)
    draws, shuffle = np.random.RandomState(seed), np.arange(n_rows)
    order, orders = np.arange(n_rows), []
    for _ in range(n_repeats):
        draws.shuffle(shuffle)
        order = order[shuffle]
        orders.append(order)
    return np.array(orders)
