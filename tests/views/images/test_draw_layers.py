from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.ansi import to_text
from tui_nn.render.palette import PALETTES
from tui_nn.views.images.draw_layers import layer_grids, layer_names

KINDS = ["truecolor", "16", "mono", "ascii"]
SIZES = [(0, 0), (1, 1), (2, 9), (5, 78), (17, 56), (27, 108), (27, 196), (4, 300), (60, 12)]
NETWORKS = {
    "shipped": [(256,), (128,), (10,)],
    "plain": [(128,), (10,)],
    "filters": [(8, 28, 28), (8, 14, 14), (16, 14, 14), (16, 7, 7), (10,)],
    "linear": [(10,)],
    "wide": [(2000,), (1,)],
    "deep": [(16,)] * 12,
    "one": [(1,), (1,)],
}


def activations(name):
    rng = np.random.default_rng(0)
    return [rng.normal(size=shape).astype(np.float32) for shape in NETWORKS[name]]


@pytest.mark.parametrize("palette", KINDS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NETWORKS)
def test_any_network_can_be_drawn_in_any_size(palette, size, name):
    cells = layer_grids(activations(name), PALETTES[palette], *size)

    assert (cells.height, cells.width) == size
    assert to_text(cells, PALETTES[palette]).isascii() or palette != "ascii"


def test_nothing_is_drawn_of_no_image():
    assert set("".join(layer_grids([], PALETTES["mono"], 5, 40).lines())) == {" "}


@pytest.mark.parametrize("palette", KINDS)
@pytest.mark.parametrize("size", [(5, 78), (17, 56), (17, 116), (27, 108)])
@pytest.mark.parametrize("name", ["shipped", "plain", "filters"])
def test_every_layer_is_named_at_each_size_of_the_screen(palette, size, name):
    words = "\n".join(layer_grids(activations(name), PALETTES[palette], *size).lines())
    long, short = layer_names(NETWORKS[name]), layer_names(NETWORKS[name], is_short=True)

    assert all(label in words for label in long) or all(label in words for label in short)


def test_layers_for_which_there_is_no_room_are_counted():
    line = layer_grids(activations("deep"), PALETTES["truecolor"], 6, 60).lines()[0]
    *shown, more = line.split()

    assert shown[0::2] == [f"{number}:" for number in range(1, len(shown) // 2 + 1)]
    assert more == f"+{12 - len(shown) // 2}"


@pytest.mark.parametrize("size", [(5, 78), (17, 56), (27, 108)])
def test_each_neuron_of_the_shipped_network_has_a_block_of_its_own(size):
    values = [np.arange(n, dtype=np.float32) % 7 for (n,) in NETWORKS["shipped"]]
    cells = layer_grids(values, PALETTES["truecolor"], *size)
    ground = np.stack([np.where(cells.glyphs == "▀", cells.foreground, cells.background), cells.background])
    colored = int((ground >= 0).sum())

    assert colored >= 256 + 128 + 10


def test_larger_rooms_give_larger_blocks():
    def filled(*size):
        return (layer_grids(activations("shipped"), PALETTES["truecolor"], *size).background >= 0).sum()

    assert filled(5, 78) < filled(17, 56) < filled(27, 108) < filled(27, 196)


def test_one_scale_holds_for_all_feature_maps_of_a_layer():
    values = [np.stack([np.full((4, 4), 1.0), np.full((4, 4), 0.01)]).astype(np.float32), np.ones(2, "f4")]
    cells = layer_grids(values, PALETTES["truecolor"], 20, 60)
    shown = set(cells.background[1:].ravel().tolist())

    assert {slots.ZERO, slots.SIGNED_STEPS - 1} <= shown


def test_numbers_that_are_none_break_nothing():
    layer_grids([np.full(16, np.nan, "f4"), np.full(10, np.inf, "f4")], PALETTES["truecolor"], 10, 60)


@pytest.mark.parametrize(
    ("palette", "size", "extent"),
    [
        ("truecolor", (7, 40), (12, 12)),
        ("truecolor", (6, 40), (8, 8)),
        ("truecolor", (10, 40), (16, 16)),
        ("truecolor", (10, 15), (12, 12)),
        ("ascii", (5, 40), (4, 8)),
        ("ascii", (8, 40), (4, 8)),
        ("ascii", (9, 40), (8, 16)),
        ("ascii", (5, 12), (4, 8)),
        ("ascii", (5, 7), (4, 4)),
    ],
)
def test_a_neuron_is_a_square_of_as_many_samples_as_fit(palette, size, extent):
    """Sixteen neurons stand 4 by 4; half a row is as high as a column is wide, and so are a row and two."""
    cells = layer_grids([np.linspace(0.5, 1, 16, dtype="f4")], PALETTES[palette], *size)
    below = (slice(1, None), slice(None))
    if palette == "ascii":
        is_drawn = cells.glyphs[below] != " "
    else:
        is_drawn = np.repeat(cells.background[below] >= 0, 2, axis=0)
    rows, columns = (np.flatnonzero(is_drawn.any(axis=side)) for side in (1, 0))

    assert (len(rows), len(columns)) == extent
