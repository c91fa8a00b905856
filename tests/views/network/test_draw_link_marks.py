from __future__ import annotations

import itertools

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.palette import PALETTES
from tui_nn.views.network.draw_diagram import network
from tui_nn.views.network.draw_layer import Layer
from tui_nn.views.network.draw_link_marks import PERIOD, Flow, LinkMarks, link_rows
from tui_nn.views.network.values import CUT, FROZEN

NAMES = list(PALETTES)


def drawn(palette="truecolor", size=(24, 60), **options):
    layers = [
        Layer("input", "in", 2, activations=np.ones(2)),
        Layer("output", "out", 2, activations=np.ones(2), **options.pop("output", {})),
    ]
    weights = [np.array(options.pop("weights", [[1.0, -0.5], [0.2, 0.8]]))]
    return network(layers, weights, PALETTES[palette], *size, **options).cells


def text(cells):
    return "\n".join(cells.lines())


@pytest.mark.parametrize("name", NAMES)
def test_a_cut_link_is_still_seen_with_its_mark_and_the_word_for_it(name):
    held = LinkMarks(held=np.array([[CUT, 0], [0, 0]]))
    shown = drawn(name, weights=[[0.0, 0.0], [0.0, 0.0]], marks=[held])
    mark = PALETTES[name].glyphs.cut
    body = "\n".join(shown.lines()[2:-3])

    assert body.count(mark) == 1
    assert f"{mark} cut" in shown.lines()[-1]
    assert (shown.foreground == slots.LINK_MUTED).any()


@pytest.mark.parametrize("name", NAMES)
def test_a_frozen_link_keeps_its_line_and_gets_a_mark(name):
    plain, held = drawn(name), drawn(name, marks=[LinkMarks(held=np.array([[FROZEN, 0], [0, 0]]))])
    mark = PALETTES[name].glyphs.frozen

    assert mark in text(held)
    assert f"{mark} frozen" in held.lines()[-1]
    changed = (plain.glyphs != held.glyphs)[2:-3]
    assert changed.sum() == 1


@pytest.mark.parametrize("name", NAMES)
def test_frozen_and_cut_neurons_have_marks(name):
    output = {"frozen": np.array([True, False]), "cut": np.array([False, True])}
    shown = text(drawn(name, output=output))

    assert shown.count(PALETTES[name].glyphs.frozen) >= 2, "at the neuron, and in the legend"
    assert shown.count(PALETTES[name].glyphs.cut) >= 2


def test_nothing_held_has_no_legend():
    assert "cut" not in text(drawn())
    assert "frozen" not in text(drawn())


def marks(cells, glyph):
    return set(np.argwhere(cells.glyphs == glyph)[:, 1].tolist())


@pytest.mark.parametrize(("is_backward", "step"), [(False, 1), (True, -1)])
def test_marks_move_one_column_at_a_time(is_backward, step):
    glyph = PALETTES["truecolor"].glyphs.flow[int(not is_backward)]
    carried = [LinkMarks(carried=np.array([[1.0, 0.0], [0.0, -0.7]]))]
    places = [
        marks(drawn(marks=carried, flow=Flow(phase, is_backward)), glyph) for phase in range(PERIOD + 1)
    ]

    inner = [
        {column + step for column in before if 15 < column < 45} <= after
        for before, after in itertools.pairwise(places)
    ]
    assert all(inner)
    assert places[0] == places[PERIOD]


def test_what_carries_little_has_no_marks_and_the_sign_has_its_color():
    carried = [LinkMarks(carried=np.array([[1.0, 0.01], [0.0, -0.7]]))]
    shown = drawn(marks=carried, flow=Flow(0))
    glyph = PALETTES["truecolor"].glyphs.flow[1]
    colors = shown.foreground[shown.glyphs == glyph]

    assert set(colors.tolist()) == {slots.link_slot(True, 2), slots.link_slot(False, 2)}


@pytest.mark.parametrize("strange", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_none_are_not_marked(strange):
    carried = [LinkMarks(carried=np.full((2, 2), strange))]

    assert PALETTES["truecolor"].glyphs.flow[1] not in text(drawn(marks=carried, flow=Flow(0)))


@pytest.mark.parametrize("name", NAMES)
def test_the_chosen_link_lies_above_all_others(name):
    shown = drawn(name, chosen=(1, 1, 0), weights=[[9.0, 9.0], [0.0, 9.0]])

    columns = np.flatnonzero((shown.foreground == slots.ACCENT).any(axis=0))
    assert len(columns) > 5
    assert (np.diff(columns) == 1).all()


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (3, 200), (60, 8), (12, 14)])
@pytest.mark.parametrize("name", NAMES)
def test_any_size_is_drawn(name, size):
    held = LinkMarks(held=np.array([[CUT, FROZEN], [0, CUT]]), carried=np.ones((2, 2)))
    output = {"frozen": np.array([True, False]), "cut": np.array([False, True])}
    shown = drawn(name, size, marks=[held], flow=Flow(3), chosen=(1, 0, 0), output=output)

    assert shown.glyphs.shape == size
    if PALETTES[name].is_ascii and size != (1, 1):
        assert text(shown).isascii()


def test_a_link_is_halfway_in_the_middle_and_arrives():
    rows = link_rows(np.array([0, 30]), np.array([20, 10]), np.array([0.0, 0.5, 1.0]))
    assert rows.tolist() == [[0, 10, 20], [30, 20, 10]]
