"""The page of the Inside screen that says which neuron matters."""

from __future__ import annotations

from typing import Any

from tui_nn.screens.inside import InsideScreen
from tui_nn.training.verdict.ablation import ablate, by_loss
from tui_nn.views.ablation.page import AblationPage
from tui_nn.views.ablation.panel import AblationView
from tui_nn.views.neuron.page import NeuronPage
from tui_nn.widgets.event_line import EventLine

Open = Any
Driven = Any


async def open_page(driven: Driven) -> AblationView:
    """Open the page and wait for a table of the present weights."""
    await driven.press("3")
    await driven.until(lambda: isinstance(driven.app.screen, InsideScreen) and driven.app.screen.is_ready)
    driven.app.screen.open_page(AblationPage)
    view = driven.app.screen.query_one(AblationView)
    await driven.until(lambda: view.has_focus and is_current(view))
    await driven.settle()
    return view


def is_current(view: AblationView) -> bool:
    return view.seen is not None and view.seen.found is not None and view.seen.is_current


def order(driven: Driven) -> list[Any]:
    trainer = driven.session.trainer
    return by_loss(ablate(trainer.network, trainer.problem))


async def test_the_table_is_of_the_weights_as_they_are_and_follows_them(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_page(driven)
        first = order(driven)
        assert [unit.without for unit in view._units] == [unit.without for unit in first]

        await driven.press("e")
        await driven.until(lambda: is_current(view) and view.seen.step == 25)
        await driven.settle()

        assert [unit.without for unit in view._units] == [unit.without for unit in order(driven)]
        assert "Step 25, 250 test rows" in driven.text(view)


async def test_enter_opens_the_page_of_the_neuron_under_the_cursor(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_page(driven)
        wanted = order(driven)[3].node
        await driven.press("home", "down", "down", "down", "enter")
        screen = driven.app.screen
        await driven.until(lambda: isinstance(screen.page, NeuronPage) and screen.focused is not view)

        assert screen.node == wanted


async def test_the_cursor_stays_on_its_neuron_in_another_order(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_page(driven)
        await driven.press("end")
        node = view.node
        await driven.press("right", "right")
        said = driven.app.screen.query_one(EventLine).text

        assert (view.sort, view.node) == ("layer", node)
        assert said == "Sorted by layer."
