from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_nn.engine import LOSSES, EngineError

OUTPUTS = np.array([[0.3, -1.2, 2.5, 0.05], [-0.4, 0.9, -3.1, 1.6], [1.1, 0.2, 0.7, -0.8]])
ONE_HOT = np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]])


def by_hand(name: str, o: list[float], t: list[float]) -> float:
    """The loss of one sample in scalar arithmetic."""
    errors = [a - b for a, b in zip(o, t, strict=True)]
    if name == "mse":
        return sum(e * e for e in errors) / len(errors)
    if name == "half_mse":
        return sum(e * e for e in errors) / 2
    if name == "mae":
        return sum(abs(e) for e in errors) / len(errors)
    if name == "huber":
        return sum(e * e / 2 if abs(e) < 1 else abs(e) - 0.5 for e in errors) / len(errors)
    if name == "hinge":
        return sum(max(0.0, 1 - a * b) for a, b in zip(o, t, strict=True))
    if name == "binary_cross_entropy":
        p = [1 / (1 + math.exp(-z)) for z in o]
        return -sum(b * math.log(a) + (1 - b) * math.log(1 - a) for a, b in zip(p, t, strict=True))
    total = sum(math.exp(z) for z in o)
    return -sum(b * math.log(math.exp(z) / total) for z, b in zip(o, t, strict=True))


def targets_for(name: str) -> np.ndarray:
    return 2 * ONE_HOT - 1 if LOSSES[name].coding.low == -1 else ONE_HOT


@pytest.mark.parametrize("name", LOSSES)
def test_value_is_the_formula(name: str) -> None:
    targets = targets_for(name)
    expected = [by_hand(name, list(o), list(t)) for o, t in zip(OUTPUTS.T, targets.T, strict=True)]

    np.testing.assert_allclose(LOSSES[name].value(OUTPUTS, targets), expected, rtol=1e-12)


@pytest.mark.parametrize("name", LOSSES)
def test_gradient_agrees_with_central_differences(
    name: str, numerical_gradient: Callable[..., np.ndarray]
) -> None:
    loss, targets = LOSSES[name], targets_for(name)
    numeric = numerical_gradient(lambda o: float(loss.value(o, targets).sum()), OUTPUTS)

    np.testing.assert_allclose(loss.gradient(OUTPUTS, targets), numeric, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", ["binary_cross_entropy", "softmax_cross_entropy"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_logits_of_a_thousand_stay_finite(name: str, dtype: str) -> None:
    logits = np.array([[1000.0, -1000.0], [-1000.0, 1000.0]], dtype)
    targets = np.array([[0.0, 0.0], [1.0, 1.0]], dtype)

    losses = LOSSES[name].value(logits, targets)

    np.testing.assert_allclose(losses, [2000.0, 0.0])
    assert np.isfinite(LOSSES[name].gradient(logits, targets)).all()


@given(
    st.sampled_from(sorted(LOSSES)), st.integers(2, 2), st.lists(st.integers(0, 1), min_size=1, max_size=20)
)
def test_two_classes_survive_coding_and_decoding(name: str, n_classes: int, classes: list[int]) -> None:
    loss = LOSSES[name]

    targets = loss.encode(classes, n_classes)

    assert targets.shape == (len(classes), loss.n_outputs(n_classes))
    assert loss.decode(targets).tolist() == classes


@given(st.sampled_from(sorted(set(LOSSES) - {"binary_cross_entropy"})), st.integers(3, 12), st.data())
def test_many_classes_survive_coding_and_decoding(name: str, n_classes: int, data: st.DataObject) -> None:
    loss = LOSSES[name]
    classes = data.draw(st.lists(st.integers(0, n_classes - 1), min_size=1, max_size=20))

    assert loss.decode(loss.encode(classes, n_classes)).tolist() == classes


def test_binary_cross_entropy_refuses_three_classes_and_says_what_works() -> None:
    with pytest.raises(EngineError, match="softmax_cross_entropy"):
        LOSSES["binary_cross_entropy"].n_outputs(3)


def test_targets_are_coded_as_the_settings_promise() -> None:
    classes = np.array([0, 1])

    assert LOSSES["binary_cross_entropy"].encode(classes, 2).tolist() == [[0], [1]]
    assert LOSSES["mse"].encode(classes, 2).tolist() == [[0], [1]]
    assert LOSSES["half_mse"].encode(classes, 2).tolist() == [[-1], [1]]
    assert LOSSES["softmax_cross_entropy"].encode(classes, 2).tolist() == [[1, 0], [0, 1]]


def test_one_output_is_read_as_the_probability_of_the_second_class() -> None:
    outputs = np.array([[0.25], [1.0]])

    np.testing.assert_allclose(
        LOSSES["binary_cross_entropy"].probabilities(outputs), [[0.75, 0.25], [0.0, 1.0]]
    )
    np.testing.assert_allclose(LOSSES["half_mse"].probabilities(outputs), [[0.375, 0.625], [0.0, 1.0]])


def test_scores_that_do_not_sum_to_one_are_no_probabilities() -> None:
    assert LOSSES["mse"].probabilities(np.array([[0.9, 0.8, 0.1]])) is None
