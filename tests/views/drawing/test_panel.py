"""The canvas in a small app: keys and mouse draw, the pen is where its ink is, words say what was done."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

import numpy as np
import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input

from tui_nn.data.frame import IMAGE_SIZE as SIDE
from tui_nn.render import slots
from tui_nn.render.palette import PALETTES
from tui_nn.views.drawing.panel import FAR, STEPS, Canvas


class Paper(App[None]):
    """A canvas, something else to focus, and a list of what the canvas said."""

    CSS = "Canvas { border: round red; padding: 0 1; }"

    def __init__(self, palette: str, inner: tuple[int, int]) -> None:
        super().__init__()
        self.palette, self.inner = PALETTES[palette], inner
        self.said: list[str] = []
        self.keys: list[str] = []
        self.n_changes = 0

    def compose(self) -> ComposeResult:
        canvas = Canvas(self.palette)
        canvas.styles.width, canvas.styles.height = self.inner[0] + 4, self.inner[1] + 2
        yield canvas
        yield Input()

    def on_canvas_told(self, event: Canvas.Told) -> None:
        self.said.append(event.text)

    def on_canvas_changed(self) -> None:
        self.n_changes += 1

    def on_canvas_test_digit_wanted(self) -> None:
        self.keys.append("t")

    def on_canvas_pause_wanted(self) -> None:
        self.keys.append("P")

    def on_key(self, event: object) -> None:
        self.keys.append(event.key)  # type: ignore[attr-defined]


class Sheet:
    """A canvas at work."""

    def __init__(self, app: Paper, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot
        self.canvas = app.query_one(Canvas)
        self.board = self.canvas.board

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    @property
    def places(self) -> set[tuple[int, int]]:
        return {(int(row), int(column)) for row, column in np.argwhere(self.board.ink)}

    @property
    def pen_cell(self) -> tuple[int, int]:
        """Where the widget shows the pen."""
        width, height = self.canvas.size
        cells = self.canvas.draw(height, width)
        ((row, column),) = np.argwhere((cells.glyphs == "○") | (cells.glyphs == "●") | (cells.glyphs == "@"))
        assert cells.background[row, column] == slots.SELECTION
        return int(row), int(column)


@contextlib.asynccontextmanager
async def paper(palette: str = "truecolor", inner: tuple[int, int] = (56, 28)) -> AsyncIterator[Sheet]:
    app = Paper(palette, inner)
    async with app.run_test(size=(inner[0] + 10, inner[1] + 10)) as pilot:
        sheet = Sheet(app, pilot)
        sheet.canvas.focus()
        await pilot.pause()
        yield sheet


async def test_enter_begins_escape_ends_and_the_border_says_so() -> None:
    async with paper() as sheet:
        await sheet.press("space", "right", "c")
        assert sheet.board.is_empty
        assert sheet.app.keys == ["space", "right", "c"]

        await sheet.press("enter")
        assert sheet.canvas.border_title == "DRAW"
        await sheet.press("space", "right", "escape")
        assert sheet.canvas.border_title == "Canvas"
        assert not sheet.board.is_down
        drawn = sheet.places
        await sheet.press("right", "right")
        assert sheet.places == drawn


@pytest.mark.parametrize("name", STEPS)
async def test_a_key_moves_by_one_and_with_shift_by_five(name: str) -> None:
    down, right = STEPS[name]
    async with paper() as sheet:
        await sheet.press("enter", name)
        assert sheet.board.pen == (14 + down, 14 + right)
        await sheet.press(name.upper() if len(name) == 1 else f"shift+{name}")
        assert sheet.board.pen == (14 + (1 + FAR) * down, 14 + (1 + FAR) * right)
        assert sheet.board.is_empty


async def test_a_line_is_one_run_of_keys() -> None:
    async with paper() as sheet:
        await sheet.press("enter", "1", "space", *["right"] * 6, "J", "space", "h")

        assert sheet.places == {(14, n) for n in range(14, 21)} | {(n, 20) for n in range(14, 20)}
        assert sheet.app.said == ["Brush 1.", "Pen down: moving draws.", "Pen up."]


async def test_brushes_eraser_mark_line_undo_redo_clear_invert() -> None:
    async with paper() as sheet:
        await sheet.press("enter", "1", "m", "L", "slash")
        line = {(14, n) for n in range(14, 20)}
        assert sheet.places == line
        await sheet.press("0", "space")
        assert sheet.places == line - {(14, 18), (14, 19)}
        await sheet.press("backspace")
        assert sheet.places == line
        await sheet.press("ctrl+y")
        assert sheet.places == line - {(14, 18), (14, 19)}
        await sheet.press("x")
        assert len(sheet.places) == SIDE * SIDE - 4
        await sheet.press("c")
        assert sheet.places == set()
        await sheet.press("backspace", "backspace", "backspace")
        assert sheet.places == line
        assert "Cleared; backspace undoes it." in sheet.app.said
        await sheet.press("backspace", "backspace")
        assert sheet.app.said[-1] == "Nothing to undo."


@pytest.mark.parametrize(
    ("key", "words"),
    [("slash", "no mark"), ("backspace", "Nothing to undo"), ("ctrl+y", "Nothing to redo")],
)
async def test_what_cannot_be_done_is_said(key: str, words: str) -> None:
    async with paper() as sheet:
        await sheet.press("enter", key)

        assert words in sheet.app.said[-1]
        assert sheet.board.is_empty


async def test_other_keys_of_drawing_ask_for_a_test_digit_and_a_pause_and_the_rest_passes() -> None:
    async with paper() as sheet:
        await sheet.press("enter", "t", "P", "q", "v", "i", "tab")

        assert sheet.app.keys == ["t", "P", "q", "v", "i", "tab"]
        assert not sheet.canvas.is_drawing, "tab left the canvas"


async def test_every_change_is_told_once() -> None:
    async with paper() as sheet:
        await sheet.press("enter", "space", "right")
        before = sheet.app.n_changes
        await sheet.press("right")

        assert sheet.app.n_changes == before + 1


SIZES = {
    ("truecolor", 28, 14): (0.5, 1),
    ("truecolor", 56, 28): (1, 2),
    ("truecolor", 90, 42): (1.5, 3),
    ("truecolor", 114, 58): (2, 4),
    ("ascii", 28, 14): (0.5, 1),
    ("16", 56, 28): (1, 2),
    ("mono", 90, 42): (1, 2),
    ("ascii", 114, 58): (2, 4),
    ("ascii", 60, 18): (0.5, 1),
    ("ascii", 28, 10): (10 / 28, 1),
    ("truecolor", 20, 10): (10 / 28, 20 / 28),
}
"""Colors, columns and rows -> how many rows and columns of the widget a place takes."""


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_pen_is_shown_on_the_ink_it_draws(size: tuple[str, int, int]) -> None:
    palette, width, height = size
    rows, columns = SIZES[size]
    async with paper(palette, (width, height)) as sheet:
        await sheet.press("enter")
        for pen in [(0, 0), (14, 14), (27, 27), (3, 20)]:
            sheet.board.pen = pen
            assert sheet.pen_cell == (int(pen[0] * rows), int(pen[1] * columns))


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_mouse_draws_where_it_points(size: tuple[str, int, int]) -> None:
    palette, width, height = size
    async with paper(palette, (width, height)) as sheet:
        sheet.board.brush = 1
        await sheet.press("enter")
        for x, y in [(0, 0), (7, 3), (13, 9)]:
            # The border takes one row and one column, the padding another column.
            await sheet.pilot.mouse_down(Canvas, offset=(x + 2, y + 1))
            await sheet.pilot.mouse_up(Canvas, offset=(x + 2, y + 1))
            rows, columns = SIZES[size]
            row, column = sheet.pen_cell
            assert abs(row - y) < max(1, rows)
            assert abs(column - x) < max(1, columns)
            assert sheet.board.ink[sheet.board.pen]


async def test_the_pen_looks_otherwise_when_it_is_down() -> None:
    async with paper() as sheet:
        await sheet.press("enter")
        up = sheet.canvas.draw(28, 56).glyphs[14, 28]
        await sheet.press("space")

        assert (up, sheet.canvas.draw(28, 56).glyphs[14, 28]) == ("○", "●")


@pytest.mark.parametrize("palette", ["truecolor", "16", "mono", "ascii"])
@pytest.mark.parametrize(
    ("height", "width"), [(0, 0), (1, 1), (2, 90), (40, 1), (9, 13), (28, 56), (40, 120)]
)
async def test_any_size_can_be_drawn(palette: str, height: int, width: int) -> None:
    canvas = Canvas(PALETTES[palette])
    canvas.set_reactive(Canvas.is_drawing, True)
    for pen in [(0, 0), (27, 27)]:
        canvas.board.pen = pen
        cells = canvas.draw(height, width)
        assert (cells.height, cells.width) == (height, width)
