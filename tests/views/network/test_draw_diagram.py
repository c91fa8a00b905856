from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_nn.render import slots
from tui_nn.render.ansi import to_text
from tui_nn.render.palette import PALETTES
from tui_nn.views.network.draw_diagram import network, plan_network
from tui_nn.views.network.draw_highlight import Highlight
from tui_nn.views.network.draw_layer import Layer, largest_weight, strongest_units
from tui_nn.views.network.draw_layout import row_shares

TRUECOLOR, ASCII, MONO = PALETTES["truecolor"], PALETTES["ascii"], PALETTES["mono"]


def a_network(*sizes, seed=0):
    rng = np.random.default_rng(seed)
    layers = []
    for index, units in enumerate(sizes):
        last = index == len(sizes) - 1
        layers.append(
            Layer(
                "input" if index == 0 else "output" if last else f"hidden {index}",
                "in" if index == 0 else "out" if last else f"h{index}",
                units,
                note="" if index == 0 else "tanh",
                maps=rng.uniform(-1, 1, (units, 12, 12)),
                activations=rng.uniform(-1, 1, units),
                biases=None if index == 0 else rng.normal(size=units),
            )
        )
    weights = [rng.normal(size=pair) for pair in itertools.pairwise(sizes)]
    return layers, weights


def text_of(drawing):
    return "\n".join(drawing.cells.lines())


@pytest.mark.parametrize("size", [(20, 42), (22, 58), (48, 98)])
def test_up_to_eight_neurons_and_six_hidden_layers_all_have_maps(size):
    drawing = network(*a_network(7, 8, 8, 8, 8, 8, 8, 2), TRUECOLOR, *size)
    assert len(drawing.nodes) == 7 + 6 * 8 + 2
    assert all(node.samples >= 2 for node in drawing.nodes)
    assert drawing.layout.map_width >= 2


@pytest.mark.parametrize("sizes", [(2, 4, 2, 1), (2, 8, 8, 3), (7, 8, 8, 8, 8, 8, 8, 2), (4, 30, 10), (2, 1)])
@pytest.mark.parametrize("palette", [TRUECOLOR, ASCII], ids=["truecolor", "ascii"])
@pytest.mark.parametrize("size", [(20, 42), (22, 58), (48, 98)])
def test_nodes_lie_inside_apart_and_in_order(sizes, palette, size):
    nodes = network(*a_network(*sizes), palette, *size).nodes
    covered = np.zeros(size, dtype=int)
    for node in nodes:
        covered[node.row : node.row + node.height, node.left : node.left + node.width] += 1
        assert node.row <= node.port < node.row + node.height
        assert node.row + node.height <= size[0]
        assert node.left + node.width <= size[1]
    assert covered.max() == 1
    assert [(n.column, n.unit) for n in nodes] == sorted((n.column, n.unit) for n in nodes)


def test_each_node_shows_its_own_map():
    layers, weights = a_network(1, 1)
    layers[0].maps[0][:, :6], layers[0].maps[0][:, 6:] = -1.0, 1.0
    drawing = network(layers, weights, TRUECOLOR, 10, 40)
    node = drawing.nodes[0]
    row = drawing.cells.background[node.row, drawing.layout.columns[0].map_left :]
    width = drawing.layout.map_width
    assert row[0] == 0
    assert row[width - 1] == 16


def test_a_node_of_one_row_has_a_map_in_both_of_its_halves():
    layers, weights = a_network(2, 12, 1)
    layers[1].maps[:, :6], layers[1].maps[:, 6:] = 1.0, -1.0
    drawing = network(layers, weights, TRUECOLOR, 20, 42)
    column = drawing.layout.columns[1]
    for node in column.nodes:
        assert node.height == 1
        place = np.s_[node.row, column.map_left : column.map_right]
        assert (drawing.cells.foreground[place] == 16).all()
        assert (drawing.cells.background[place] == 0).all()


def test_a_node_of_one_row_without_a_map_has_the_color_of_its_activation_and_a_gap_below():
    layers, weights = a_network(2, 12, 1)
    layers[1] = Layer("h", "h", 12, activations=np.ones(12))
    drawing = network(layers, weights, TRUECOLOR, 20, 42)
    column = drawing.layout.columns[1]
    for node in column.nodes:
        place = np.s_[node.row, column.map_left : column.map_right]
        assert (drawing.cells.foreground[place] == 16).all()
        assert (drawing.cells.background[place] == -1).all()


