from __future__ import annotations

import numpy as np
import pytest

from tui_nn.engine import EngineError, Network
from tui_nn.settings.config import Config
from tui_nn.training import commands as do
from tui_nn.training.holding import held_in_words, hold_neuron, hold_parameter, keep_holds, type_over
from tui_nn.training.reconfiguring import reconfigure
from tui_nn.training.session import Session
from tui_nn.training.snapshot import Notice
from tui_nn.training.trainer import Trainer


def network(**changes: object) -> Network:
    found = Trainer(Config(samples=40, hidden_sizes=(3, 2), bias_init=0.1, **changes)).network
    return found


def test_a_typed_value_is_taken() -> None:
    found = network()
    type_over(found, 0, 1, 2, 2.5)
    type_over(found, 1, None, 0, -1.0)

    assert found.layers[0].weights[1, 2] == 2.5
    assert found.layers[1].biases[0] == -1.0


def test_a_cut_weight_cannot_be_typed_over() -> None:
    found = network()
    hold_parameter(found, "cut", 0, 1, 2, True)

    with pytest.raises(EngineError, match="cut"):
        type_over(found, 0, 1, 2, 2.5)
    assert found.layers[0].weights[1, 2] == 0.0


def test_a_cut_neuron_says_nothing_and_hears_nothing() -> None:
    found = network()
    before = found.parameters.copy()
    hold_neuron(found, "cut", (1, 1), True)

    assert not found.layers[0].block[:, 1].any()
    assert not found.layers[1].weights[1].any()
    assert np.count_nonzero(found.parameters == 0.0) == 3 + 2
    outputs = found.layer_outputs(np.array([[0.5, -2.0]]))
    assert outputs[0][0, 1] == 0.0

    hold_neuron(found, "cut", (1, 1), False)
    assert found.parameters.tobytes() == before.tobytes()


def test_healing_a_neuron_leaves_alone_what_was_cut_by_itself_or_with_another() -> None:
    found = network()
    hold_parameter(found, "cut", 0, 0, 1, True)
    hold_neuron(found, "cut", (1, 1), True)
    hold_neuron(found, "cut", (2, 0), True)

    hold_neuron(found, "cut", (1, 1), False)

    assert found.layers[0].block[:, 1].tolist()[0] == 0.0
    assert found.layers[0].block[1:, 1].all()
    assert found.layers[1].weights[1, 0] == 0.0
    assert found.layers[1].weights[1, 1] != 0.0


def test_an_input_can_be_cut_and_has_nothing_to_freeze() -> None:
    found = network()
    hold_neuron(found, "cut", (0, 1), True)

    assert not found.layers[0].weights[1].any()
    assert found.layers[0].weights[0].all()
    with pytest.raises(EngineError, match="nothing to freeze"):
        hold_neuron(found, "freeze", (0, 1), True)


def test_starting_over_keeps_cuts_and_the_values_of_frozen_weights() -> None:
    before, after = network(), network()
    first = after.parameters.copy()
    before.parameters[:] = 7.0
    hold_parameter(before, "freeze", 0, 0, 0, True)
    hold_parameter(before, "cut", 0, 1, 1, True)
    hold_parameter(before, "freeze", 0, 1, 2, True)
    hold_parameter(before, "cut", 0, 1, 2, True)

    keep_holds(before, after)

    expected = first.copy()
    expected[0], expected[4], expected[5] = 7.0, 0.0, 0.0
    np.testing.assert_array_equal(after.parameters, expected)
    hold_parameter(after, "cut", 0, 1, 1, False)
    assert after.parameters[4] == first[4], "a healed one begins where it would have begun"
    hold_parameter(after, "cut", 0, 1, 2, False)
    assert after.parameters[5] == 7.0, "and what was frozen before it was cut, where it was frozen"


def test_what_is_held_is_counted_in_words() -> None:
    found = network()
    assert held_in_words(found) == ""
    hold_parameter(found, "freeze", 0, 0, 0, True)
    assert held_in_words(found) == "1 frozen"
    hold_neuron(found, "cut", (1, 1), True)
    assert held_in_words(found) == "1 frozen, 5 cut"


def test_a_run_obeys_and_a_reset_says_what_stays_held(play) -> None:
    session = Session(Config(samples=40, hidden_sizes=(3, 2)))
    first = session.trainer.network.parameters.copy()
    messages = play(
        session,
        do.HoldParameter("freeze", 0, 0, 1),
        do.HoldNeuron("cut", (2, 1)),
        do.HoldNeuron("cut", (9, 0)),
        do.RunSteps(4),
        "pause",
        do.Reset(),
    )

    assert [message.text for message in messages if isinstance(message, Notice)] == [
        "This layer no longer exists.",
        "Reset; still held: 1 frozen, 5 cut.",
    ]
    assert session.trainer.network.parameters[1] == first[1]
    assert not session.trainer.network.layers[1].block[:, 1].any()


def test_holds_go_into_a_checkpoint_and_come_back() -> None:
    run = Trainer(Config(samples=40, hidden_sizes=(3, 2)))
    hold_neuron(run.network, "cut", (1, 0), True)
    checkpoint = run.checkpoint()
    other = Trainer(Config(samples=40, hidden_sizes=(3, 2)))
    other.load(checkpoint)
    for _ in range(3):
        other.advance()

    assert not other.network.layers[0].block[:, 0].any()
    assert held_in_words(other.network) == "5 cut"


def test_holds_go_through_a_change_of_architecture_and_back() -> None:
    run = Trainer(Config(samples=40, hidden_sizes=(3, 2)))
    hold_neuron(run.network, "cut", (1, 2), True)
    reconfigure(run, run.config.replace(hidden_sizes=(2, 2)))
    assert held_in_words(run.network) == "", "the neuron is gone"
    reconfigure(run, run.config.replace(hidden_sizes=(3, 2)))

    assert held_in_words(run.network) == "5 cut"
    assert not run.network.layers[0].block[:, 2].any()
    hold_neuron(run.network, "cut", (1, 2), False)
    assert run.network.parameters.tobytes() == Trainer(run.config).network.parameters.tobytes()


def test_a_run_that_is_rewound_shows_what_was_held_then() -> None:
    run = Trainer(Config(samples=40, hidden_sizes=(3, 2)))
    for _ in range(4):
        run.advance()
    hold_parameter(run.network, "cut", 0, 0, 0, True)
    for _ in range(4):
        run.advance()
    now = run.network.parameters.copy()

    run.rewind_to(1)
    assert held_in_words(run.network) == ""
    run.rewind_to(None)
    assert held_in_words(run.network) == "1 cut"
    np.testing.assert_array_equal(run.network.parameters, now)


def test_what_a_step_changed_is_noted_only_while_it_is_watched() -> None:
    run = Trainer(Config(samples=40, hidden_sizes=(3, 2)))
    run.advance()
    assert run.last_step.change(run.network.parameters, run.step) is None
    run.last_step.is_watched = True
    before = run.network.parameters.copy()
    run.advance()
    np.testing.assert_array_equal(
        run.last_step.change(run.network.parameters, run.step), run.network.parameters - before
    )
    run.last_step.is_watched = False
    run.advance()
    assert run.last_step.change(run.network.parameters, run.step) is None
