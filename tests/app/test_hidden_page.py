"""The page of the Inside screen that shows the data as a layer sees it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import numpy as np
import pytest

from tui_nn.screens.inside import InsideScreen
from tui_nn.views.hidden.page import HiddenPage
from tui_nn.views.hidden.panel import HiddenView
from tui_nn.widgets.event_line import EventLine

Driven = Any
Open = Callable[..., AbstractAsyncContextManager[Driven]]


async def open_page(driven: Driven) -> HiddenView:
    """Open the page and wait for its first picture."""
    await driven.press("3")
    await driven.until(lambda: isinstance(driven.app.screen, InsideScreen) and driven.app.screen.is_ready)
    screen = driven.app.screen
    screen.open_page(HiddenPage)
    view = screen.query_one(HiddenView)
    await driven.until(lambda: view.space is not None and view.has_focus)
    await driven.settle()
    return view


def said(driven: Driven) -> str:
    return driven.app.screen.query_one(EventLine).text


async def test_left_and_right_choose_the_layer_on_all_pages(open_app: Open) -> None:
    async with open_app(hidden_sizes=(4, 2)) as driven:
        view = await open_page(driven)
        assert view.space.layer == 1
        await driven.press("right")
        await driven.until(lambda: view.space.layer == 2)
        assert "neuron 2" in driven.text(view)
        assert driven.app.screen.node == (2, 0)
        await driven.press("right", "right", "right")
        await driven.until(lambda: view.space.layer == 3)
        await driven.press("left", "left", "left", "left")
        await driven.until(lambda: view.space.layer == 0)


async def test_up_and_down_choose_the_neurons(open_app: Open) -> None:
    async with open_app(hidden_sizes=(3,)) as driven:
        view = await open_page(driven)
        assert view.space.pair is None
        await driven.press("down", "down")
        await driven.until(lambda: view.space.pair == (0, 2))
        assert "neuron 3" in driven.text(view)
        assert "1 and 3" in said(driven)
        await driven.press("up", "up")
        await driven.until(lambda: view.space.pair is None)
        assert "principal component 1" in driven.text(view)


async def test_neurons_can_be_typed(open_app: Open) -> None:
    async with open_app(hidden_sizes=(5,)) as driven:
        view = await open_page(driven)
        await driven.press("enter")
        await driven.type("5, 2\r")
        await driven.until(lambda: view.space.pair == (4, 1))
        assert view.has_focus
        await driven.press("enter")
        await driven.type("pca\r")
        await driven.until(lambda: view.space.pair is None)


@pytest.mark.parametrize("typed", ["9 1", "2 2", "two", "1", ""])
async def test_what_names_no_two_neurons_is_refused(open_app: Open, typed: str) -> None:
    async with open_app(hidden_sizes=(5,)) as driven:
        view = await open_page(driven)
        await driven.press("enter", "backspace")
        await driven.type(typed + "\r")
        assert driven.app.screen.query_one("#prompt-note").has_class("-wrong")
        await driven.press("escape")
        assert view.has_focus
        assert view.pair is None


async def test_t_shows_test_samples(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_page(driven)
        await driven.press("t")
        await driven.until(lambda: view.space.is_test.any())
        assert "test samples" in driven.text(view)


async def test_the_picture_stays_calm_while_it_trains(open_app: Open) -> None:
    async with open_app(hidden_sizes=(6,), learning_rate=0.1) as driven:
        view = await open_page(driven)
        await driven.press("space")
        before = view.space.basis
        for step in (20, 40, 60, 80):
            await driven.until(lambda step=step: driven.session.trainer.step >= step)
            await driven.settle()
            likeness = np.sum(view.space.basis * before, axis=1)
            assert (likeness > 0).all(), "no principal component is turned around"
            before = view.space.basis


async def test_a_layer_that_is_removed_is_the_last_one(open_app: Open) -> None:
    async with open_app(hidden_sizes=(4, 3, 3)) as driven:
        view = await open_page(driven)
        await driven.press("right", "right")
        await driven.until(lambda: view.space.layer == 3)
        await driven.press("H", "H")
        await driven.until(lambda: view.space.n_layers == 3)
        assert view.space.layer == 2
