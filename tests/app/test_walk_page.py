"""The Walk page: through the stages by key or by itself, and the step at the end."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.screens.inside import InsideScreen
from tui_nn.training.commands import Pause, WalkStep
from tui_nn.training.example import Example
from tui_nn.training.snapshot import Status
from tui_nn.views.walk.page import WalkPage
from tui_nn.views.walk.panel import StageView
from tui_nn.views.walk.panel_network import WalkNetwork
from tui_nn.widgets.event_line import EventLine

Open = Any
Driven = Any
XOR = {"dataset": "xor", "hidden_sizes": (2,)}
STAGES = 12


async def open_walk(driven: Driven) -> WalkPage:
    await driven.press("3", "m")
    await driven.until(lambda: isinstance(driven.app.screen, InsideScreen))
    page = driven.app.screen.query_one(WalkPage)
    await driven.until(lambda: page.stage is not None)
    await driven.settle()
    return page


def said(driven: Driven) -> str:
    return str(driven.app.screen.query_one(EventLine).text)


async def test_arrows_go_through_the_stages(open_app: Open) -> None:
    async with open_app(**XOR) as driven:
        page = await open_walk(driven)
        kinds = [page.stage.kind]
        for _ in range(STAGES - 1):
            await driven.press("right")
            kinds.append(page.stage.kind)
        assert kinds[0] == "input"
        assert kinds[5] == "loss"
        assert kinds[-1] == "update"
        await driven.press("left")
        assert page.stage.kind == "gradients"
        await driven.press("enter")
        assert page.stage.kind == "update"
        assert not [command for command in driven.link.sent if isinstance(command, WalkStep)]


async def test_the_formula_and_the_numbers_are_beside_the_lit_network(open_app: Open) -> None:
    async with open_app(**XOR) as driven:
        page = await open_walk(driven)
        await driven.press("right")
        shown = driven.text(page.query_one(StageView))
        assert "hidden 1: preactivations z" in shown
        assert "z = Wᵀ x + b" in shown
        assert all(line.text in shown for line in page.stage.lines)
        assert page.query_one(WalkNetwork).spot == page.stage.spot
        assert "1" in driven.text(page.query_one(WalkNetwork))


async def test_at_the_end_the_announced_step_is_taken_and_shown(open_app: Open) -> None:
    async with open_app(**XOR) as driven:
        page = await open_walk(driven)
        for _ in range(STAGES - 1):
            await driven.press("right")
        announced = page.stage.values["after"]
        await driven.press("right")
        await driven.until(lambda: page.taken is not None)
        np.testing.assert_array_equal(driven.parameters, announced)
        assert page.stage.kind == "taken"
        assert "step 1 taken" in driven.text(page.query_one(StageView))
        assert page.query_one(WalkNetwork).spot.single_links
        assert "was taken" in said(driven)
        await driven.press("right")
        assert page.stage.kind == "input"
        assert page.walk.step == 1


async def test_the_step_is_taken_back_as_any_change_is(open_app: Open) -> None:
    async with open_app(**XOR) as driven:
        page = await open_walk(driven)
        before = driven.parameters
        for _ in range(STAGES):
            await driven.press("right")
        await driven.until(lambda: page.taken is not None)
        await driven.press("ctrl+z")
        await driven.until(lambda: page.taken is None and page.walk.step == 0)
        np.testing.assert_array_equal(driven.parameters, before)
        assert page.stage.kind == "update"
        await driven.press("ctrl+y")
        await driven.until(lambda: page.walk.step == 1)
        assert not np.array_equal(driven.parameters, before)


async def test_by_itself_it_takes_one_step_and_stops(open_app: Open) -> None:
    async with open_app(walk_interval=50, **XOR) as driven:
        page = await open_walk(driven)
        await driven.press("f")
        await driven.until(lambda: page.taken is not None)
        assert not page.is_walking
        assert driven.session.trainer.step == 1


async def test_another_interval_is_kept_at_once(open_app: Open) -> None:
    async with open_app(walk_interval=60_000, **XOR) as driven:
        page = await open_walk(driven)
        await driven.press("f")
        assert page.is_walking
        driven.app.run_shown.configure(walk_interval=50)
        await driven.until(lambda: page.place > 1)


async def test_a_key_stops_a_walk_that_goes_by_itself(open_app: Open) -> None:
    async with open_app(walk_interval=60_000, **XOR) as driven:
        page = await open_walk(driven)
        await driven.press("f", "right")
        assert not page.is_walking
        assert page.place == 1


async def test_a_walk_pauses_the_training_and_says_so(open_app: Open) -> None:
    async with open_app(walk_interval=50, **XOR) as driven:
        await driven.press("space")
        await driven.until(lambda: driven.snapshot.step > 20)
        await driven.press("f")
        await driven.until(lambda: isinstance(driven.app.screen, InsideScreen))
        page = driven.app.screen.query_one(WalkPage)
        await driven.until(lambda: page.taken is not None)
        assert [command for command in driven.link.sent if isinstance(command, Pause)]
        assert driven.session.status is Status.PAUSED


async def test_training_ends_a_walk_that_goes_by_itself(open_app: Open) -> None:
    async with open_app(walk_interval=60_000, **XOR) as driven:
        page = await open_walk(driven)
        await driven.press("f", "space")
        await driven.until(lambda: not page.is_walking)
        assert "network is training" in said(driven)


async def test_leaving_the_page_ends_it_too(open_app: Open) -> None:
    async with open_app(walk_interval=50, **XOR) as driven:
        page = await open_walk(driven)
        await driven.press("f", "m")
        await driven.until(lambda: not page.is_walking)
        assert driven.session.trainer.step == 0


async def test_the_point_under_the_maps_cursor_walks(open_app: Open) -> None:
    async with open_app(walk_interval=60_000, **XOR) as driven:
        await driven.press("tab", "tab", "up", "right")
        probe = driven.map.probe
        await driven.press("f")
        await driven.until(lambda: isinstance(driven.app.screen, InsideScreen))
        screen = driven.app.screen
        await driven.until(lambda: screen.example.part == "typed")
        assert screen.example == Example("typed", 0, probe)
        page = screen.query_one(WalkPage)
        await driven.until(lambda: page.walk is not None and page.walk.example == screen.example)
        await driven.press(*["right"] * 5)
        assert page.place == 0, "without a target it ends behind the last activation"
        assert "has no target" in said(driven)


async def test_a_class_can_be_said_of_a_typed_example_without_typing_it_again(open_app: Open) -> None:
    async with open_app(walk_interval=60_000, **XOR) as driven:
        await driven.press("tab", "tab", "up", "f")
        await driven.until(lambda: isinstance(driven.app.screen, InsideScreen))
        screen = driven.app.screen
        await driven.until(lambda: screen.example.part == "typed")
        values = screen.example.values
        await driven.press("E")
        await driven.type(": 1\r")
        await driven.until(lambda: screen.example.target == 1.0)
        assert screen.example.values == values, "to the last digit, though fewer were shown"
        page = screen.query_one(WalkPage)
        await driven.until(lambda: page.walk is not None and page.walk.has_target)


async def test_a_drawing_walks(open_app: Open) -> None:
    settings = {"dataset": "digits", "samples": 40, "hidden_sizes": (4,), "batch_size": 5}
    async with open_app(**XOR) as driven:
        await driven.press("2")
        await driven.until(lambda: driven.app.screen is not driven.playground)
        digits = driven.app.screen
        await driven.until(lambda: digits.snapshot is not None)
        digits.run.configure(**settings)
        await driven.settle()
        assert digits.pointed_example() is None, "nothing is drawn yet"
        await driven.press("right_curly_bracket")
        await driven.until(lambda: digits.pointed_example() is not None)
        await driven.press("f")
        await driven.until(lambda: isinstance(driven.app.screen, InsideScreen))
        page = driven.app.screen.query_one(WalkPage)
        await driven.until(lambda: page.walk is not None and page.walk.words == "the drawing")


async def test_a_removed_layer_leaves_the_walk_in_one_piece(open_app: Open) -> None:
    async with open_app(hidden_sizes=(4, 3, 2)) as driven:
        page = await open_walk(driven)
        await driven.press(*["right"] * 20)
        await driven.press("H", "H")
        await driven.until(lambda: len(page.walk.stages) == STAGES)
        assert page.stage is not None
        await driven.press("right")
        assert page.stage is not None


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60), (60, 20)])
async def test_the_head_stays_where_it_is_at_every_stage(open_app: Open, size: tuple[int, int]) -> None:
    async with open_app(size, **XOR) as driven:
        page = await open_walk(driven)
        view = page.query_one(StageView)
        regions = set()
        for _ in range(STAGES):
            lines = driven.text(view).splitlines()
            assert lines[1].strip() == page.stage.title[: len(lines[1].strip())]
            regions.add((view.region, page.query_one(WalkNetwork).region))
            await driven.press("right")
        assert len(regions) == 1


async def test_numbers_that_do_not_fit_can_be_scrolled_to(open_app: Open) -> None:
    async with open_app((80, 24), hidden_sizes=(8, 8)) as driven:
        page = await open_walk(driven)
        await driven.press("right")
        view = page.query_one(StageView)
        assert "below" in driven.text(view)
        await driven.press(*["pagedown"] * 5)
        last = page.stage.lines[-1].text
        assert last in driven.text(view)
        await driven.press("right", "left")
        assert last not in driven.text(view), "a stage begins at its first row"


async def test_ascii_and_mono_walk_too(open_app: Open) -> None:
    async with open_app((80, 24), depth="mono", is_ascii=True, **XOR) as driven:
        page = await open_walk(driven)
        for _ in range(STAGES):
            assert driven.text(page.query_one(StageView)).isascii()
            assert driven.text(page.query_one(WalkNetwork)).isascii()
            await driven.press("right")
