from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_nn.engine import SCHEDULES, EngineError


def test_constant_stays() -> None:
    factor = SCHEDULES["constant"].create(10)

    assert [factor(step) for step in (0, 9, 10_000)] == [1, 1, 1]


def test_step_drops_at_once() -> None:
    factor = SCHEDULES["step"].create(100, decay_steps=10, decay_factor=0.5)

    assert [factor(step) for step in (0, 9, 10, 19, 20)] == [1, 1, 0.5, 0.5, 0.25]


def test_exponential_shrinks_evenly() -> None:
    factor = SCHEDULES["exponential"].create(100, decay_steps=10, decay_factor=0.5)

    assert factor(5) == pytest.approx(math.sqrt(0.5))
    assert factor(20) == pytest.approx(0.25)


def test_inverse_time_halves_after_n_steps() -> None:
    factor = SCHEDULES["inverse_time"].create(1000, decay_steps=10)

    assert [factor(step) for step in (0, 10, 30)] == pytest.approx([1, 1 / 2, 1 / 4])


def test_cosine_and_linear_end_at_their_floor_and_stay_there() -> None:
    for name, middle in (("cosine", 0.55), ("linear", 0.55)):
        factor = SCHEDULES[name].create(100, final_factor=0.1)

        assert [factor(step) for step in (0, 50, 100, 5000)] == pytest.approx([1, middle, 0.1, 0.1])
    assert SCHEDULES["cosine"].create(100)(25) == pytest.approx((1 + math.sqrt(0.5)) / 2)


def test_one_cycle_rises_and_falls_below_its_beginning() -> None:
    factor = SCHEDULES["one_cycle"].create(101)
    values = [factor(step) for step in range(101)]

    assert values[0] == pytest.approx(1 / 25)
    assert max(values) == pytest.approx(1, abs=1e-3)
    assert 28 <= int(np.argmax(values)) <= 31
    assert values[-1] == pytest.approx(1 / 250_000)


def test_warmup_rises_evenly_to_the_beginning_of_the_schedule() -> None:
    factor = SCHEDULES["cosine"].create(104, warmup_steps=4)

    assert [factor(step) for step in range(5)] == pytest.approx([0.25, 0.5, 0.75, 1, 1])
    assert factor(54) == pytest.approx(0.5)


@given(st.sampled_from(sorted(SCHEDULES)), st.integers(1, 500), st.data())
def test_a_factor_is_never_negative_nor_above_one(name: str, total: int, data: st.DataObject) -> None:
    warmup = data.draw(st.integers(0, total - 1))
    factor = SCHEDULES[name].create(total, warmup)

    assert 0 <= factor(data.draw(st.integers(0, 2 * total))) <= 1 + 1e-12


@pytest.mark.parametrize(("total", "warmup"), [(10, 10), (10, 20), (0, 0), (10, -1)])
def test_a_schedule_shorter_than_its_warmup_is_refused(total: int, warmup: int) -> None:
    with pytest.raises(EngineError):
        SCHEDULES["linear"].create(total, warmup)
