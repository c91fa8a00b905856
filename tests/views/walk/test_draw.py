from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_nn.render import slots
from tui_nn.render.palette import PALETTES
from tui_nn.views.walk.draw import code_rows, highlight_of, room_for_rows, stage_picture, stage_rows
from tui_nn.views.walk.values import PHASES, Code, Line, Spot, Stage

STAGE = Stage(
    kind="delta",
    layer=2,
    title="hidden 2: delta",
    words="Chain rule: the error from the layer above, times the slope of the activation.",
    formula="delta = dL/dz = dL/da slope,  slope = f'(z) = 1 - a²",
    lines=(
        Line("neuron         dL/da     slope     delta", "head"),
        Line("1            -0.0934   +0.9916   -0.0926"),
        Line("the slope, numbers filled in", "head"),
        Line("1    1 - (-0.0915)² = +0.9916", "result"),
    ),
)


def lines_of(height, width, stage=STAGE, top=0):
    return stage_picture(stage, 3, 12, PALETTES["truecolor"], height, width, top).lines()


def test_the_parts_of_the_walk_stand_on_top_with_the_one_under_way_marked():
    picture = stage_picture(STAGE, 3, 12, PALETTES["truecolor"], 20, 46, 0)
    first = picture.lines()[0]
    assert [word for word in first.split() if word in PHASES] == list(PHASES)
    assert first.rstrip().endswith("4/12")
    marked = "".join(np.array(list(first))[picture.background[0] == slots.SELECTION])
    assert marked.strip() == "backward"


def test_a_long_formula_breaks_between_its_parts():
    lines = lines_of(20, 46)
    assert lines[4].strip() == "delta = dL/dz = dL/da slope,"
    assert lines[5].strip() == "slope = f'(z) = 1 - a²"


def test_headings_get_room_only_where_all_fits():
    assert [text for text, _ in stage_rows(STAGE, 20, 46)][2] == ""
    assert all(text for text, _ in stage_rows(STAGE, 9, 46))


def test_what_is_left_out_is_counted():
    many = Stage("input", 0, "input: x", "", "x", tuple(Line(f"row {i}") for i in range(50)))
    lines = lines_of(20, 46, many, top=5)
    room = room_for_rows(20)
    assert lines[7].strip() == "row 5"
    assert lines[-1].strip() == f"▴ 5 above  ▾ {50 - 5 - (room - 1)} below"


def test_a_line_that_is_too_long_goes_on_below_without_losing_a_word():
    text = "1    ½ × (-0.9410) × (1 + tanh(√(2/π) × ((-0.9410) + 0.044715 × (-0.9410)³))) = -0.1633"
    stage = Stage("activations", 1, "", "", "", (Line(text),))
    rows = [row for row, _ in stage_rows(stage, 30, 40)]
    assert max(map(len, rows)) <= 40
    assert " ".join(" ".join(rows).split()) == " ".join(text.split())


def test_code_keeps_its_indentation_and_says_where_it_stands():
    code = {"f": Code("engine/x.py:7", ("def f(a, b):", "    return a + b"))}
    rows = [text for text, _ in code_rows(("f", "unknown"), code, 60)]
    assert rows == ["f  engine/x.py:7", "def f(a, b):", "    return a + b"]


def test_a_spot_lights_layers_links_and_single_ones():
    highlight = highlight_of(Spot(layers=(0, 1), links=(1,), nodes=((2, 0),), single_links=((2, 1, 0),)))
    assert highlight.has_node(0, 5)
    assert highlight.has_node(2, 0)
    assert not highlight.has_node(2, 1)
    assert not highlight.muted(1, [0, 1], [0, 1]).any()
    assert highlight.muted(2, [0, 1], [0]).tolist() == [[True], [False]]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 40), st.integers(0, 90), st.sampled_from(sorted(PALETTES)), st.integers(0, 9))
def test_any_size_can_be_drawn(height, width, palette, top):
    picture = stage_picture(STAGE, 3, 12, PALETTES[palette], height, width, top)
    assert picture.glyphs.shape == (height, width)


@pytest.mark.parametrize("width", [0, 1, 5, 30])
def test_code_of_any_width_ends(width):
    code = {
        "f": Code("p", ("x" * 50, "        " + "y" * 80, "")),
    }
    assert code_rows(("f",), code, width)
