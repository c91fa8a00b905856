from __future__ import annotations

import re

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.ansi import to_text
from tui_nn.render.gallery import confusion_table, fitting_tile, gallery, table_layout, tiles_that_fit
from tui_nn.render.palette import PALETTES

KINDS = ["truecolor", "16", "mono", "ascii"]
SIZES = [(0, 0), (1, 1), (3, 120), (40, 1), (8, 14), (12, 40), (18, 78), (30, 118), (40, 120)]
NAMES = tuple("0123456789")


def images(count, side=28):
    return np.random.default_rng(0).random((count, side, side))


@pytest.mark.parametrize("palette", KINDS)
@pytest.mark.parametrize(("height", "width"), SIZES)
@pytest.mark.parametrize("count", [0, 1, 7, 120])
def test_any_number_of_images_in_any_size_can_be_drawn(palette, height, width, count):
    for captions in [(), [f"{n} > 3 99 %" for n in range(count)]]:
        for first in (0, count // 2, count + 5):
            cells = gallery(images(count), captions, PALETTES[palette], height, width, first=first)

            assert (cells.height, cells.width) == (height, width)
            assert to_text(cells, PALETTES[palette]).isascii() or palette != "ascii"


def test_tiles_that_fit_are_counted_with_their_gaps():
    # Tiles of 14 x 7 cells, one column between them, a line of words and an empty row below.
    assert tiles_that_fit(17, 44, 14, True) == (3, 2)
    assert tiles_that_fit(16, 43, 14, True) == (2, 1)
    assert tiles_that_fit(15, 44, 14, False) == (3, 2)
    assert tiles_that_fit(0, 0, 14, True) == (0, 0)


@pytest.mark.parametrize(
    ("count", "size", "tile"),
    [
        (256, (55, 196), 28),  # six across and three down, drawn in full
        (256, (31, 116), 14),  # four across and two down would be too few
        (6, (31, 116), 28),  # but for six they are enough
        (2, (31, 116), 56),
        (256, (19, 76), 14),
        (0, (0, 0), 14),
    ],
)
def test_tiles_are_as_large_as_leaves_enough_of_them(count, size, tile):
    assert fitting_tile(count, (28, 28), *size, False) == (tile if count else 56)


def test_small_kernels_get_large_tiles():
    assert fitting_tile(8, (3, 3), 55, 196, False) == 42


def test_an_image_larger_than_its_tile_is_averaged():
    lattice = np.indices((28, 28)).sum(axis=0) % 2 * 1.0
    cells = gallery(lattice[None], (), PALETTES["truecolor"], 7, 14, scale=1.0)

    assert len(set(cells.background.ravel().tolist())) == 1, "grey all over, not every other pixel"


@pytest.mark.parametrize("palette", KINDS)
def test_each_image_has_its_caption_below_in_reading_order(palette):
    captions = [f"no. {n}" for n in range(20)]
    cells = gallery(images(20), captions, PALETTES[palette], 17, 44, first=4)

    shown = [re.findall(r"no\. \d+", line) for line in cells.lines()]
    assert [row for row in shown if row] == [["no. 4", "no. 5", "no. 6"], ["no. 7", "no. 8", "no. 9"]]
    assert cells.lines()[7].startswith("no. 4")
    assert cells.lines()[7][15:].startswith("no. 5")


def test_captions_that_are_too_long_end_in_an_ellipsis():
    assert (
        "twenty letter…"
        in gallery(images(1), ["twenty letters in all"], PALETTES["truecolor"], 9, 40).lines()[7]
    )


def test_the_selected_image_is_marked():
    cells = gallery(images(6), ["x"] * 6, PALETTES["truecolor"], 17, 44, selected=4)

    rows, columns = np.nonzero(cells.background == slots.SELECTION)
    assert set(rows.tolist()) == {16}
    assert columns.min() == 15


def test_no_image_is_said_in_words():
    assert "Nothing to show." in gallery(images(0), [], PALETTES["ascii"], 3, 40).lines()[0]


def confusion():
    counts = np.random.default_rng(1).integers(0, 12, size=(10, 10))
    np.fill_diagonal(counts, np.arange(950, 960))
    counts[3, 5] = 0
    return counts


@pytest.mark.parametrize("palette", KINDS)
@pytest.mark.parametrize(("height", "width"), [(11, 66), (20, 90), (40, 120), (12, 56)])
def test_the_counts_stand_at_their_true_class_and_answer(palette, height, width):
    counts = confusion()
    lines = confusion_table(counts, NAMES, PALETTES[palette], height, width).lines()

    layout = table_layout(NAMES, height, width)
    assert lines[0].split() == [*NAMES]
    for truth in range(10):
        name, *cells = lines[layout.row(truth)].split()
        assert name == NAMES[truth]
        assert [0 if cell in ("·", ".") else int(cell) for cell in cells] == counts[truth].tolist()


@pytest.mark.parametrize("palette", KINDS)
@pytest.mark.parametrize(("height", "width"), SIZES)
@pytest.mark.parametrize("n_classes", [0, 1, 2, 10, 26])
def test_a_table_of_any_size_can_be_drawn(palette, height, width, n_classes):
    counts = np.random.default_rng(2).integers(0, 3, size=(n_classes, n_classes))
    names = [f"class {n}" for n in range(n_classes)]
    cells = confusion_table(counts, names, PALETTES[palette], height, width, selected=(0, 1))

    assert (cells.height, cells.width) == (height, width)
    assert to_text(cells, PALETTES[palette]).isascii() or palette != "ascii"


def test_more_errors_have_a_stronger_color_and_right_answers_none():
    counts = np.diag([50, 50, 50])
    counts[0, 1], counts[0, 2], counts[1, 0] = 20, 5, 1
    cells = confusion_table(counts, "abc", PALETTES["truecolor"], 4, 40)

    def ground(truth, answer):
        return int(cells.background[1 + truth, 3 + answer * 8])

    assert ground(0, 1) < ground(0, 2) < ground(1, 0) < slots.ZERO + 1
    assert {ground(n, n) for n in range(3)} == {-1}
    assert ground(2, 0) == -1


def test_the_selected_cell_is_marked():
    cells = confusion_table(confusion(), NAMES, PALETTES["truecolor"], 20, 90, selected=(3, 5))

    assert set(np.nonzero(cells.background == slots.SELECTION)[0].tolist()) == {4}


def test_a_count_of_four_digits_is_in_thousands_where_cells_are_small():
    counts = np.diag([1135] * 10) + np.eye(10, k=1, dtype=np.int64) * 999
    small = confusion_table(counts, NAMES, PALETTES["mono"], 11, 43).lines()
    large = confusion_table(counts, NAMES, PALETTES["mono"], 11, 60).lines()

    assert small[1].split()[:3] == ["0", "1k", "999"]
    assert large[1].split()[:3] == ["0", "1135", "999"]


def test_a_table_grows_with_its_room_and_cuts_names_before_counts():
    small, large = table_layout(NAMES, 11, 43), table_layout(NAMES, 50, 120)
    assert (small.label, small.cell, small.rows) == (1, 4, 1)
    assert (large.label, large.cell, large.rows) == (1, 8, 3)
    assert table_layout(["Ankle boot"] * 10, 20, 48).label == 6
