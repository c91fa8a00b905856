"""The numbers of a neuron against arithmetic that is written out here, without the engine."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.example import Example
from tui_nn.training.holding import hold_neuron, hold_parameter
from tui_nn.training.trainer import Trainer
from tui_nn.views.neuron.look import look_at_neuron
from tui_nn.views.neuron.values import BIAS, MOST_TERMS, Neuron, NeuronRequest

X, Y = 1.0, -2.0
POINT = Example("typed", 0, (X, Y), 1.0)
A1, A2 = math.tanh(0.5 * X + 0.75 * Y + 0.1), math.tanh(-0.25 * X + 1.0 * Y - 0.2)
Z = 1.5 * A1 - 2.0 * A2 + 0.25
A = 1 / (1 + math.exp(-Z))
DELTA = A - 1
DELTA_1 = DELTA * 1.5 * (1 - A1 * A1)


def two_two_one(**changes: object) -> Trainer:
    config = Config(samples=40, dataset="xor", hidden_sizes=(2,), dtype="float64", **changes)
    run = Trainer(config)
    run.network.parameters[:] = [0.5, -0.25, 0.75, 1.0, 0.1, -0.2, 1.5, -2.0, 0.25]
    return run


def look(run: Trainer, node: tuple[int, int], example: Example = POINT, term: int | None = None) -> Neuron:
    return look_at_neuron(run, NeuronRequest(node, example, term))


def values(neuron: Neuron) -> dict[str, float]:
    return {equation.name: equation.value for equation in neuron.equations}


def test_a_hidden_neuron_worked_by_hand() -> None:
    seen = look(two_two_one(), (1, 0))

    assert [(term.source, term.unit) for term in seen.terms] == [(1, 1), (0, 0), (BIAS, None)]
    assert [term.product for term in seen.terms] == pytest.approx([-1.5, 0.5, 0.1])
    assert values(seen) == pytest.approx({"z": -0.9, "a": A1, "delta": DELTA_1})
    assert [term.gradient for term in seen.terms] == pytest.approx([DELTA_1 * Y, DELTA_1 * X, DELTA_1])
    assert (seen.example, seen.kind, seen.trouble, seen.words) == ("1, -2", "dense", "", "")


def test_the_output_worked_by_hand() -> None:
    seen = look(two_two_one(), (2, 0))

    assert [term.source for term in seen.terms] == [1, 0, BIAS]
    assert [term.product for term in seen.terms] == pytest.approx([-2.0 * A2, 1.5 * A1, 0.25])
    assert values(seen) == pytest.approx({"z": Z, "a": A, "delta": DELTA})
    assert [term.gradient for term in seen.terms] == pytest.approx([DELTA * A2, DELTA * A1, DELTA])


def test_formulas_are_filled_in_with_the_numbers() -> None:
    z, a, delta = look(two_two_one(), (1, 0)).equations

    assert (z.formula, z.filled) == ("sum of w·a + b", "")
    assert (a.formula, a.filled) == ("tanh(z)", "tanh(-0.9000)")
    assert delta.formula == "dL/da · f'(z)"
    arriving, slope = delta.filled.split(" × ")
    assert float(arriving.strip("()")) * float(slope) == pytest.approx(DELTA_1, abs=1e-4)
    assert float(slope) == pytest.approx(1 - A1 * A1, abs=5e-5)
    assert look(two_two_one(), (2, 0)).equations[2].filled == f"{A:.4f} - 1.0000"


def test_the_products_add_up_to_z() -> None:
    run = Trainer(Config(samples=40, hidden_sizes=(8, 8), dtype="float64"))
    for layer, unit in ((1, 3), (2, 7), (3, 0)):
        seen = look(run, (layer, unit), Example("test", 4))
        assert sum(term.product for term in seen.terms) == pytest.approx(values(seen)["z"])


def test_the_last_batch_and_the_last_update_are_those_of_the_run() -> None:
    run = two_two_one(optimizer="sgd", learning_rate=0.5)
    assert look(run, (1, 0)).terms[0].batch_gradient is None, "no step was taken"
    run.last_step.is_watched = True
    run.advance()
    layer = run.network.layers[0]
    seen = look(run, (1, 0))

    for term in seen.terms:
        gradient = layer.grad_biases[0] if term.source == BIAS else layer.grad_weights[term.source, 0]
        assert term.batch_gradient == gradient
        assert term.update == pytest.approx(-0.5 * gradient)


def test_without_a_class_there_is_no_way_back_and_it_is_said() -> None:
    seen = look(two_two_one(), (1, 0), Example("typed", 0, (X, Y)))

    assert values(seen) == pytest.approx({"z": -0.9, "a": A1})
    assert seen.terms[0].gradient is None
    assert "no class" in seen.words


def test_an_input_is_its_value() -> None:
    seen = look(two_two_one(), (0, 1))

    assert (seen.kind, seen.terms, values(seen)) == ("input", (), {"a": -2.0})


def test_batch_norm_is_a_line_of_its_own_and_has_no_delta_of_one_example() -> None:
    run = Trainer(Config(samples=40, hidden_sizes=(3,), batch_norm=True, dtype="float64"))
    for _ in range(5):
        run.advance()
    norm = run.network.layers[1]
    mean, variance = norm.statistics[:, 2]
    seen = look(run, (1, 2))
    found = values(seen)

    assert found["sum"] == pytest.approx(sum(term.product for term in seen.terms))
    z = norm.weights[0, 2] * (found["sum"] - mean) / math.sqrt(variance + 1e-5) + norm.biases[2]
    assert found["z"] == pytest.approx(z)
    assert found["a"] == pytest.approx(math.tanh(z))
    assert "delta" not in found
    assert "atch norm" in seen.words


@pytest.mark.parametrize(
    "layers", [{"hidden_sizes": (3, 2), "dropout": 0.5}, {"hidden_sizes": (3, "drop0.5", 2)}], ids=str
)
def test_dropout_is_left_out_of_the_sum(layers: dict[str, Any]) -> None:
    run = Trainer(Config(samples=40, dtype="float64", **layers))
    seen = look(run, (2, 0), Example("train", 3))
    asked = run.network.layer_outputs(run.problem.train.inputs(slice(3, 4)))

    assert values(seen)["a"] == pytest.approx(float(asked[2][0, 0]))
    assert seen.terms[0].gradient is not None


def test_a_pixel_of_a_filter_is_the_sum_over_its_window() -> None:
    run = Trainer(Config(dataset="digits", samples=40, hidden_sizes=("2c3", "p2", 5), dtype="float64"))
    image = run.problem.train.inputs(slice(0, 1)).reshape(28, 28)
    corner, middle = (1, 28 * 28), (1, 28 * 28 + 14 * 28 + 9)
    kernel = run.network.layers[0].weights[:, 1].reshape(3, 3)
    seen = look(run, middle, Example())

    expected = (kernel * image[13:16, 8:11]).sum() + run.network.layers[0].biases[1]
    assert values(seen)["z"] == pytest.approx(expected)
    assert seen.n_terms == 10
    assert seen.place == "filter 2, row 15, column 10"
    zeros = [term for term in look(run, corner, Example()).terms if term.unit is None and term.source != BIAS]
    assert len(zeros) == 5, "a corner has five neighbors outside of the image"
    assert all(term.value == 0.0 for term in zeros)


@pytest.mark.parametrize(("pool", "of_window"), [("p2", np.max), ("a2", np.mean)])
def test_a_pool_takes_the_largest_or_the_mean(pool: str, of_window: object) -> None:
    run = Trainer(Config(dataset="digits", samples=40, hidden_sizes=("2c3", pool, 5), dtype="float64"))
    below = run.network.layer_outputs(run.problem.train.inputs(slice(0, 1)))[0].reshape(2, 28, 28)
    seen = look(run, (2, 14 * 14 + 3 * 14 + 6), Example())

    assert values(seen)["z"] == pytest.approx(of_window(below[1, 6:8, 12:14]))  # type: ignore[operator]
    assert sum(term.product for term in seen.terms) == pytest.approx(values(seen)["z"])
    assert not seen.is_trained


def test_of_very_many_terms_the_largest_are_listed_and_the_rest_is_one_number() -> None:
    run = Trainer(Config(dataset="digits", samples=40, hidden_sizes=(5,), dtype="float64"))
    seen = look(run, (1, 2), Example())
    products = [abs(term.product) for term in seen.terms if term.source != BIAS]

    assert len(seen.terms) == MOST_TERMS
    assert seen.n_terms == 785
    assert products == sorted(products, reverse=True)
    assert any(term.source == BIAS for term in seen.terms)
    assert sum(term.product for term in seen.terms) + seen.rest == pytest.approx(values(seen)["z"])


def test_a_term_that_is_asked_for_is_listed_however_small_it_is() -> None:
    run = Trainer(Config(dataset="digits", samples=40, hidden_sizes=(5,), dtype="float64"))
    seen = look(run, (1, 2), Example(), term=0)

    assert seen.term(0) is not None
    assert seen.term(BIAS) is not None
    assert len(seen.terms) == MOST_TERMS
    assert sum(term.product for term in seen.terms) + seen.rest == pytest.approx(values(seen)["z"])


def test_the_history_goes_back_to_the_first_step() -> None:
    run = two_two_one()
    kept, example = [], np.array([[X, Y]])
    for _ in range(6):
        kept.append((run.network.layer_outputs(example)[0][0, 1], run.network.layers[0].weights[1, 1]))
        run.advance()
    kept.append((run.network.layer_outputs(example)[0][0, 1], run.network.layers[0].weights[1, 1]))
    own, weight = look(run, (1, 1)).history, look(run, (1, 1), term=1).history

    assert own is not None
    assert weight is not None
    assert own.steps.tolist() == weight.steps.tolist() == list(range(7))
    assert own.values[1:] == pytest.approx([a for a, _ in kept][1:])
    assert weight.values[1:] == pytest.approx([w for _, w in kept][1:])
    assert (own.name, weight.name, look(run, (1, 1), term=BIAS).history.name) == ("a", "weight", "bias")


def test_a_neuron_or_an_example_that_is_not_there_is_a_sentence() -> None:
    run = two_two_one()

    assert "no longer exists" in look(run, (1, 7)).trouble
    assert "no longer exists" in look(run, (5, 0)).trouble
    assert "3 numbers" in look(run, (1, 0), Example("typed", 0, (1.0, 2.0, 3.0))).trouble
    assert look(run, (1, 0), term=77).history is None


def test_what_is_held_is_said_of_terms_and_of_the_neuron() -> None:
    run = two_two_one()
    hold_parameter(run.network, "freeze", 0, 1, 0, True)
    hold_neuron(run.network, "cut", (1, 1), True)

    frozen, cut = look(run, (1, 0)), look(run, (1, 1))
    assert [(term.source, term.is_frozen) for term in frozen.terms if term.is_frozen] == [(1, True)]
    assert not frozen.is_frozen
    assert cut.is_cut
    assert all(term.is_cut and term.weight == 0.0 for term in cut.terms)


def test_looking_changes_nothing() -> None:
    config = Config(samples=40, hidden_sizes=(3,), dropout=0.3, batch_norm=True)
    looked, alone = Trainer(config), Trainer(config)
    for _ in range(8):
        look(looked, (1, 1), Example("test", 2))
        looked.last_step.is_watched = True
        looked.advance()
        alone.advance()

    assert looked.network.parameters.tobytes() == alone.network.parameters.tobytes()
    assert looked.network.gradients.tobytes() == alone.network.gradients.tobytes()
    assert looked.network.statistics.tobytes() == alone.network.statistics.tobytes()
