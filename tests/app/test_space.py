"""The Space screen: turned, zoomed and fed with examples by keys and mouse, while the run goes on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from textual.events import MouseDown, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp

from tui_nn.screens.inside import InsideScreen
from tui_nn.screens.space import SpaceScreen
from tui_nn.training.commands import RequestSnapshot
from tui_nn.views.space.draw_viewpoint import FIRST_VIEW
from tui_nn.views.space.panel import PITCH_PER_ROW, PITCH_STEP, YAW_PER_COLUMN, YAW_STEP, SpaceView
from tui_nn.views.space.values import LinksRequest
from tui_nn.widgets.event_line import EventLine

Driven = Any
Open = Callable[..., AbstractAsyncContextManager[Driven]]
DIGITS = {"dataset": "digits", "samples": 60, "hidden_sizes": (16,), "batch_size": 10}


async def open_space(driven: Driven) -> SpaceView:
    """Open the screen and wait for its first picture."""
    await driven.press("4")
    await driven.until(lambda: isinstance(driven.app.screen, SpaceScreen) and driven.app.screen.is_ready)
    view: SpaceView = driven.app.screen.query_one(SpaceView)
    await driven.until(lambda: view.has_focus and driven.text(view).strip())
    await driven.settle()
    return view


def n_requests(driven: Driven) -> int:
    return sum(isinstance(command, RequestSnapshot) for command in driven.link.sent)


async def test_it_shows_the_run_it_was_called_from(open_app: Open) -> None:
    async with open_app(hidden_sizes=(5, 3)) as driven:
        view = await open_space(driven)

        assert view.border_title == "Space: 2-5-3-1, all 28 links"
        assert view.border_subtitle == "train 1"
        for name in ("input (2)", "hidden 1 (5)", "hidden 2 (3)", "output"):
            assert name in driven.text(view)
        await driven.press("1")
        assert driven.app.screen is driven.playground


async def test_inside_and_space_lead_to_each_other(open_app: Open) -> None:
    async with open_app() as driven:
        await open_space(driven)
        await driven.press("3")
        await driven.until(lambda: isinstance(driven.app.screen, InsideScreen))
        await driven.press("f4")
        await driven.until(lambda: isinstance(driven.app.screen, SpaceScreen))


@pytest.mark.parametrize(
    ("key", "yaw", "pitch"),
    [("right", YAW_STEP, 0), ("left", -YAW_STEP, 0), ("up", 0, PITCH_STEP), ("down", 0, -PITCH_STEP)],
)
async def test_arrows_turn_it(open_app: Open, key: str, yaw: float, pitch: float) -> None:
    async with open_app() as driven:
        view = await open_space(driven)
        before = driven.text(view)
        await driven.press(key, key)
        await driven.until(lambda: driven.text(view) != before)

        assert (view.view.yaw, view.view.pitch) == (FIRST_VIEW.yaw + 2 * yaw, FIRST_VIEW.pitch + 2 * pitch)


async def test_a_turn_is_shown_though_the_trainer_is_busy(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_nn.views.space.panel.PATIENCE_S", 1e9)
    async with open_app() as driven:
        view = await open_space(driven)
        before = driven.text(view)
        send = driven.link.send
        driven.link.send = lambda command: None
        await driven.press("right")

        turned = driven.text(view)
        assert turned != before
        await driven.press("right")
        assert driven.text(view) == turned, "only one picture is drawn ahead of the terminal"
        driven.link.send = send
        send(RequestSnapshot(driven.app.screen.view_request()))
        await driven.until(lambda: driven.text(view) != turned)


async def test_page_keys_zoom_and_home_goes_back(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_space(driven)
        first = driven.text(view)
        await driven.press("pageup", "pageup")
        assert view.view.zoom > 1
        await driven.press("pagedown", "pagedown", "pagedown")
        assert view.view.zoom < 1
        await driven.until(lambda: driven.text(view) != first)
        await driven.press("home")
        await driven.until(lambda: driven.text(view) == first)
        assert view.view == FIRST_VIEW


async def test_enter_lets_it_turn_by_itself_until_enter_again(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_space(driven)
        await driven.press("enter")
        await driven.until(lambda: view.view.yaw > FIRST_VIEW.yaw + 1)
        await driven.press("enter")
        rest = view.view
        asked = n_requests(driven)
        await driven.press("t")
        assert view.view == rest
        assert n_requests(driven) <= asked + 1, "nobody asks for pictures of a paused run that rests"
        assert view.view.pitch == FIRST_VIEW.pitch


async def test_hidden_it_asks_for_nothing(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_space(driven)
        await driven.press("enter")
        await driven.until(lambda: view.view.yaw > FIRST_VIEW.yaw)
        await driven.press("1")
        await driven.settle()
        yaw, sent = view.view.yaw, len(driven.link.sent)
        await driven.press("s")
        await driven.until(lambda: driven.snapshot.step == 1)

        assert view.view.yaw == yaw
        requests = [c.request for c in driven.link.sent[sent:] if isinstance(c, RequestSnapshot)]
        assert not any(isinstance(look, LinksRequest) for request in requests for look in request.looks)


async def test_the_mouse_pulls_it_around_and_the_wheel_zooms(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_space(driven)
        x, y = view.region.x + 20, view.region.y + 10

        def mouse(kind: Any, dx: int = 0, dy: int = 0, button: int = 1) -> None:
            driven.driver.process_message(
                kind(None, x, y, dx, dy, button, False, False, False, screen_x=x, screen_y=y)
            )

        mouse(MouseDown)
        mouse(MouseMove, 4, 2)
        mouse(MouseUp)
        mouse(MouseMove, 9, 9, button=0)
        await driven.settle()
        assert view.view.yaw == pytest.approx(FIRST_VIEW.yaw + 4 * YAW_PER_COLUMN)
        assert view.view.pitch == pytest.approx(FIRST_VIEW.pitch + 2 * PITCH_PER_ROW)
        mouse(MouseScrollUp)
        await driven.settle()
        assert view.view.zoom > 1
        mouse(MouseScrollDown)
        await driven.settle()
        assert view.view.zoom == pytest.approx(1.0)


async def test_another_example_runs_through_the_network(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_space(driven)
        await driven.press("right_curly_bracket")
        await driven.until(lambda: view.border_subtitle == "train 2")
        await driven.press("E")
        await driven.type("0.5, -1\r")
        await driven.until(lambda: view.border_subtitle == "0.5, -1")
        assert view.has_focus


async def test_v_shows_the_gradients(open_app: Open) -> None:
    async with open_app() as driven:
        view = await open_space(driven)
        await driven.press("v")
        await driven.until(lambda: str(view.border_title).endswith("by gradients"))
        await driven.press("v")
        await driven.until(lambda: str(view.border_title).endswith("links"))


async def test_the_settings_open_beside_it_and_escape_comes_back(open_app: Open) -> None:
    for size, is_beside in (((120, 36), True), ((80, 24), False)):
        async with open_app(size) as driven:
            view = await open_space(driven)
            await driven.press("c")
            await driven.until(lambda view=view, beside=is_beside: view.is_on_screen == beside)
            await driven.press("escape")
            await driven.until(lambda view=view: view.has_focus and view.is_on_screen)


async def test_it_follows_the_training_and_a_new_layer(open_app: Open) -> None:
    async with open_app(hidden_sizes=(4,)) as driven:
        view = await open_space(driven)
        await driven.press("space")
        await driven.until(lambda: view.snapshot is not None and view.snapshot.step > 20)
        await driven.press("space", "h")
        await driven.until(lambda: "hidden 2 (2)" in driven.text(view))


async def test_ascii_is_ascii(open_app: Open) -> None:
    async with open_app(is_ascii=True, depth="mono") as driven:
        await open_space(driven)

        assert all(line.isascii() for line in driven.screen_lines())


async def test_it_says_what_to_press_first(open_app: Open) -> None:
    async with open_app() as driven:
        await open_space(driven)

        assert "rotate" in driven.app.screen.query_one(EventLine).text
