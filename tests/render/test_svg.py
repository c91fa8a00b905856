from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, fill, write
from tui_nn.render.palette import MONO, TRUECOLOR
from tui_nn.render.svg import CELL_HEIGHT, CELL_WIDTH, GROUND, INK, MARGIN, cells_as_svg
from tui_nn.render.svg_glyphs import boxes

SVG = "{http://www.w3.org/2000/svg}"


def parsed(cells: Cells, title: str = "map") -> ElementTree.Element:
    return ElementTree.fromstring(cells_as_svg(cells, TRUECOLOR, title))


def test_the_picture_has_the_size_of_its_cells_and_its_own_ground() -> None:
    root = parsed(blank(3, 10))
    ground = root.find(f"{SVG}rect")

    assert root.get("width") == str(10 * CELL_WIDTH + 2 * MARGIN)
    assert root.get("height") == str(3 * CELL_HEIGHT + 2 * MARGIN)
    assert ground is not None
    assert ground.get("fill") == GROUND


def test_a_row_of_blocks_is_one_rectangle_in_its_color() -> None:
    cells = blank(1, 6)
    fill(cells, 0, 1, 1, 4, "▄", slots.class_slot(1, 3))
    paths = parsed(cells).findall(f".//{SVG}path")

    assert [(path.get("fill"), path.get("d")) for path in paths] == [("#1f78b8", "m8 8h32v8h-32z")]


def test_rectangles_of_one_color_begin_from_each_other() -> None:
    cells = blank(2, 3)
    fill(cells, 0, 2, 1, 1, "█", slots.class_slot(1, 3))
    fill(cells, 1, 0, 1, 1, "█", slots.class_slot(1, 3))
    path = parsed(cells).find(f".//{SVG}path")

    assert path is not None
    assert path.get("d") == "m16 0h8v16h-8zm-16 16h8v16h-8z"


def test_a_background_lies_below_what_is_drawn_on_it() -> None:
    cells = blank(1, 2, background=slots.class_slot(0, 3))
    fill(cells, 0, 0, 1, 1, "█", slots.class_slot(1, 3))

    assert [path.get("fill") for path in parsed(cells).findall(f".//{SVG}path")] == ["#e07b16", "#1f78b8"]


def test_words_keep_to_their_cells_and_stay_words() -> None:
    cells = blank(1, 20)
    write(cells, 0, 2, "a<b & 犬 c")
    texts = parsed(cells, "<&>").findall(f"{SVG}text")

    assert [(text.get("x"), text.get("textLength"), text.text) for text in texts] == [
        ("16", "24", "a<b"),
        ("48", "8", "&"),
        ("64", "16", "犬"),
        ("88", "8", "c"),
    ]
    assert {text.get("fill") for text in texts} == {INK}


def test_a_slot_that_is_reversed_changes_ground_and_ink() -> None:
    cells = blank(1, 1)
    write(cells, 0, 0, "x", slots.SELECTED, slots.SELECTION)
    drawn = cells_as_svg(cells, MONO, "x")

    assert f'<path fill="{INK}"' in drawn
    assert f'fill="{GROUND}">x<' in drawn


@pytest.mark.parametrize(
    ("glyph", "area"),
    [("█", 1.0), ("▀", 0.5), ("▄", 0.5), ("▐", 0.5), ("▌", 0.5), ("▟", 0.75), ("▚", 0.5), ("⠁", 1 / 32)],
)
def test_a_block_covers_its_part_of_the_cell(glyph: str, area: float) -> None:
    assert sum(width * height for *_, width, height in boxes(glyph)) == pytest.approx(area)


@pytest.mark.parametrize("glyph", ["a", " ", "", "●", "犬"])
def test_all_else_is_text(glyph: str) -> None:
    assert boxes(glyph) == ()
