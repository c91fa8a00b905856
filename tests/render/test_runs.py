from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_nn.render import slots
from tui_nn.render.ansi import sgr, to_text
from tui_nn.render.cells import Cells, blank
from tui_nn.render.palette import PALETTES
from tui_nn.render.runs import row_runs

TRUECOLOR, MONO = PALETTES["truecolor"], PALETTES["mono"]


def cells_of(items):
    glyphs, front, back = zip(*items, strict=True)
    return Cells(
        np.array([glyphs], dtype="<U1"), np.array([front], dtype=np.int16), np.array([back], dtype=np.int16)
    )


def shown(glyph, front, back):
    """Return what a person sees: the slots of the upper and lower half, or the glyph in its colors."""
    if glyph == " ":
        return back, back
    if glyph == "█":
        return front, front
    if glyph == "▀":
        return front, back
    if glyph == "▄":
        return back, front
    return glyph, front, back


item = st.tuples(st.sampled_from("▀▄ █●x"), st.integers(0, 4), st.integers(-1, 4))


@settings(max_examples=300, deadline=None)
@given(st.lists(item, min_size=1, max_size=40))
def test_runs_show_exactly_the_cells(items):
    runs = list(row_runs(cells_of(items), 0, TRUECOLOR))
    seen = [shown(glyph, run.foreground, run.background) for run in runs for glyph in run.text]
    assert seen == [shown(*each) for each in items]


@settings(max_examples=100, deadline=None)
@given(st.lists(item, min_size=1, max_size=40))
def test_without_colored_blocks_no_glyph_is_replaced(items):
    runs = list(row_runs(cells_of(items), 0, MONO))
    assert "".join(run.text for run in runs) == "".join(glyph for glyph, _, _ in items)


def test_a_moving_edge_between_two_colors_is_one_run():
    row = [(" ", -1, 3), ("▀", 5, 3), ("▀", 3, 5), (" ", -1, 5)]
    assert len(list(row_runs(cells_of(row), 0, TRUECOLOR))) == 1


def test_an_empty_row_has_no_runs():
    assert list(row_runs(blank(1, 0), 0, TRUECOLOR)) == []


def test_printed_text_resets_after_each_color():
    cells = cells_of([("a", slots.ACCENT, -1), ("b", -1, -1)])
    assert to_text(cells, TRUECOLOR) == "\x1b[38;2;240;98;146ma\x1b[0mb"
    assert to_text(cells, TRUECOLOR, styled=False) == "ab"


@pytest.mark.parametrize(
    ("depth", "codes"),
    [("truecolor", "38;2;169;81;10"), ("256", "38;5;130"), ("16", "33"), ("mono", ""), ("ascii", "")],
)
def test_each_depth_writes_its_own_colors(depth, codes):
    assert sgr(PALETTES[depth], 0, -1) == codes


def test_bright_colors_have_their_own_codes():
    assert sgr(PALETTES["16"], slots.SIGNED_STEPS - 1, slots.MISSING) == "94;100"


def test_without_color_the_selection_is_reversed_and_titles_are_bold():
    assert sgr(MONO, slots.TITLE, slots.SELECTION) == "1;7"
