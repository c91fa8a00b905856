"""The view of the Digits screen in which an image is pushed until it is misread, by its keys."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_nn.screens.digits import DigitsScreen
from tui_nn.training.example import Example
from tui_nn.views.adversarial.panel import AdversarialView
from tui_nn.widgets.event_line import EventLine
from tui_nn.widgets.key_line import KeyLine

Open = Any
Driven = Any
DOWN = "\x1b[B"


async def opened(driven: Driven, *draws: str) -> AdversarialView:
    """Open the view, after drawing, and wait for its first picture."""
    await driven.press("2")
    screen = driven.app.screen
    assert isinstance(screen, DigitsScreen)
    await driven.until(lambda: screen.snapshot is not None)
    await driven.press(*draws, "v", "v", "v", "v")
    view = screen.query_one(AdversarialView)
    await driven.until(lambda: view.seen is not None and view.has_focus)
    await driven.settle()
    return view


def read(driven: Driven, view: AdversarialView, epsilon: float) -> int:
    """Return how the network of the session reads the image that is pushed so far."""
    image = np.clip(view.seen.image + epsilon * view.seen.direction, 0.0, 1.0)
    network = driven.session.trainer.network
    return int(network.loss.decode(network.predict(image.reshape(1, -1)))[0])


async def test_arrows_push_and_enter_goes_to_the_smallest_push_that_is_misread(open_app: Open) -> None:
    async with open_app() as driven:
        view = await opened(driven)
        await driven.press("home", "right", "right")
        assert view.epsilon == 0.02
        await driven.press("pageup", "left")
        assert round(view.epsilon, 9) == 0.11

        await driven.press("enter")
        await driven.until(lambda: view.seen.found is not None)
        await driven.settle()
        smallest = view.seen.found.epsilon

        assert view.epsilon == smallest
        assert read(driven, view, smallest) != view.seen.own == read(driven, view, smallest - 0.0001)
        assert f"misread: {smallest:.4f}" in driven.app.screen.query_one(EventLine).text
        await driven.press("right")
        assert smallest < view.epsilon <= smallest + 0.01
        await driven.press("left", "left")
        assert smallest - 0.02 <= view.epsilon < smallest


async def test_up_and_down_choose_the_class_that_it_is_pushed_to(open_app: Open) -> None:
    async with open_app() as driven:
        view = await opened(driven)
        own = view.seen.own
        assert view.title.endswith(f"away from {own}")
        aims = []
        for _ in range(10):
            before = view.target
            await driven.press("down")
            await driven.until(lambda before=before: view.seen.target != before)
            aims.append(view.seen.target)

        assert aims == [*(label for label in range(10) if label != own), None]
        await driven.press("up")
        await driven.until(lambda: view.title.endswith(f"towards {aims[-2]}"))


async def test_the_drawing_is_pushed_and_a_test_digit_on_a_key(open_app: Open) -> None:
    async with open_app() as driven:
        view = await opened(driven, "enter", "K", "space", "J", "J", "space", "escape")
        assert view.seen.sample is None
        assert "your drawing" in view.title

        await driven.press("t")
        await driven.until(lambda: view.seen.sample == 0)
        await driven.press("t")
        await driven.until(lambda: view.seen.sample is None)
        await driven.press("right_curly_bracket")
        await driven.until(lambda: view.seen.sample == 1)


async def test_where_nothing_is_drawn_it_says_so_and_pushes_a_test_digit(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        view = await opened(driven)
        assert view.seen.sample == 0
        assert "test digit 1 of" in view.title
        assert "(nothing is drawn)" in view.title

        await driven.press("t")
        assert "Nothing is drawn, so a test digit is pushed" in driven.app.screen.query_one(EventLine).text


async def test_the_last_line_shows_its_keys_and_the_canvas_has_its_own_again(open_app: Open) -> None:
    async with open_app((120, 36)) as driven:
        await opened(driven)
        line = driven.app.screen.query_one(KeyLine)
        assert "smallest" in driven.text(line)
        await driven.press("v")
        assert "draw" in driven.text(line)


async def test_a_walk_from_here_takes_the_image_that_is_pushed(open_app: Open) -> None:
    async with open_app() as driven:
        await opened(driven, "enter", "K", "space", "J", "J", "space", "escape")
        screen = driven.app.screen
        assert screen.pointed_example().part == "typed"
        await driven.press("t")
        await driven.until(lambda: screen.query_one(AdversarialView).seen.sample == 0)
        assert screen.pointed_example() == Example("test", 0)


async def test_it_follows_the_training(open_app: Open) -> None:
    async with open_app() as driven:
        view = await opened(driven)
        before = view.seen.probabilities
        await driven.press("s")
        await driven.until(lambda: not np.array_equal(view.seen.probabilities, before))


async def test_the_palette_finds_it(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.type(":adversarial")
        while driven.app.screen._found[driven.app.screen._cursor].action != "page('adversarial', 'digits')":
            await driven.type(DOWN)
        await driven.type("\r")

        await driven.until(lambda: isinstance(driven.app.shown, DigitsScreen))
        await driven.until(lambda: driven.app.shown.showing == "adversarial")
