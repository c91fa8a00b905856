"""Any size at any moment: the layout fits, a window that is too small says so, nothing breaks."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from rich.cells import cell_len

from tui_nn.training.snapshot import Status
from tui_nn.views.network.values import Insides
from tui_nn.widgets.cells_view import CellsView

Open = Any
Driven = Any
SIZES = [(80, 24), (120, 36), (200, 60), (300, 100), (60, 20), (99, 24), (100, 24)]
DEPTHS = itertools.cycle(["truecolor", "mono"])
TINY = [(1, 1), (59, 20), (60, 19), (20, 5), (2, 50), (200, 3), (10, 10)]


def _screen_text(driven: Driven) -> str:
    width, height = driven.app.size
    lines = driven.screen_lines()
    assert [cell_len(line) for line in lines] == [width] * height
    return "\n".join(lines)


def _shown(driven: Driven) -> list[CellsView]:
    views = driven.network, driven.map, driven.curves, driven.form
    return [view for view in views if view.is_on_screen and view.size.area]


@pytest.mark.parametrize(("size", "depth"), [*zip(SIZES, DEPTHS, strict=False)], ids=str)
async def test_every_panel_shows_something_at_every_size(
    open_app: Open, size: tuple[int, int], depth: str
) -> None:
    async with open_app(size, depth=depth, is_ascii=depth == "mono") as driven:
        await driven.press("s")
        await driven.until(lambda: driven.snapshot.step == 1 and driven.snapshot.reply(Insides) is not None)
        await driven.settle()

        shown = _shown(driven)
        assert len(shown) == (3 if size[0] < 100 else 4)
        assert all(driven.text(view).strip() for view in shown)
        text = _screen_text(driven)
        assert "paused" in text
        assert "? help" in text
        assert depth == "truecolor" or text.isascii()


async def test_a_small_window_shows_settings_in_the_place_of_the_curves(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        assert driven.curves in _shown(driven)
        assert driven.form not in _shown(driven)

        await driven.press("c")
        assert driven.form in _shown(driven)
        assert driven.curves not in _shown(driven)

        await driven.press("d", "escape")
        assert driven.curves in _shown(driven)


@pytest.mark.parametrize("size", TINY, ids=str)
async def test_a_window_that_is_too_small_says_so(open_app: Open, size: tuple[int, int]) -> None:
    async with open_app() as driven:
        await driven.press("space")
        await driven.resize(*size)
        text = " ".join(_screen_text(driven).split())
        assert not _shown(driven)
        if size[0] >= 20:
            assert text.startswith("This window is too small: 60 columns by 20 rows")

        await driven.resize(80, 24)
        assert len(_shown(driven)) == 3
        step = driven.snapshot.step
        await driven.until(lambda: driven.snapshot.step > step)


async def test_the_run_goes_on_and_keys_work_in_a_window_that_is_too_small(open_app: Open) -> None:
    async with open_app((20, 5)) as driven:
        await driven.press(
            "space", "right_square_bracket", "h", "t", "z", "c", "d", "right", "escape", "escape"
        )
        await driven.until(lambda: driven.snapshot.step > 0)
        assert driven.config.learning_rate == 0.1
        await driven.press("q")

        assert driven.app.return_value == 0


async def test_it_opens_in_the_smallest_window_and_grows(open_app: Open) -> None:
    async with open_app((1, 1)) as driven:
        for size in [(1, 1), (300, 100), (1, 40), (80, 24)]:
            await driven.resize(*size)

        assert len(_shown(driven)) == 3


@pytest.mark.parametrize(
    "opened",
    [
        ["z"],
        ["tab", "z"],
        ["tab", "enter"],
        ["c"],
        ["c", "d", "enter"],
        ["c", "r", "enter"],
        ["question_mark"],
    ],
    ids="-".join,
)
async def test_a_resize_while_something_is_open_breaks_nothing(open_app: Open, opened: list[str]) -> None:
    async with open_app() as driven:
        await driven.press("space", *opened)
        for size in [(80, 24), (1, 1), (61, 21), (3, 60), (200, 60), (120, 2), (120, 36)]:
            await driven.resize(*size)
            await driven.press("down", "left")
            assert _screen_text(driven).count("\n") == size[1] - 1
        step = driven.snapshot.step

        await driven.until(lambda: driven.snapshot.step > step)
        assert driven.snapshot.status is Status.RUNNING


@pytest.mark.parametrize("keys", ["", "tab", "tab tab", "tab tab tab"])
async def test_each_panel_can_have_all_the_room(open_app: Open, keys: str) -> None:
    async with open_app((80, 24)) as driven:
        await driven.press(*keys.split(), "z")
        (chosen,) = _shown(driven)

        assert driven.app.focused in (None, chosen)
        assert chosen.outer_size.width == 80

        await driven.press("escape")
        assert len(_shown(driven)) == 3


@pytest.mark.parametrize("dataset", ["moons", "rings", "reg-gauss", "clusters"])
async def test_every_way_of_looking_works_on_every_kind_of_data(open_app: Open, dataset: str) -> None:
    classes = {"classes": 5} if dataset == "rings" else {}
    async with open_app(dataset=dataset, **classes) as driven:
        for key in ("t", "d", "p", "l", "L", "e"):
            await driven.press(key)
        await driven.until(lambda: driven.snapshot.epoch == 1)
        await driven.resize(80, 24)
        await driven.press("a", "tab", "tab", "right", "up", "tab", "tab", "right", "down", "enter")

        assert _screen_text(driven).strip()


async def test_the_map_is_large_at_80_by_24_and_changes_places_with_the_network(open_app: Open) -> None:
    async with open_app((80, 24), dataset="spiral") as driven:
        grid = driven.map.grid()
        assert grid.columns >= 36
        assert grid.rows >= 2 * 17, "two samples a cell"
        assert (driven.map.outer_size, driven.network.outer_size) == ((44, 21), (36, 13))

        await driven.press("Z")
        assert (driven.map.outer_size, driven.network.outer_size) == ((36, 13), (44, 21))
        assert driven.said == "The network has the larger place."

        await driven.press("Z")
        assert (driven.map.outer_size, driven.network.outer_size) == ((44, 21), (36, 13))


async def test_at_80_columns_the_state_line_has_loss_and_accuracy_of_both_sets(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await driven.press("s")
        await driven.until(lambda: driven.snapshot.step == 1)
        metrics = driven.snapshot.metrics
        line = " ".join(driven.screen_lines()[0].split())

        assert f"loss train {metrics.train_loss:.3f} test {metrics.test_loss:.3f}" in line
        assert (
            f"accuracy train {100 * metrics.train_accuracy:.1f}% test {100 * metrics.test_accuracy:.1f}%"
            in line
        )
        assert "1 steps" in driven.text(driven.curves), "the curves say how many"
