"""Looking into a neuron: its map, its weights, and typing over them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from textual.widgets import Input, Static

from tui_nn.training.commands import SetParameter
from tui_nn.training.snapshot import Status
from tui_nn.views.map.values import DecisionMap
from tui_nn.views.network.values import Insides

Open = Any
Driven = Any


async def _look_into_first_hidden(driven: Driven) -> None:
    await driven.press("tab", "enter")
    await driven.until(lambda: driven.playground.inspected == (1, 0))
    await driven.until(lambda: len(driven.form.rows) == 3)


async def _type(driven: Driven, text: str) -> None:
    driven.prompt.query_one(Input).value = ""
    await driven.type(text)
    await driven.press("enter")


async def test_enter_puts_the_neurons_map_into_the_big_map(open_app: Open) -> None:
    async with open_app() as driven:
        whole = driven.snapshot.reply(DecisionMap).surface
        await _look_into_first_hidden(driven)
        await driven.until(lambda: not np.array_equal(driven.snapshot.reply(DecisionMap).surface, whole))

        assert "hidden 1, neuron 1" in driven.map.border_title


async def test_the_cursor_leads_from_neuron_to_neuron(open_app: Open) -> None:
    async with open_app() as driven:
        await _look_into_first_hidden(driven)
        await driven.press("down", "right")
        assert driven.playground.inspected == (2, 1)
        await driven.press("right")
        assert driven.playground.inspected == (3, 0)
        await driven.press("left", "left", "left", "left")
        assert driven.playground.inspected == (0, 0)


async def test_escape_goes_back_to_the_whole_network(open_app: Open) -> None:
    async with open_app() as driven:
        await _look_into_first_hidden(driven)
        await driven.press("escape")

        assert driven.playground.inspected is None
        assert driven.map.border_title == "Decision map: moons"
        assert driven.form.border_title == "Settings"


async def test_its_bias_and_weights_are_listed_with_where_they_come_from(open_app: Open) -> None:
    async with open_app() as driven:
        await _look_into_first_hidden(driven)
        layer = driven.session.trainer.network.layers[0]
        expected = [layer.biases[0], *layer.weights[:, 0]]

        assert [row.label for row in driven.form.rows] == ["bias", "from x", "from y"]
        assert [float(row.value) for row in driven.form.rows] == pytest.approx(expected, abs=5e-5)


async def test_a_typed_weight_is_taken_and_taken_back(open_app: Open) -> None:
    async with open_app() as driven:
        before = driven.parameters
        await _look_into_first_hidden(driven)
        await driven.press("enter")
        await driven.until(lambda: driven.form.has_focus)
        await driven.press("down", "enter")
        await _type(driven, "2.5")

        layer = driven.session.trainer.network.layers[0]
        assert layer.weights[0, 0] == 2.5
        assert (driven.parameters != before).sum() == 1
        await driven.until(lambda: driven.form.rows[1].value == "+2.5000")

        await driven.press("ctrl+z")
        np.testing.assert_array_equal(driven.parameters, before)
        await driven.press("ctrl+y")
        assert layer.weights[0, 0] == 2.5


async def test_arrows_move_a_weight_by_a_tenth(open_app: Open) -> None:
    async with open_app() as driven:
        await _look_into_first_hidden(driven)
        await driven.press("enter")
        await driven.until(lambda: driven.form.has_focus)
        bias = float(driven.session.trainer.network.layers[0].biases[0])
        await driven.press("right")

        assert driven.session.trainer.network.layers[0].biases[0] == pytest.approx(bias + 0.1)


@pytest.mark.parametrize("text", ["", "big", "nan", "1e300", "-inf"])
async def test_a_wrong_weight_gets_a_message_and_changes_nothing(open_app: Open, text: str) -> None:
    async with open_app() as driven:
        before = driven.parameters
        await _look_into_first_hidden(driven)
        await driven.press("enter")
        await driven.until(lambda: driven.form.has_focus)
        await driven.press("enter")
        await _type(driven, text)

        assert "is not allowed" in str(driven.prompt.query_one("#prompt-note", Static).content)
        np.testing.assert_array_equal(driven.parameters, before)


async def test_an_input_has_no_weights_and_its_map_is_the_feature(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("tab", "left", "enter")
        await driven.until(lambda: driven.playground.inspected == (0, 0))
        await driven.until(lambda: not driven.form.rows)
        surface = driven.snapshot.reply(DecisionMap).surface[:, :, 0]

        assert (np.diff(surface, axis=1) >= 0).all(), "x grows to the right"
        assert np.ptp(surface, axis=0).max() == pytest.approx(0, abs=1e-6)


async def test_a_neuron_that_is_removed_while_looked_into_leaves_no_trouble(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("tab", "down", "down", "down", "enter")
        await driven.until(lambda: driven.playground.inspected == (1, 3))
        await driven.press("U")
        await driven.until(lambda: driven.snapshot.layer_sizes == (2, 3, 2, 1))
        await driven.press("H", "H", "space")
        await driven.until(lambda: driven.snapshot.step > 20)

        assert driven.snapshot.status is Status.RUNNING
        assert driven.snapshot.layer_sizes == (2, 1)


async def test_a_weight_of_a_neuron_that_is_gone_is_refused_in_words(open_app: Open) -> None:
    async with open_app() as driven:
        driven.link.send(SetParameter(0, 0, 99, 1.0))

        await driven.until_said("This neuron no longer exists.")


async def test_the_activations_follow_the_cursor_on_the_map(open_app: Open) -> None:
    async with open_app() as driven:

        def shown() -> Any:
            insides = driven.snapshot.reply(Insides)
            return np.nan if insides is None else insides.activations[0]

        await driven.until(lambda: np.allclose(shown(), shown()))
        await driven.press("tab", "tab", "right", "up")

        assert driven.map.has_focus
        await driven.until(lambda: np.allclose(shown(), driven.map.probe))


async def test_the_cursor_on_the_map_reads_out_probabilities(open_app: Open) -> None:
    async with open_app((160, 40), dataset="rings", classes=4) as driven:
        await driven.press("tab", "tab")
        await driven.until(lambda: driven.snapshot.reply(DecisionMap).answer is not None)

        assert driven.snapshot.reply(DecisionMap).answer.shape == (4,)
        assert driven.snapshot.reply(DecisionMap).answer.sum() == pytest.approx(1, abs=1e-5)
        text = driven.text(driven.map)
        assert all(name in text for name in driven.playground.points.class_names)
