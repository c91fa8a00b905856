from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_nn.engine.activations import ACTIVATIONS
from tui_nn.engine.arrays import Array
from tui_nn.engine.tape import Scratch, record


def play(formula: Callable[..., object], arguments: list[Array], outputs: list[Array]) -> int:
    tape = record(formula, arguments, outputs, Scratch(outputs[0].dtype))
    for call in tape:
        call()
    return len(tape)


@given(st.sampled_from(sorted(ACTIVATIONS)), st.integers(1, 6), st.integers(1, 9), st.integers(0, 2**31))
def test_a_recorded_formula_computes_what_the_formula_does(name: str, units: int, n: int, seed: int) -> None:
    z = np.random.default_rng(seed).standard_normal((units, n)) * 3
    a, slope = np.empty_like(z), np.empty_like(z)

    play(ACTIVATIONS[name].value, [z], [a])
    play(ACTIVATIONS[name].derivative, [z, a], [slope])

    np.testing.assert_allclose(a, ACTIVATIONS[name](z), rtol=1e-14)
    np.testing.assert_allclose(slope, ACTIVATIONS[name].slope(z), rtol=1e-14)


def test_a_tape_reads_its_arguments_anew_each_time() -> None:
    z, out = np.array([1.0]), np.empty(1)
    tape = record(lambda z: 2.0 * z + 1.0, [z], [out], Scratch(z.dtype))
    z[0] = 10.0

    for call in tape:
        call()

    assert out[0] == 21.0


def test_an_output_may_be_an_argument_that_is_read_later() -> None:
    x, y = np.array([3.0]), np.array([5.0])

    play(lambda x, y: (x + y, x * y), [x, y], [x, y])

    assert (x[0], y[0]) == (8.0, 15.0)


def test_an_argument_that_passes_through_is_copied() -> None:
    x, out = np.array([3.0]), np.zeros(1)

    assert play(lambda x: x, [x], [out]) == 1
    assert out[0] == 3.0


def test_swapped_arguments_do_not_overwrite_each_other() -> None:
    x, y = np.array([3.0]), np.array([5.0])

    play(lambda x, y: (y + 0.0, x + 0.0), [x, y], [x, y])

    assert (x[0], y[0]) == (5.0, 3.0)


@pytest.mark.parametrize("name", ["tanh", "relu"])
def test_plain_activations_are_one_call(name: str) -> None:
    z = np.zeros((2, 3))

    assert play(ACTIVATIONS[name].value, [z], [np.empty_like(z)]) == 1


def test_scratch_is_shared_between_formulas() -> None:
    z, out = np.zeros((4, 4)), np.zeros((4, 4))
    scratch = Scratch(z.dtype)
    record(ACTIVATIONS["gelu"].derivative, [z, z], [out], scratch)
    lent = [scratch.lend((4, 4)) for _ in range(3)]
    for buffer in lent:
        scratch.take_back(buffer)
    record(ACTIVATIONS["gelu"].derivative, [z, z], [out], scratch)

    assert {id(scratch.lend((4, 4))) for _ in range(3)} == {id(buffer) for buffer in lent}


def test_numbers_given_as_arrays_may_change_between_steps() -> None:
    z, limit, out = np.array([1.0, 5.0]), np.array(2.0), np.empty(2)
    tape = record(lambda z, limit: np.minimum(z, limit), [z, limit], [out], Scratch(z.dtype))
    limit[()] = 4.0

    for call in tape:
        call()

    assert out.tolist() == [1.0, 4.0]


def test_comparisons_become_numbers() -> None:
    z, out = np.array([-1.0, 2.0], np.float32), np.empty(2, np.float32)

    play(lambda z: 0.5 + 2.0 * (z > 0.0), [z], [out])

    assert out.tolist() == [0.5, 2.5]
