"""The page of the Inside screen that lists what happened."""

from __future__ import annotations

from typing import Any

import pytest

from tui_nn.screens.inside import InsideScreen
from tui_nn.screens.moment import MomentScreen
from tui_nn.settings.config import Config
from tui_nn.training.commands import RewindToStep
from tui_nn.training.snapshot import Status
from tui_nn.views.moments.page import MomentsPage
from tui_nn.views.moments.panel_kinds import MomentKinds
from tui_nn.views.moments.panel_log import MomentList
from tui_nn.widgets.event_line import EventLine

Open = Any
Driven = Any


async def open_page(driven: Driven) -> MomentList:
    """Open the page and wait until its log has the keyboard."""
    await driven.press("3")
    await driven.until(lambda: isinstance(driven.app.screen, InsideScreen) and driven.app.screen.is_ready)
    driven.app.screen.open_page(MomentsPage)
    listed = driven.app.screen.query_one(MomentList)
    await driven.until(lambda: listed.has_focus)
    await driven.settle()
    return listed


def kinds(driven: Driven) -> MomentKinds:
    return driven.app.screen.query_one(MomentKinds)


def shown(driven: Driven) -> Any:
    return driven.app.screen.snapshot


async def test_what_happens_is_listed_with_its_step(open_app: Open) -> None:
    async with open_app() as driven:
        listed = await open_page(driven)
        assert "Nothing has happened yet" in driven.text(listed)
        await driven.press("s")
        await driven.until(lambda: len(listed.log_shown.moments) == 2)
        await driven.settle()

        text = driven.text(listed)
        assert text.index("step 1  first backward pass") < text.index("step 0  first forward pass")
        assert "250 samples went through 2-4-2-1" in " ".join(text.split())


async def test_a_trouble_is_said_in_the_event_line_too(open_app: Open) -> None:
    async with open_app(learning_rate=1e-6) as driven:
        listed = await open_page(driven)
        await driven.press("space")
        await driven.until(lambda: "not_updating" in listed.log_shown.going)
        line = driven.app.screen.query_one(EventLine)
        await driven.until(lambda: "Try ] (raise" in line.text)

        assert line.is_warning


async def test_enter_on_a_kind_lets_the_run_pause_at_it(open_app: Open) -> None:
    async with open_app() as driven:
        await open_page(driven)
        await driven.press("shift+tab", "down", "enter")
        await driven.until(lambda: driven.config.pause_on == ("first_backward",))
        await driven.press("space")
        await driven.until(lambda: isinstance(driven.app.screen, MomentScreen))
        assert (driven.app.shown.snapshot.step, driven.app.shown.snapshot.status) == (1, Status.PAUSED)
        assert "Paused, first backward pass" in driven.app.shown.query_one(EventLine).text
        await driven.press("x", "space")

        await driven.press("enter")
        await driven.until(lambda: driven.config.pause_on == ())
        await driven.press("ctrl+z")
        assert driven.config.pause_on == ("first_backward",)


async def test_the_marks_are_those_of_the_settings(open_app: Open) -> None:
    async with open_app(pause_on=("goal", "plateau")) as driven:
        await open_page(driven)
        rows = driven.text(kinds(driven)).splitlines()

        assert ["●" in row for row in rows if "plateau" in row or "goal" in row] == [True, True]
        assert sum("●" in row for row in rows) == 2


async def test_enter_on_a_moment_goes_back_to_its_step(open_app: Open) -> None:
    async with open_app() as driven:
        listed = await open_page(driven)
        await driven.press("e")
        await driven.until(lambda: shown(driven).epoch == 1)
        await driven.press("end", "enter")
        await driven.until(lambda: shown(driven).step == 0)
        await driven.settle()

        assert RewindToStep(0) in driven.link.sent
        text = driven.text(listed)
        assert "step 1  first backward pass, after the moment shown" in text
        assert "step 0  first forward pass" in text


async def test_enter_on_an_empty_log_does_nothing(open_app: Open) -> None:
    async with open_app() as driven:
        await open_page(driven)
        await driven.press("enter", "down", "pagedown", "home")

        assert not any(isinstance(command, RewindToStep) for command in driven.link.sent)


async def test_the_cursor_stays_on_its_moment_when_newer_ones_come(open_app: Open) -> None:
    async with open_app(learning_rate=1e-6) as driven:
        listed = await open_page(driven)
        await driven.press("s")
        await driven.until(lambda: len(listed.log_shown.moments) == 2)
        await driven.press("end", "space")
        await driven.until(lambda: len(listed.log_shown.moments) == 3)

        assert listed.log_shown.moments[-1 - listed.cursor].kind == "first_forward"


async def test_reset_empties_the_log(open_app: Open) -> None:
    async with open_app() as driven:
        listed = await open_page(driven)
        await driven.press("s")
        await driven.until(lambda: listed.log_shown.moments)
        await driven.press("r")
        await driven.until(lambda: not listed.log_shown.moments)
        await driven.settle()

        assert "Nothing has happened yet" in driven.text(listed)


async def test_the_cursor_shows_which_panel_has_the_keyboard(open_app: Open) -> None:
    async with open_app() as driven:
        await open_page(driven)
        assert "The first forward pass" not in driven.text(kinds(driven))
        await driven.press("shift+tab")
        await driven.settle()
        assert "The first forward pass" in driven.text(kinds(driven))
        await driven.press("tab")
        await driven.settle()

        assert "The first forward pass" not in driven.text(kinds(driven))


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60), (60, 20)], ids=str)
async def test_both_panels_are_there_at_every_size(open_app: Open, size: tuple[int, int]) -> None:
    async with open_app(size, depth="mono", is_ascii=True) as driven:
        listed = await open_page(driven)
        await driven.press("s")
        await driven.until(lambda: listed.log_shown.moments)
        await driven.settle()

        assert "step 0  first forw" in driven.text(listed)
        assert "goal reached" in driven.text(kinds(driven))
        assert [line for line in driven.screen_lines() if not line.isascii()] == []

        await driven.press("z")
        assert listed.outer_size.width == size[0]


def test_pausing_is_a_setting_of_the_app_and_no_run_without_a_screen_pauses() -> None:
    assert Config(pause_on=("goal",)).pause_on == ("goal",)
