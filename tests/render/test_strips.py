from __future__ import annotations

import re

import numpy as np
import pytest
from rich.style import Style
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.widget import Widget

from tui_nn.render import slots
from tui_nn.render.ansi import sgr
from tui_nn.render.cells import blank, text_line
from tui_nn.render.palette import PALETTES
from tui_nn.render.strips import changed_rows, row_strip

TRUECOLOR = PALETTES["truecolor"]


def every_slot():
    cells = blank(1, slots.N_SLOTS)
    cells.glyphs[:] = "x"
    cells.foreground[:] = np.arange(slots.N_SLOTS)
    return cells


def bytes_of_an_app(monkeypatch, color_system, palette, ansi_color):
    """Return an app that shows every slot and the list of what its driver writes."""
    written = []

    class Capture(HeadlessDriver):
        is_headless = False

        def write(self, data):
            written.append(data)

    class View(Widget):
        def render_line(self, y):
            return row_strip(every_slot(), 0, palette, Style()) if y == 0 else super().render_line(y)

    class Shown(App):
        def compose(self):
            yield View()

    monkeypatch.setattr("textual.app.constants.COLOR_SYSTEM", color_system)
    return Shown(driver_class=Capture, ansi_color=ansi_color), written


@pytest.mark.parametrize("ansi_color", [False, True, None])
@pytest.mark.parametrize(
    ("color_system", "depth"),
    [("truecolor", "truecolor"), ("256", "256"), ("standard", "16"), ("truecolor", "256"), ("256", "16")],
)
async def test_the_exact_colors_reach_the_terminal(monkeypatch, color_system, depth, ansi_color):
    palette = PALETTES[depth]
    app, written = bytes_of_an_app(monkeypatch, color_system, palette, ansi_color)
    async with app.run_test(headless=False, size=(slots.N_SLOTS, 2)) as pilot:
        await pilot.pause()
    screen = "".join(written)
    for slot in range(slots.N_SLOTS):
        codes = sgr(palette, slot, -1)
        assert re.search(rf"\x1b\[{codes}mx" if codes else r"(^|0m)x", screen), (slot, codes)


def test_a_row_of_one_look_is_one_segment():
    assert len(list(row_strip(text_line("hello", 20, slots.DIM), 0, TRUECOLOR))) == 1
    assert row_strip(text_line("hello", 20), 0, TRUECOLOR).cell_length == 20


def test_default_slots_show_the_base_style():
    base = Style.parse("white on blue")
    (words, *_), (spaces, *_) = (
        row_strip(text_line("ab", 4), 0, TRUECOLOR, base),
        row_strip(blank(1, 4), 0, TRUECOLOR, base),
    )
    assert words.style.color == base.color
    assert words.style.bgcolor == base.bgcolor
    assert spaces.style.bgcolor == base.bgcolor
    assert spaces.style.color is None


def test_the_terminals_own_background_costs_nothing():
    base = Style.parse("default on default")
    assert next(iter(row_strip(text_line("ab", 2), 0, TRUECOLOR, base))).style == Style()


def test_a_background_that_has_a_number_is_sent_as_that():
    base = Style.parse("#ffffff on #121212")
    style = next(iter(row_strip(text_line("ab", 2), 0, TRUECOLOR, base))).style
    assert style.bgcolor.get_ansi_codes(False) == ("48", "5", "233")


def test_wide_characters_keep_the_strip_as_long_as_the_row():
    strip = row_strip(text_line("漢字", 6), 0, TRUECOLOR)
    assert strip.cell_length == 6 == sum(segment.cell_length for segment in strip)


def test_only_rows_that_differ_are_reported():
    old, new = blank(4, 5), blank(4, 5)
    new.glyphs[1, 2] = "x"
    new.background[3, 0] = 7
    assert changed_rows(old, new) == [1, 3]
    assert changed_rows(old, old) == []


def test_a_new_size_changes_every_row():
    assert changed_rows(blank(4, 5), blank(3, 5)) == [0, 1, 2]
    assert changed_rows(None, blank(2, 5)) == [0, 1]
