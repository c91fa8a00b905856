from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render.cells import blank, fit, hstack, paste, stack, text_line, write


def test_a_blank_grid_has_the_asked_size_and_shows_nothing():
    cells = blank(2, 3)
    assert (cells.height, cells.width) == (2, 3)
    assert cells.lines() == ["   ", "   "]
    assert (cells.foreground == -1).all()
    assert (cells.background == -1).all()


def test_negative_sizes_count_as_zero():
    assert blank(-1, -5).glyphs.shape == (0, 0)


@pytest.mark.parametrize(("row", "column"), [(0, 0), (-1, -1), (1, 2), (5, 5), (-9, 0)])
def test_paste_clips_at_every_edge(row, column):
    canvas, piece = blank(3, 4), blank(2, 2)
    piece.glyphs[:] = "#"
    paste(canvas, piece, row, column)
    expected = sum(0 <= row + i < 3 and 0 <= column + j < 4 for i in range(2) for j in range(2))
    assert (canvas.glyphs == "#").sum() == expected


@pytest.mark.parametrize(("align", "line"), [("left", "ab   "), ("right", "   ab"), ("center", " ab  ")])
def test_text_is_aligned_within_its_width(align, line):
    assert text_line("ab", 5, align=align).lines() == [line]


def test_text_that_does_not_fit_ends_in_an_ellipsis():
    assert text_line("activation", 5).lines() == ["acti…"]


def test_text_is_clipped_at_both_ends_of_the_canvas():
    canvas = blank(1, 3)
    write(canvas, 0, -1, "abcdef")
    assert canvas.lines() == ["bcd"]
    write(canvas, 4, 0, "outside")
    assert canvas.lines() == ["bcd"]


def test_a_wide_character_takes_two_cells():
    cells = text_line("a漢b", 5)
    assert cells.glyphs[0].tolist() == ["a", "漢", "", "b", " "]


def test_half_of_a_wide_character_is_never_drawn():
    canvas = blank(1, 2)
    write(canvas, 0, 1, "漢")
    assert canvas.lines() == ["  "]


def test_control_characters_and_combining_marks_do_not_reach_the_screen():
    assert text_line("\x1b[2Je\u0301", 9).lines() == ["\\x1b[2Je "]


def test_stack_and_hstack_keep_every_piece():
    a, b = text_line("ab", 2), text_line("xyz", 3)
    assert stack(a, b).lines() == ["ab ", "xyz"]
    assert hstack(a, b, gap=1).lines() == ["ab xyz"]
    assert stack().glyphs.shape == (0, 0)


def test_fit_pads_and_crops():
    assert fit(text_line("abc", 3), 2, 2).lines() == ["ab", "  "]


def test_drawing_leaves_the_piece_alone():
    piece = text_line("ab", 2)
    canvas = hstack(piece, piece)
    canvas.glyphs[:] = "#"
    assert piece.lines() == ["ab"]
    assert np.shares_memory(piece.glyphs, canvas.glyphs) is False


def test_pieces_lie_below_and_beside_each_other_with_the_gap_between_them():
    pieces = [text_line("ab", 2), text_line("c", 1)]

    assert stack(*pieces, gap=1).lines() == ["ab", "  ", "c "]
    assert hstack(*pieces, gap=2).lines() == ["ab  c"]


def test_half_of_a_wide_character_at_an_edge_leaves_the_letters_beside_it():
    canvas = blank(2, 3)
    write(canvas, 0, -1, "漢bc")
    write(canvas, 1, 0, "ab漢")
    assert canvas.lines() == [" bc", "ab "]


def test_colors_lie_under_the_text_and_nowhere_else():
    canvas = blank(2, 8)
    write(canvas, 0, 2, "abc", 5, 7)
    write(canvas, 1, -1, "abc", 5)
    assert canvas.foreground.tolist() == [[-1, -1, 5, 5, 5, -1, -1, -1], [5, 5, -1, -1, -1, -1, -1, -1]]
    assert canvas.background.tolist() == [[-1, -1, 7, 7, 7, -1, -1, -1], [-1] * 8]


def test_text_without_a_background_keeps_the_one_that_is_there():
    canvas = blank(1, 4, 3)
    write(canvas, 0, 1, "ab", 5)
    assert canvas.background.tolist() == [[3, 3, 3, 3]]


@pytest.mark.parametrize(("align", "line"), [("left", ".ab..."), ("right", "...ab."), ("center", "..ab..")])
def test_text_is_aligned_from_its_column_on(align, line):
    canvas = blank(1, 6)
    canvas.glyphs[:] = "."
    write(canvas, 0, 1, "ab", width=4, align=align)
    assert canvas.lines() == [line]
