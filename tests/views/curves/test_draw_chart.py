from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_nn.render import slots
from tui_nn.render.palette import PALETTES
from tui_nn.views.curves import draw_chart as module
from tui_nn.views.curves.draw_series import Curve
from tui_nn.views.curves.panel import new_figure

TRUECOLOR, ASCII, MONO = PALETTES["truecolor"], PALETTES["ascii"], PALETTES["mono"]


def curves(*given, **options):
    return module.curves(*given, new_figure=new_figure, **options)


def train_and_test(train, test=()):
    return [
        Curve("train", np.arange(len(train), dtype=float), np.array(train, dtype=float), slots.TRAIN),
        Curve("test", np.arange(len(test), dtype=float), np.array(test, dtype=float), slots.TEST),
    ]


def rising(count=50):
    return train_and_test(np.linspace(0, 1, count), np.linspace(0, 0.5, count))


def test_each_line_has_its_own_color_and_a_named_entry_above():
    cells = curves(rising(), TRUECOLOR, 10, 60, title="accuracy")
    assert cells.lines()[0].startswith("accuracy")
    assert cells.lines()[0].endswith("⠤⠤⠤ train 1  ⠤ ⠤ test 0.5")
    below = set(cells.foreground[1:].ravel().tolist())
    assert below == {-1, slots.TRAIN, slots.TEST, slots.AXIS, slots.DIM}


def test_a_rising_line_ends_at_the_upper_right():
    cells = curves(rising(), TRUECOLOR, 10, 60)
    line = np.argwhere(cells.foreground == slots.TRAIN)
    assert line[line[:, 1] == 59][:, 0].tolist() == [1]


def test_the_axes_name_round_values():
    lines = curves(rising(101), ASCII, 12, 60).lines()
    assert any(line.startswith("  1") for line in lines)
    assert any(line.startswith("0.4") for line in lines)
    assert lines[-1].split() == ["0", "20", "40", "60", "100", "steps"]


def test_a_narrow_chart_drops_the_values_and_then_the_legend():
    assert curves(rising(), TRUECOLOR, 8, 30, title="accuracy").lines()[0].endswith("⠤⠤⠤ train  ⠤ ⠤ test")
    assert curves(rising(), TRUECOLOR, 8, 20, title="accuracy").lines()[0].strip() == "accuracy"


def test_without_color_the_lines_differ_by_glyph():
    train, test = set(), set()
    cells = curves(rising(), MONO, 10, 60)
    for row, column in np.argwhere(cells.foreground == slots.TRAIN):
        train.add(cells.glyphs[row, column])
    for row, column in np.argwhere(cells.foreground == slots.TEST):
        test.add(cells.glyphs[row, column])
    assert train
    assert test
    assert not train & test


def test_in_ascii_everything_is_ascii():
    assert "".join(curves(rising(), ASCII, 10, 60, title="loss").lines()).isascii()


def test_a_second_drawing_is_the_same_as_the_first():
    first, second = (curves(rising(), TRUECOLOR, 10, 60, log=True) for _ in range(2))
    assert first.lines() == second.lines()


def test_the_recent_part_begins_where_asked():
    assert curves(rising(101), ASCII, 10, 60, since=60).lines()[-1].split()[0] == "60"


def test_nothing_to_draw_is_said_in_words():
    assert any("no data yet" in line for line in curves(train_and_test([]), TRUECOLOR, 6, 40).lines())
    assert any("no data yet" in line for line in curves([], TRUECOLOR, 6, 40).lines())


def test_a_large_chart_is_as_large_as_asked():
    cells = curves(rising(), TRUECOLOR, 90, 290)
    assert (cells.foreground[1:] == slots.TRAIN).any(axis=0).sum() > 250


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(
    "values",
    [
        [1.0],
        [0.0, 0.0],
        [np.inf, 1.0],
        [np.nan] * 3,
        [1e300, 1.0],
        [1e308, -1e308],
        [0.5, 1e-300],
        [-1.0, -2.0],
        [5e-324, 5e-324],
    ],
)
def test_strange_numbers_are_drawn(values, log):
    for _ in range(2):
        cells = curves(train_and_test(values, values[::-1]), TRUECOLOR, 8, 40, log=log)
        assert (cells.height, cells.width) == (8, 40)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=30),
    st.integers(0, 8),
    st.integers(0, 40),
    st.sampled_from(sorted(PALETTES)),
    st.booleans(),
)
def test_any_size_and_any_numbers_are_drawn(values, height, width, depth, log):
    cells = curves(train_and_test(values), PALETTES[depth], height, width, title="loss", log=log)
    assert (cells.height, cells.width) == (height, width)


def dots_of(cells, slot):
    return {tuple(place) for place in np.argwhere(cells.foreground == slot).tolist()}


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_two_equal_curves_are_both_seen(palette):
    values = np.linspace(0, 1, 200)
    cells = curves(train_and_test(values, values), palette, 6, 40)
    train, test = dots_of(cells, slots.TRAIN), dots_of(cells, slots.TEST)
    assert len(train) >= 10
    assert len(test) >= 10


def test_both_figures_draw_the_same():
    own = module.curves(rising(), TRUECOLOR, 9, 50, new_figure=new_figure)
    plain = module.curves(rising(), TRUECOLOR, 9, 50, new_figure=module.plotext_figure)
    assert own.lines() == plain.lines()
    assert (own.foreground == plain.foreground).all()


def test_a_figure_is_asked_for_only_when_there_is_a_curve():
    module.curves(train_and_test([]), TRUECOLOR, 6, 40, new_figure=lambda: pytest.fail("not needed"))


@pytest.mark.parametrize("height", [5, 6, 8])
def test_a_low_chart_names_round_values_at_both_ends_of_its_axis(height):
    lines = curves(train_and_test([0.72, 0.6, 0.45]), ASCII, height, 32).lines()
    labels = [line.split("+")[0].strip() for line in lines[1:-1] if "+" in line]
    assert float(labels[0]) >= 0.72
    assert float(labels[-1]) <= 0.45
    assert float(labels[-1]) > 0
    assert len(labels) >= 2


def test_the_steps_are_named_with_their_number():
    assert curves(rising(1057), ASCII, 6, 32).lines()[-1].endswith("1,056 steps")
