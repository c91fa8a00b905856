"""Pointing at a neuron on the Inside screen: its sum, and what keys do to weights there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from textual.widgets import Input, Static

from tui_nn.screens.inside import InsideScreen
from tui_nn.training.holding import held_in_words
from tui_nn.training.snapshot import Status
from tui_nn.views.map.panel import MapView
from tui_nn.views.network.panel import NetworkView
from tui_nn.views.neuron.panel import InspectorView
from tui_nn.views.neuron.values import BIAS, Neuron
from tui_nn.widgets.event_line import EventLine
from tui_nn.widgets.prompt import Prompt

Open = Any
Driven = Any


class Page:
    """The open page and its panels."""

    def __init__(self, driven: Driven) -> None:
        self.driven = driven
        assert isinstance(driven.app.screen, InsideScreen)
        self.screen = driven.app.screen
        self.network = self.screen.page.query_one(NetworkView)
        self.inspector = self.screen.page.query_one(InspectorView)
        self.map = self.screen.page.query_one(MapView)

    @property
    def neuron(self) -> Neuron:
        assert self.inspector.neuron is not None
        return self.inspector.neuron

    @property
    def said(self) -> str:
        return self.screen.query_one(EventLine).text

    @property
    def prompt(self) -> Prompt:
        return self.screen.query_one(Prompt)

    @property
    def layers(self) -> Any:
        return self.driven.session.trainer.network.layers

    async def type(self, text: str) -> None:
        self.prompt.query_one(Input).value = ""
        await self.driven.type(text)
        await self.driven.press("enter")

    async def seen(self, node: tuple[int, int]) -> None:
        await self.driven.until(lambda: self.inspector.neuron is not None and self.neuron.node == node)


async def open_page(driven: Driven) -> Page:
    await driven.press("3")
    page = Page(driven)
    await driven.until(lambda: page.inspector.neuron is not None)
    await driven.settle()
    return page


async def test_arrows_point_and_the_sum_follows(open_app: Open) -> None:
    async with open_app() as driven:
        page = await open_page(driven)
        assert page.network.has_focus
        assert page.inspector.border_title == "hidden 1, neuron 1 on train 1"
        await driven.press("down", "right")
        await page.seen((2, 1))

        assert page.screen.node == (2, 1)
        assert page.inspector.border_title == "hidden 2, neuron 2 on train 1"
        assert page.map.border_title == "Output of hidden 2, neuron 2"
        text = driven.text(page.inspector)
        assert "neuron 4" in text
        assert "sum" in text


async def test_the_sum_is_of_the_example_that_is_looked_at(open_app: Open) -> None:
    async with open_app() as driven:
        page = await open_page(driven)
        await driven.press("E")
        await driven.type("0.5, -1: 1\r")
        await driven.until(lambda: page.neuron.example == "0.5, -1")
        values = {term.source: term.value for term in page.neuron.terms}

        assert values == {0: 0.5, 1: -1.0, BIAS: 1.0}
        assert "activations of 0.5, -1" in driven.text(page.network)


async def test_a_vector_of_the_wrong_length_is_a_sentence_and_the_example_stays(open_app: Open) -> None:
    async with open_app() as driven:
        page = await open_page(driven)
        await driven.press("E")
        await driven.type("1, 2, 3\r")

        assert "3 numbers were given" in str(page.prompt.query_one("#prompt-note", Static).content)
        await driven.press("escape")
        assert page.screen.example.words == "train 1"
        assert page.network.has_focus


async def test_enter_goes_into_the_sum_and_escape_back(open_app: Open) -> None:
    async with open_app() as driven:
        page = await open_page(driven)
        await driven.press("enter")
        assert page.inspector.has_focus
        first = page.inspector.term
        assert page.network.chosen == (1, first.unit, 0)
        await driven.until(lambda: page.neuron.history.name in ("weight", "bias"))
        await driven.press("down")
        assert page.inspector.term.source != first.source
        await driven.press("escape")
        assert page.network.has_focus
        assert page.network.chosen is None
        await driven.until(lambda: page.neuron.history.name == "a")


async def test_arrows_change_a_weight_by_a_tenth_as_often_as_they_are_pressed(open_app: Open) -> None:
    async with open_app() as driven:
        page = await open_page(driven)
        await driven.press("enter")
        source = page.inspector.term.source
        before = driven.parameters
        value = float(page.inspector.term.weight)
        for _ in range(3):
            driven.driver.process_message(_key("right"))
        await driven.settle()
        block = page.layers[0].block
        assert block[source, 0] == pytest.approx(value + 0.3, abs=1e-6)

        await driven.press("ctrl+z", "ctrl+z", "ctrl+z")
        np.testing.assert_array_equal(driven.parameters, before)
        await driven.press("ctrl+y")
        assert block[source, 0] == pytest.approx(value + 0.1, abs=1e-6)


def _key(name: str) -> Any:
    from textual.events import Key

    return Key(name, None)


async def test_a_typed_weight_is_taken_and_the_keyboard_stays_in_the_sum(open_app: Open) -> None:
    async with open_app() as driven:
        page = await open_page(driven)
        await driven.press("enter", "enter")
        await page.type("2.5")
        source = page.inspector.term.source

        assert page.inspector.has_focus
        assert page.layers[0].block[source, 0] == 2.5
        await driven.until(lambda: page.neuron.term(source).weight == 2.5)


@pytest.mark.parametrize("text", ["", "big", "nan", "1e300"])
async def test_a_typed_value_that_is_none_is_a_sentence_and_the_old_one_stands(
    open_app: Open, text: str
) -> None:
    async with open_app() as driven:
        page = await open_page(driven)
        before = driven.parameters
        await driven.press("enter", "enter")
        await page.type(text)

        assert "is not allowed" in str(page.prompt.query_one("#prompt-note", Static).content)
        np.testing.assert_array_equal(driven.parameters, before)


async def test_a_weight_is_frozen_and_thawed_while_the_rest_learns(open_app: Open) -> None:
    async with open_app() as driven:
        page = await open_page(driven)
        await driven.press("enter", "F")
        source = page.inspector.term.source
        before = driven.parameters
        await driven.until(lambda: page.neuron.term(source).is_frozen)
        assert "frozen" in page.said
        await driven.press("s")
        await driven.until(lambda: page.screen.snapshot.step == 1)

        moved = driven.parameters != before
        assert moved.sum() > 5
        assert page.layers[0].block[source, 0] == before[source * 4]
        await driven.press("F")
        assert driven.session.trainer.network.constraints.holds is None
        assert "thawed" in page.said


async def test_a_cut_weight_is_zero_refuses_to_be_changed_and_is_healed(open_app: Open) -> None:
    async with open_app() as driven:
        page = await open_page(driven)
        before = driven.parameters
        await driven.press("enter", "X")
        source = page.inspector.term.source
        assert page.layers[0].block[source, 0] == 0.0
        await driven.until(lambda: page.neuron.term(source).is_cut)
        await driven.press("right")
        assert "until X restores it" in page.said
        await driven.press("X")
        np.testing.assert_array_equal(driven.parameters, before)


async def test_keys_that_come_faster_than_pictures_toggle(open_app: Open) -> None:
    async with open_app() as driven:
        page = await open_page(driven)
        before = driven.parameters
        await driven.press("enter")
        for _ in range(4):
            driven.driver.process_message(_key("X"))
        await driven.settle()

        np.testing.assert_array_equal(driven.parameters, before)
        assert page.said.endswith("healed")


async def test_on_the_network_the_whole_neuron_is_held(open_app: Open) -> None:
    async with open_app() as driven:
        page = await open_page(driven)
        await driven.press("X")
        assert held_in_words(driven.session.trainer.network) == "5 cut"
        await driven.until(lambda: page.neuron.is_cut)
        assert "Cut:" in driven.text(page.inspector)
        await driven.press("r")
        await driven.until(lambda: "still held: 5 cut" in page.said)
        await driven.press("X")
        assert driven.session.trainer.network.constraints.holds is None


async def test_an_input_has_nothing_to_freeze_but_can_be_cut(open_app: Open) -> None:
    async with open_app() as driven:
        page = await open_page(driven)
        await driven.press("left")
        await page.seen((0, 0))
        await driven.press("F")
        assert "nothing to freeze" in page.said
        await driven.press("X")
        assert not page.layers[0].weights[0].any()


async def test_a_neuron_that_is_removed_while_selected_is_a_sentence(open_app: Open) -> None:
    async with open_app() as driven:
        page = await open_page(driven)
        await driven.press("down", "down", "down", "enter")
        await page.seen((1, 3))
        await driven.change(hidden_sizes=(2, 2))
        await driven.until(lambda: page.screen.snapshot.layer_sizes == (2, 2, 2, 1))
        await page.seen((1, 1))

        assert page.screen.node == (1, 1)
        assert "no longer exists" in page.said
        await driven.press("right", "X", "space")
        await driven.until(lambda: page.screen.snapshot.status is Status.RUNNING)


async def test_the_playground_says_that_the_neuron_is_gone(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("tab", "down", "down", "down", "enter")
        await driven.until(lambda: driven.playground.inspected == (1, 3))
        await driven.change(hidden_sizes=(2, 2))
        await driven.until(lambda: driven.playground.inspected is None)

        assert "no longer exists" in driven.said


async def test_the_playground_holds_a_weight_in_its_list(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("tab", "enter")
        await driven.until(lambda: len(driven.form.rows) == 3)
        await driven.press("enter")
        await driven.until(lambda: driven.form.has_focus)
        await driven.press("down", "F")
        await driven.until(lambda: "frozen" in driven.form.rows[1].value)
        assert held_in_words(driven.session.trainer.network) == "1 frozen"
        await driven.press("X")
        await driven.until(lambda: "cut" in driven.form.rows[1].value)
        await driven.press("right")
        assert "until X restores it" in driven.said
        await driven.press("ctrl+z", "ctrl+z")
        assert driven.session.trainer.network.constraints.holds is None


async def test_without_a_neuron_the_playground_says_where_to_point(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("F")

        assert "Select a neuron" in driven.said


async def test_page_down_counts_through_the_neurons_that_are_not_drawn(open_app: Open) -> None:
    async with open_app(hidden_sizes=(40,)) as driven:
        page = await open_page(driven)
        for unit in range(1, 4):
            await driven.press("pagedown")
            await page.seen((1, unit))
            await driven.until(lambda unit=unit: page.network._insides.units[1].tolist().count(unit) == 1)

        await driven.press("down")
        shown = page.network._insides.units[1].tolist()
        assert page.screen.node[1] in shown
        assert page.screen.node[1] > 3


async def test_colors_change_on_the_neuron_page_and_are_explained_elsewhere(open_app: Open) -> None:
    async with open_app() as driven:
        page = await open_page(driven)
        await driven.press("v", "v")
        assert page.network.border_title == "Network: gradients"
        await driven.press("k")
        assert "back, with the gradients" in page.said
        await driven.press("M")
        await driven.press("X")
        assert "Neuron page" in page.said


async def test_images_have_the_inspector_in_place_of_the_map(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("2")
        await driven.settle()
        await driven.press("3")
        page = Page(driven)
        await driven.until(lambda: page.inspector.neuron is not None)
        await driven.until(lambda: not page.map.display)
        await driven.settle()

        assert "row" in driven.text(page.inspector)
        assert "smaller terms" in driven.text(page.inspector)
        assert "of 784" in driven.text(page.network)
        await driven.press("right", "enter", "down", "X")
        assert "cut" in page.said
