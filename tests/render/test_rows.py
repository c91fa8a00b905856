"""Rows of labels and values: nothing of a text is cut while there is room for more lines."""

from __future__ import annotations

import pytest

from tui_nn.render.cells import blank
from tui_nn.render.palette import palette_for
from tui_nn.render.rows import Row, first_around, mark_more, rows_height, rows_view

PALETTE = palette_for("mono")
NOTE = "XOR of the signs: the classic problem that a single neuron cannot learn."
ROWS = [Row("xor", "xor", NOTE), Row("moons", "moons", "Two half circles.")]


def lines(rows: list[Row], height: int, width: int, cursor: int | None = None) -> list[str]:
    return rows_view(rows, PALETTE, height, width, cursor=cursor).lines()


def test_a_long_value_goes_on_below_itself_where_there_is_room_beside_the_labels() -> None:
    drawn = lines(ROWS, 6, 40)

    assert [line.rstrip() for line in drawn] == [
        "xor    XOR of the signs: the classic",
        "       problem that a single neuron",
        "       cannot learn.",
        "moons  Two half circles.",
        "",
        "",
    ]


@pytest.mark.parametrize("width", [12, 20, 30, 44, 60, 76])
def test_every_word_is_there_at_any_width(width: int) -> None:
    words = " ".join(" ".join(lines(ROWS, rows_height(ROWS, width), width)).split())

    assert words == f"xor {NOTE} moons Two half circles."


def test_a_value_that_nearly_fits_keeps_to_its_line() -> None:
    rows = [Row("a", "a long label here", "1"), Row("b", "loss", "auto (something)")]

    drawn = lines(rows, 2, 30)

    assert drawn[1].rstrip().endswith("auto (something)")
    assert "loss" in drawn[1]


def test_a_list_is_as_high_as_its_lines() -> None:
    assert rows_height(ROWS, 40) == 4
    assert rows_height([], 40) == 0


@pytest.mark.parametrize("cursor", range(8))
def test_the_row_under_the_cursor_is_seen_whole(cursor: int) -> None:
    rows = [Row(str(i), f"row {i}", f"{i} " + "is a text of many words, " * 3) for i in range(8)]

    shown = " ".join(" ".join(lines(rows, 7, 42, cursor)).replace("▴", "").replace("▾", "").split())

    assert f"row {cursor} " + " ".join(rows[cursor].value.split()) in shown


@pytest.mark.parametrize(
    ("cursor", "above", "below"), [(0, False, True), (3, False, True), (100, True, True), (199, True, False)]
)
def test_marks_tell_on_which_sides_there_are_more_rows(cursor: int, above: bool, below: bool) -> None:
    rows = [Row(str(i), f"row {i:03}", "a value") for i in range(200)]

    drawn = lines(rows, 10, 30, cursor)

    assert f"row {cursor:03}" in "".join(drawn)
    assert (PALETTE.glyphs.more_above in drawn[0], PALETTE.glyphs.more_below in drawn[-1]) == (above, below)
    assert all(line.startswith("row ") for line in drawn)


def test_without_a_cursor_the_help_leaves_its_lines_to_rows() -> None:
    rows = [Row(str(i), f"row {i}", str(i), help="A sentence that takes lines. " * 3) for i in range(9)]

    at_rest, in_use = lines(rows, 6, 30), lines(rows, 6, 30, cursor=0)

    assert [line.split()[1] for line in at_rest] == ["0", "1", "2", "3", "4", "5"]
    assert [line.split()[0] for line in in_use[:4]] == ["row", "row", "row", "A"]


@pytest.mark.parametrize("width", [32, 34, 56, 90])
def test_values_begin_in_one_column_beside_a_single_longer_label(width: int) -> None:
    rows = [
        Row("output", "output", "auto (sigmoid)", letter="o"),
        Row("penalty", "regularization", "none", letter="r"),
        Row("loss", "loss", "mse"),
        Row("goal", "stop at accuracy", "none"),
    ]

    drawn = [
        rows_view(rows, PALETTE, 9, width, cursor=at, shows_letters=True).lines()[at].rstrip()
        for at in range(len(rows))
    ]

    begins = {line.rindex(row.value) for row, line in zip(rows[:3], drawn, strict=False)}
    assert len(begins) == 1
    assert "stop at accuracy " in drawn[3]
    assert drawn[3].endswith(" none")


@pytest.mark.parametrize(("chosen", "first"), [(None, 0), (0, 0), (2, 0), (3, 1), (7, 5), (8, 5), (9, 5)])
def test_the_chosen_row_is_in_the_middle_but_at_the_ends_of_a_list(chosen: int | None, first: int) -> None:
    assert first_around(chosen, 10, 5) == first


def test_a_list_that_has_room_is_shown_from_its_first_row() -> None:
    assert first_around(3, 4, 5) == 0


def test_marks_stand_where_a_list_goes_on() -> None:
    canvas = blank(4, 2)

    mark_more(canvas, PALETTE, 1, (1, 3), (True, False))

    assert canvas.lines() == ["  ", f" {PALETTE.glyphs.more_above}", "  ", "  "]