@pytest.mark.parametrize("palette", [TRUECOLOR, ASCII], ids=["truecolor", "ascii"])
@pytest.mark.parametrize("hidden", [(64, 64), (16, 16), (10,)])
def test_of_a_wide_layer_in_a_small_window_so_many_are_shown_as_stand_apart(palette, hidden):
    columns = network(*a_network(2, *hidden, 1), palette, 11, 34).layout.columns
    for column in columns[1:-1]:
        rows = [node.row for node in column.nodes]
        assert len(rows) == 4
        assert column.hidden_count == hidden[0] - 4
        assert set(np.diff(rows)) == {2}
        assert all(node.samples == 3 for node in column.nodes)
        assert rows[-1] + 2 == 9  # the last row of the body is for the count of the others


def test_of_many_neurons_the_strongest_are_shown_and_the_rest_counted():
    layers, weights = a_network(2, 100, 1)
    weights[1][:] = 0.01
    weights[1][77] = 5.0
    drawing = network(layers, weights, TRUECOLOR, 20, 42)
    units = [node.unit for node in drawing.nodes if node.column == 1]
    assert 77 in units
    assert f"+{100 - len(units)}" in text_of(drawing)


def test_the_selected_neuron_is_shown_however_weak_it_is():
    layers, weights = a_network(2, 100, 1)
    weights[1][5] = 0.0
    drawing = network(layers, weights, TRUECOLOR, 20, 42, selected=(1, 5))
    assert 5 in [node.unit for node in drawing.nodes if node.column == 1]


def test_the_strongest_units_keep_their_order():
    weights = [np.array([[1.0], [9.0], [5.0], [7.0]])]
    assert strongest_units(weights, 0, 4, 3) == [1, 3]
    assert strongest_units(weights, 0, 4, 3, keep=0) == [0, 1]
    assert strongest_units(weights, 0, 4, 4) == [0, 1, 2, 3]
    assert strongest_units([np.array([[1.0, 3.0, 2.0]])], 1, 3, 2) == [1]


def test_the_selected_node_and_its_links_stand_out():
    layers, weights = a_network(2, 4, 2, 1)
    drawing = network(layers, weights, TRUECOLOR, 22, 58, selected=(1, 2))
    node = next(n for n in drawing.nodes if (n.column, n.unit) == (1, 2))
    assert (drawing.cells.background[node.port, node.left]) == slots.SELECTION
    gutter, width = drawing.layout.gutter(2)
    later = set(drawing.cells.foreground[2:18, gutter : gutter + width].ravel().tolist())
    assert later <= {-1, slots.LINK_MUTED}
    gutter, width = drawing.layout.gutter(0)
    earlier = set(drawing.cells.foreground[2:18, gutter : gutter + width].ravel().tolist())
    assert any(slots.link_slot(sign, level) in earlier for sign in (False, True) for level in range(3))


def test_layers_features_and_signs_are_named():
    layers, weights = a_network(2, 4, 2, 1)
    layers[0] = Layer("input", "in", 2, labels=["x", "sin y"], maps=layers[0].maps)
    text = text_of(network(layers, weights, TRUECOLOR, 22, 58, caption="activations: sample 3"))
    for words in ("input", "hidden 1", "hidden 2", "output", "tanh", "sin y", "activations: sample 3"):
        assert words in text
    assert "━━ -  ━━ +" in text


def test_named_outputs_are_named_beside_their_nodes():
    layers, weights = a_network(2, 4, 3)
    layers[2] = Layer("output", "out", 3, labels=["clubs", "hearts", "spades"], maps=layers[2].maps)
    text = text_of(network(layers, weights, TRUECOLOR, 22, 58))
    for name in ("clubs", "hearts", "spades"):
        assert name in text


def test_narrow_columns_have_short_titles():
    first = network(*a_network(2, 8, 8, 8, 8, 8, 8, 1), TRUECOLOR, 20, 42).cells.lines()[0]
    assert first.split() == ["in", "h1", "h2", "h3", "h4", "h5", "h6", "out"]


