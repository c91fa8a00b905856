"""The page of the Inside screen that shows the loss around the weights."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from tui_nn.screens.inside import InsideScreen
from tui_nn.training.commands import CancelCompute, Compute
from tui_nn.views.hidden.page import HiddenPage
from tui_nn.views.landscape.page import LandscapePage
from tui_nn.views.landscape.panel import LandscapeView
from tui_nn.views.landscape.values import Work
from tui_nn.widgets.event_line import EventLine

Driven = Any
Open = Callable[..., AbstractAsyncContextManager[Driven]]


async def open_page(driven: Driven) -> LandscapeView:
    """Open the page and wait for its first picture."""
    await driven.press("3")
    await driven.until(lambda: isinstance(driven.app.screen, InsideScreen) and driven.app.screen.is_ready)
    screen = driven.app.screen
    screen.open_page(LandscapePage)
    view = screen.query_one(LandscapeView)
    await driven.until(lambda: view.landscape is not None and view.has_focus)
    return view


async def until_done(driven: Driven, view: LandscapeView) -> None:
    """Look as often as it takes."""

    def is_done() -> bool:
        driven.app.pictures.frames.want()
        return view.landscape is not None and view.landscape.work is Work.DONE

    await driven.until(is_done)
    await driven.settle()


def sent(driven: Driven, kind: type) -> list[Any]:
    return [command for command in driven.link.sent if isinstance(command, kind)]


def said(driven: Driven) -> str:
    return driven.app.screen.query_one(EventLine).text


async def test_it_starts_by_itself_and_is_done_while_the_run_is_paused(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_page(driven)
        await until_done(driven, view)

        assert driven.session.trainer.step == 0
        assert view.landscape.n_done == 65 * 65
        assert "as at the center" in driven.text(view)
        assert "Done." in said(driven)
        assert len(sent(driven, Compute)) == 1


async def test_it_grows_without_being_asked_for_pictures(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_page(driven)
        first = view.landscape.n_done
        await driven.until(lambda: view.landscape.n_done > first)


@pytest.mark.parametrize("key", ["j", "space", "z", "escape"])
async def test_any_key_stops_it_and_does_what_it_does(open_app: Open, key: str) -> None:
    async with open_app() as driven:
        view = await open_page(driven)
        await driven.press(key)
        await driven.until(lambda: view.landscape.work is Work.STOPPED)

        assert len(sent(driven, CancelCompute)) == 1
        assert "Stopped at" in driven.text(view)
        if key == "space":
            await driven.until(lambda: driven.session.trainer.step > 0)


async def test_a_key_stops_one_that_was_not_seen_yet(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_page(driven)
        await until_done(driven, view)
        view.action_seed(1)
        await driven.press("j")
        await driven.until(lambda: view.landscape.seed == 1 and view.landscape.work is Work.STOPPED)


async def test_a_key_after_it_is_done_stops_nothing(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_page(driven)
        await until_done(driven, view)
        await driven.press("j")

        assert sent(driven, CancelCompute) == []


async def test_enter_computes_it_around_the_present_weights(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_page(driven)
        await until_done(driven, view)
        await driven.press("e")
        await driven.until(lambda: driven.session.trainer.epoch == 1)
        assert view.landscape.step == 0
        await driven.press("enter")
        await driven.until(lambda: view.landscape.step == driven.session.trainer.step)
        await until_done(driven, view)


async def test_arrows_take_other_directions_and_other_widths(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_page(driven)
        await driven.press("right", "right", "left")
        await driven.until(lambda: view.landscape.seed == 1)
        await driven.press("up")
        await driven.until(lambda: view.landscape.span == 2.0)
        await driven.press("down", "down")
        await driven.until(lambda: view.landscape.span == 0.5)
        assert "from -0.5 to 0.5" in str(view.border_title)
        assert view.landscape.seed == 1


async def test_another_architecture_gives_it_up_with_a_sentence(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_page(driven)
        await until_done(driven, view)
        await driven.press("H")
        await driven.until(lambda: view.landscape is None)
        await driven.until(lambda: "given up" in said(driven))
        assert "Enter computes" in driven.text(view)
        await driven.press("enter")
        await driven.until(lambda: view.landscape is not None)


async def test_opened_again_it_is_computed_again(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_page(driven)
        await until_done(driven, view)
        await driven.press("M")
        assert isinstance(driven.app.screen.page, HiddenPage)
        await driven.press("m")
        await driven.until(lambda: len(sent(driven, Compute)) == 2)
        await until_done(driven, view)


async def test_the_run_of_another_screen_has_a_landscape_of_its_own(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_page(driven)
        await until_done(driven, view)
        await driven.press("1")
        await driven.until(lambda: driven.app.screen is driven.playground)
        await driven.press("3")
        await driven.until(lambda: len(sent(driven, Compute)) == 2)
