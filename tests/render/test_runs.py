from __future__ import annotations

import itertools

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


item = st.tuples(st.sampled_from("▀ █●x"), st.integers(-1, 4), st.integers(-1, 4))


@settings(max_examples=200, deadline=None)
@given(st.lists(item, min_size=1, max_size=40))
def test_runs_show_exactly_the_cells(items):
    runs = list(row_runs(cells_of(items), 0))
    seen = [(glyph, run.foreground, run.background) for run in runs for glyph in run.text]
    for (glyph, front, back), wanted in zip(seen, items, strict=True):
        assert (glyph, back) == (wanted[0], wanted[2])
        assert glyph == " " or front == wanted[1]


@settings(max_examples=200, deadline=None)
@given(st.lists(item, min_size=1, max_size=40))
def test_neighboring_runs_could_not_have_been_one(items):
    runs = list(row_runs(cells_of(items), 0))
    for left, right in itertools.pairwise(runs):
        assert left.background != right.background or left.foreground != right.foreground


def test_spaces_join_the_words_around_them():
    row = [("a", 3, 5), (" ", 0, 5), ("b", 3, 5), (" ", 1, 5)]
    assert list(row_runs(cells_of(row), 0)) == [("a b ", 3, 5)]


def test_an_empty_row_has_no_runs():
    assert list(row_runs(blank(1, 0), 0)) == []


def test_printed_text_resets_after_each_color():
    cells = cells_of([("a", slots.ACCENT, -1), ("b", -1, -1)])
    assert to_text(cells, TRUECOLOR) == "\x1b[38;5;204ma\x1b[0mb"
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
