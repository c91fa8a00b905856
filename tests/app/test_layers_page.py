"""The page of the Inside screen that shows the layers as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from tui_nn.screens.inside import InsideScreen
from tui_nn.views.layers.page import LayersPage
from tui_nn.views.layers.panel_health import HealthView
from tui_nn.views.layers.panel_weights import WeightsView

Open = Any
Driven = Any


async def open_page(driven: Driven) -> WeightsView:
    """Open the page and wait for its first picture."""
    await driven.press("3")
    await driven.until(lambda: isinstance(driven.app.screen, InsideScreen) and driven.app.screen.is_ready)
    driven.app.screen.open_page(LayersPage)
    view = driven.app.screen.query_one(WeightsView)
    await driven.until(lambda: view.matrix is not None and view.matrix.is_whole and view.has_focus)
    await driven.settle()
    return view


def health(driven: Driven) -> HealthView:
    return driven.app.screen.query_one(HealthView)


async def test_left_and_right_go_from_layer_to_layer(open_app: Open) -> None:
    async with open_app(hidden_sizes=(5, 3)) as driven:
        view = await open_page(driven)
        seen = []
        for key in ("left", "right", "right", "right"):
            await driven.press(key)
            node = driven.app.screen.node
            await driven.until(lambda: view.matrix.layer == driven.app.screen.node[0])
            seen.append((node, view.matrix.name))

        assert seen == [((1, 0), "hidden 1"), ((2, 0), "hidden 2"), ((3, 0), "output"), ((3, 0), "output")]
        assert "Weights of output: 3 inputs, 1 neuron" in view.border_title


async def test_up_and_down_go_from_neuron_to_neuron_and_stay_in_the_layer(open_app: Open) -> None:
    async with open_app(hidden_sizes=(3,)) as driven:
        await open_page(driven)
        await driven.press("down", "down", "down", "down")

        assert driven.app.screen.node == (1, 2)

        await driven.press("up")
        assert driven.app.screen.node == (1, 1)


async def test_the_weights_are_those_of_the_network(open_app: Open) -> None:
    async with open_app(hidden_sizes=(3,)) as driven:
        view = await open_page(driven)
        placed = driven.session.trainer.network.layers[0]

        text = driven.text(view)
        assert all(f"{weight:.2f}" in text for weight in placed.weights.ravel())


async def test_the_bands_follow_the_run(open_app: Open) -> None:
    async with open_app(hidden_sizes=(4,)) as driven:
        await open_page(driven)
        assert "now" not in driven.text(health(driven))
        await driven.press("e")
        await driven.until(lambda: driven.app.screen.snapshot.epoch == 1)
        await driven.settle()

        norm = health(driven).layers_shown.layers[0].gradient_norm
        assert f"now {norm:.2g}" in driven.text(health(driven))


async def test_in_the_bands_up_and_down_choose_the_layer(open_app: Open) -> None:
    async with open_app(hidden_sizes=(4, 4)) as driven:
        await open_page(driven)
        await driven.press("tab", "down")

        assert driven.app.focused is health(driven)
        assert driven.app.screen.node == (2, 0)


async def test_another_run_forgets_the_axes_of_the_last(open_app: Open) -> None:
    async with open_app(hidden_sizes=(4,)) as driven:
        await open_page(driven)
        page = driven.app.screen.query_one(LayersPage)
        assert page.view_request().looks[0].bounds
        page.begin(page.run)

        assert page.view_request().looks[0].bounds == ()
        assert health(driven).layers_shown is None


async def test_an_input_that_is_looked_at_is_marked_in_the_first_layer(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_page(driven)
        driven.app.screen.node = (0, 1)
        await driven.settle()
        await driven.until(lambda: view.matrix.layer == 1)
        await driven.press("right")

        assert driven.app.screen.node == (2, 0)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60), (60, 20)], ids=str)
async def test_both_panels_are_there_at_every_size(open_app: Open, size: tuple[int, int]) -> None:
    async with open_app(size, depth="mono", is_ascii=True, hidden_sizes=(8,) * 6) as driven:
        view = await open_page(driven)
        await driven.press("s")
        await driven.settle()

        assert "bias" in driven.text(view)
        assert "hidden 1" in driven.text(health(driven))
        assert all(line.isascii() for line in driven.screen_lines())

        await driven.press("z")
        assert view.outer_size.width == size[0]


async def test_a_network_that_changes_shape_is_followed(open_app: Open) -> None:
    async with open_app(hidden_sizes=(4, 4)) as driven:
        view = await open_page(driven)
        await driven.press("right", "right")
        await driven.press("H", "H")
        await driven.until(lambda: len(health(driven).layers_shown.layers) == 1)
        await driven.settle()

        assert view.matrix.name == "output"
        assert driven.app.screen.node[0] == 1