def test_bias_marks_tell_sign_and_size():
    layers, weights = a_network(2, 2, 1)
    layers[1] = Layer("h", "h", 2, biases=np.array([1.0, -1.0]), maps=layers[1].maps)
    drawing = network(layers, weights, MONO, 22, 58, link_scale=1.0)
    marks = [drawing.cells.glyphs[n.port + 1, n.left] for n in drawing.nodes if n.column == 1]
    assert marks == [MONO.glyphs.bias_positive[-1], MONO.glyphs.bias_negative[-1]]


def test_the_strips_show_every_activation():
    layers, weights = a_network(2, 8, 1)
    layers[1].activations[:] = [1, -1, 1, -1, 1, 1, 1, -1]
    drawing = network(layers, weights, TRUECOLOR, 20, 42)
    row = drawing.layout.strip_row
    left = drawing.layout.columns[1].map_left
    part = slice(left, left + 6)
    halves = set(drawing.cells.foreground[row, part].tolist() + drawing.cells.background[row, part].tolist())
    assert {0, 16} <= halves


def test_the_plan_says_how_large_the_maps_will_be():
    layers, weights = a_network(2, 4, 2, 1)
    layout, _ = plan_network(layers, weights, TRUECOLOR, 22, 58)
    drawn = network(layers, weights, TRUECOLOR, 22, 58).layout
    assert (layout.map_samples, layout.map_width) == (drawn.map_samples, drawn.map_width)
    assert layout.map_width >= 5


def test_the_largest_weight_is_finite_and_at_least_one():
    assert largest_weight([np.array([[0.1]])]) == 1.0
    assert largest_weight([np.array([[3.0, np.inf, np.nan]]), np.array([[-4.0]])]) == 4.0
    assert largest_weight([]) == 1.0


@settings(max_examples=80, deadline=None)
@given(
    st.integers(0, 26),
    st.integers(0, 70),
    st.sampled_from(sorted(PALETTES)),
    st.lists(st.integers(1, 20), min_size=1, max_size=8),
    st.booleans(),
)
def test_any_size_is_drawn(height, width, depth, sizes, strange):
    layers, weights = a_network(*sizes)
    if strange:
        for matrix in weights:
            matrix[:] = np.nan
        layers[-1].maps[:], layers[-1].activations[:] = np.inf, np.nan
    drawing = network(layers, weights, PALETTES[depth], height, width, selected=(0, 0))
    assert (drawing.cells.height, drawing.cells.width) == (height, width)
    if PALETTES[depth].is_ascii:
        assert to_text(drawing.cells, PALETTES[depth]).isascii()


def test_no_layers_are_no_network():
    assert network([], [], TRUECOLOR, 20, 40).nodes == ()


def test_what_is_lit_stands_out_and_the_rest_steps_back():
    layers, weights = a_network(2, 4, 3, 1)
    highlight = Highlight(layers=frozenset({1}), nodes=frozenset({(3, 0)}), gutters=frozenset({1}))
    drawing = network(layers, weights, TRUECOLOR, 22, 58, highlight=highlight)
    for node in drawing.nodes:
        label = drawing.layout.columns[node.column].left
        is_marked = drawing.cells.background[node.port, label] == slots.SELECTION
        assert is_marked == (node.column == 1 or (node.column, node.unit) == (3, 0))
    for index in range(3):
        left, width = drawing.layout.gutter(index)
        shown = drawing.cells.foreground[:, left + 3 : left + width - 3]
        assert (slots.LINK_MUTED in shown) == (index != 0)


def test_a_single_link_can_be_lit():
    muted = Highlight(links=frozenset({(1, 0, 2)})).muted(1, [0, 1], [0, 1, 2])
    assert muted.tolist() == [[True, True, False], [True, True, True]]


@pytest.mark.parametrize(
    ("height", "shares"), [(4, (0, 4, 0)), (5, (1, 4, 0)), (9, (1, 8, 0)), (10, (1, 8, 0)), (12, (1, 9, 1))]
)
def test_head_strips_and_caption_come_with_the_rows(height, shares):
    assert row_shares(height) == shares
