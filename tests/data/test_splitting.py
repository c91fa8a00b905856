from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_nn.data import DataError, split


@given(n=st.integers(2, 400), fraction=st.floats(0.01, 0.999), seed=st.integers(0, 2**32 - 1))
def test_split_uses_every_row_once_and_leaves_none_empty(n: int, fraction: float, seed: int) -> None:
    train_rows, test_rows = split(n, fraction, np.random.default_rng(seed))
    assert sorted([*train_rows, *test_rows]) == list(range(n))
    assert len(train_rows) >= 1
    assert len(test_rows) >= 1
    assert abs(len(train_rows) - n * fraction) <= 1


def test_split_by_a_decimal_fraction_is_not_short_of_a_row() -> None:
    assert len(split(100, 0.29, np.random.default_rng(0))[0]) == 29


def test_a_fraction_of_one_leaves_no_test_rows() -> None:
    train_rows, test_rows = split(5, 1.0, np.random.default_rng(0))
    assert (len(train_rows), len(test_rows)) == (5, 0)


def test_split_shuffles() -> None:
    assert split(100, 0.5, np.random.default_rng(0))[0].tolist() != list(range(50))


@pytest.mark.parametrize(("n", "fraction"), [(0, 0.5), (10, 0.0), (10, 1.1), (10, float("nan"))])
def test_an_empty_set_or_an_impossible_fraction_is_refused(n: int, fraction: float) -> None:
    with pytest.raises(DataError):
        split(n, fraction, np.random.default_rng(0))
