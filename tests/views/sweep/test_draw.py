"""Parallel coordinates: each run a line through its places, the best in the accent."""

from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.palette import Palette, palette_for
from tui_nn.views.sweep.draw import HEADER, Axis, draw_parallel

AXES = [
    Axis("noise", ((0.0, "0.1"), (1.0, "0.5"))),
    Axis("hidden layers", ((0.0, "4"), (0.5, "8"), (1.0, "16"))),
    Axis("test loss", ((0.0, "0.01"), (1.0, "0.3"))),
]
BEST, OTHER = [0.0, 1.0, 0.0], [1.0, 0.0, 1.0]
PALETTES = [palette_for("truecolor"), palette_for("mono"), palette_for("mono", ascii_only=True)]


@pytest.mark.parametrize("palette", PALETTES)
def test_each_axis_has_its_name_and_its_ticks_at_their_height(palette: Palette) -> None:
    lines = draw_parallel(AXES, np.array([BEST, OTHER]), palette, 12, 60).lines()

    assert lines[0].split() == ["noise", "hidden", "layers", "test", "loss"]
    top, foot = lines[HEADER], lines[-1]
    assert [top.index(text) for text in ("0.5", "16", "0.3")] == [1, 26, 51]
    assert [foot.index(text) for text in ("0.1", "4", "0.01")] == [1, 26, 51]


def test_the_best_run_is_in_the_accent_from_foot_to_top_to_foot() -> None:
    cells = draw_parallel(AXES, np.array([BEST, OTHER]), PALETTES[0], 12, 60)
    accent = cells.foreground == slots.ACCENT

    assert accent[-3:, :13].any()
    assert accent[HEADER : HEADER + 3, 13:37].any()
    assert accent[-3:, 38:].any()
    assert not accent[: HEADER + 3, :10].any()


def test_a_place_that_is_no_number_leaves_its_line_out() -> None:
    cells = draw_parallel(AXES, np.array([[np.nan, np.nan, np.nan], OTHER]), PALETTES[0], 12, 60)

    assert not (cells.foreground == slots.ACCENT).any()


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(("height", "width"), [(0, 0), (1, 80), (3, 10), (4, 5), (20, 21), (50, 200)])
def test_it_fits_into_any_size(palette: Palette, height: int, width: int) -> None:
    cells = draw_parallel(AXES, np.array([BEST, OTHER]), palette, height, width)

    assert (cells.height, cells.width) == (height, width)


def test_where_all_axes_do_not_fit_the_result_is_still_there() -> None:
    top = draw_parallel(AXES, np.array([BEST, OTHER]), PALETTES[0], 12, 24).lines()[HEADER]

    assert "0.5" in top
    assert "0.3" in top
    assert "16" not in top
