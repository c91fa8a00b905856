from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.histogram import area_by_decades, columns_of_glyphs, decades, histogram
from tui_nn.render.palette import MONO, PALETTES


def test_columns_are_as_high_as_their_parts() -> None:
    lines = columns_of_glyphs([0.0, 0.25, 0.5, 1.0], MONO, 2).lines()

    assert lines == ["   █", " ▄██"]


def test_the_smallest_part_shows_and_a_missing_one_does_not() -> None:
    assert columns_of_glyphs([1e-6, np.nan, 0.0], MONO, 1).lines() == ["▁  "]


def test_bins_are_joined_until_they_fit() -> None:
    counts = np.array([1, 1, 0, 0, 2, 2, 0, 4])
    wide, narrow = (histogram(counts, -1, 1, MONO, 1, width).lines()[0] for width in (8, 5))

    assert wide == "▂▂  ▄▄ █"
    assert narrow == "▄ ██ "


def test_the_axis_names_both_ends_and_the_middle() -> None:
    cells = histogram(np.arange(48), -2.0, 2.0, MONO, 3, 48)

    assert cells.lines()[2].split() == ["-2", "0", "2"]
    powers = histogram(np.arange(48), -9.0, 3.0, MONO, 3, 24, is_power=True)
    assert powers.lines()[2].split() == ["1e-9", "1e-3", "1e3"]


def test_values_below_zero_have_the_color_of_negative_ones() -> None:
    cells = histogram(np.full(4, 1), -1.0, 1.0, PALETTES["truecolor"], 1, 4)

    assert cells.foreground[0].tolist() == [slots.link_slot(False, 2)] * 2 + [slots.link_slot(True, 2)] * 2


def test_decades_hold_all_values() -> None:
    assert decades([0.02, 5.0, np.nan, 0.0]) == (-2, 1)
    assert decades([3e-5]) == (-5, -3)
    assert decades([np.nan]) == (-1, 1)


def test_a_curve_shows_the_latest_value_of_each_column_by_its_exponent() -> None:
    steps, values = np.array([0, 10, 20, 30]), np.array([np.nan, 1e-2, 1e-1, 1.0])

    assert area_by_decades(steps, values, (-2, 0), MONO, 1, 3).lines() == ["▁▄█"]
    assert area_by_decades(steps, values, (-2, 0), MONO, 1, 6).lines()[0][0] == " "
    assert area_by_decades(steps, np.array([0.0, 0, 0, 1]), (-2, 0), MONO, 1, 3).lines() == ["▁▁█"]


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("size", [(0, 0), (1, 1), (1, 7), (3, 0), (2, 200)], ids=str)
def test_any_size_and_any_counts_are_drawn(palette, size) -> None:
    for counts in (np.zeros(48, int), np.arange(48), np.full(48, 10**9)):
        cells = histogram(counts, -1.0, 1.0, palette, *size)
        assert cells.glyphs.shape == size
        assert not palette.is_ascii or "".join(cells.lines()).isascii()
