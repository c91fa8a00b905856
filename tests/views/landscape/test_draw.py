from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.ascii_text import ascii_only
from tui_nn.render.palette import ASCII, PALETTES, TRUECOLOR
from tui_nn.views.landscape.draw import landscape_picture, loss_scale
from tui_nn.views.landscape.values import Landscape, Work
from tui_nn.views.map.draw_axes import named_area
from tui_nn.views.map.draw_surface import MapArea

ACROSS, DOWN = np.meshgrid(np.linspace(-1, 1, 33), np.linspace(1, -1, 33))
BOWL = (0.01 * 10 ** (2 * np.hypot(ACROSS, DOWN))).astype(np.float32)
"""Losses that grow tenfold with every half of the span, from 0.01 in the middle."""


def landscape(**changes: object) -> Landscape:
    plain = Landscape(
        values=BOWL,
        span=1.0,
        seed=3,
        step=1200,
        n_rows=250,
        n_train=250,
        work=Work.DONE,
        n_done=33 * 33,
        n_wanted=33 * 33,
        middle_loss=0.01,
        place=np.zeros(2, dtype=np.float32),
        place_loss=0.01,
        place_share=1.0,
        path=np.zeros((0, 2), dtype=np.float32),
    )
    return replace(plain, **changes)


def area_of(shown: Landscape, height: int, width: int) -> MapArea:
    span = (-shown.span, shown.span)
    return named_area(height, width, (span, span))


def text(shown: Landscape, palette=TRUECOLOR, height: int = 30, width: int = 110) -> str:
    return " ".join(" ".join(landscape_picture(shown, palette, height, width).lines()).split())


def test_losses_are_shown_by_their_ratio_to_the_middle() -> None:
    scale = loss_scale(landscape())

    assert scale.place(np.array([0.01, 0.1, 1.0, 0.001])) == pytest.approx([0, 1, 2, -1])
    assert scale.bound >= 2 * 2**0.5
    assert scale.loss(slots.ZERO) == pytest.approx(0.01 * 10**scale.bound)


def test_the_map_is_pale_in_the_middle_and_strong_at_the_edges() -> None:
    cells, area = landscape_picture(landscape(), TRUECOLOR, 30, 60), area_of(landscape(), 30, 60)
    row, column = area.row + area.plane.rows // 2, area.column + area.plane.columns // 2

    assert cells.background[row, column - 1] == slots.ZERO
    middle_row = cells.background[row, column:].tolist()[: area.plane.columns // 2]
    assert middle_row[1:] == sorted(middle_row[1:])
    assert cells.background[area.row, area.column] > cells.background[area.row, column]


def test_lower_losses_than_in_the_middle_are_of_the_other_color() -> None:
    valley = landscape(values=(0.01 * 10.0**-ACROSS).astype(np.float32))
    cells, area = landscape_picture(valley, TRUECOLOR, 30, 60), area_of(valley, 30, 60)
    grounds = cells.background[area.row, area.column : area.column + area.plane.columns]

    assert (grounds[0], grounds[-1]) == (slots.SIGNED_STEPS - 1, 0), "full color at both ends"


def test_the_legend_has_the_losses_of_its_colors() -> None:
    shown = landscape()
    scale = loss_scale(shown)

    assert "0.01 as at the center" in text(shown)
    assert f"{scale.loss(2):.3g}" in text(shown)


def test_numbers_and_progress_are_told() -> None:
    assert "step 1,200" in text(landscape())
    assert "Computing: 50 %, any key stops" in text(landscape(work=Work.COMPUTING, n_done=545))
    assert "Stopped at 50 %; enter: compute again" in text(landscape(work=Work.STOPPED, n_done=545))
    assert "now ╋ 0.25" in text(landscape(place_loss=0.25))
    assert "42 of 60,000 training samples" in text(landscape(n_rows=42, n_train=60_000), height=50, width=160)


def test_the_present_place_is_marked_or_told_to_be_outside() -> None:
    inside = landscape(place=np.array([0.5, 0.5], dtype=np.float32), place_share=0.3)
    outside = landscape(place=np.array([1.5, 0.0], dtype=np.float32))
    area = area_of(inside, 30, 110)
    cells = landscape_picture(inside, TRUECOLOR, 30, 110)

    row = area.row + area.plane.rows // 4
    assert "╋" in "".join(cells.glyphs[row, area.column : area.column + area.plane.columns])
    assert "30 % of the distance" in text(inside)
    assert "outside" in text(outside)


def test_the_way_is_drawn_in_an_ink_that_is_seen() -> None:
    way = np.column_stack([np.linspace(-0.9, 0, 9), np.linspace(0.9, 0, 9)]).astype(np.float32)
    for name in ("truecolor", "256"):
        cells = landscape_picture(landscape(path=way), PALETTES[name], 30, 60)
        dotted = (cells.glyphs > "\u2800") & (cells.glyphs < "\u2900")
        assert dotted.sum() > 8
        inks = {slots.ink_slot(4, light) for light in (False, True)}
        assert set(cells.foreground[dotted].tolist()) <= inks
        assert (cells.background[dotted] >= 0).all()
    assert "○" in text(landscape(path=way))
    assert "*" in text(landscape(path=way), ASCII)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("size", [(0, 0), (1, 1), (3, 9), (6, 20), (17, 78), (30, 118), (54, 198)])
def test_any_state_is_drawn_in_any_size_and_palette(name: str, size: tuple[int, int]) -> None:
    nothing = np.full((17, 17), np.nan, dtype=np.float32)
    infinite = BOWL.copy()
    infinite[:5] = np.inf
    infinite[5:7] = np.nan
    way = np.array([[0, 0], [5, 5], [np.nan, 1], [-0.5, 0.5]], dtype=np.float32)
    for shown in (
        landscape(path=way),
        landscape(values=nothing, middle_loss=np.nan, n_done=0, work=Work.COMPUTING),
        landscape(values=nothing, middle_loss=np.nan, place_loss=np.nan, n_done=0),
        landscape(values=infinite),
        landscape(values=BOWL * 0, middle_loss=0.0, place_loss=0.0),
        landscape(middle_loss=np.inf, place=np.array([np.nan, 0], dtype=np.float32), place_loss=np.inf),
    ):
        cells = landscape_picture(shown, PALETTES[name], *size)
        assert cells.glyphs.shape == size
        assert "ascii" not in name or "?" not in ascii_only("".join(cells.lines())).replace("?" * 3, "")


def test_the_axes_are_named() -> None:
    assert "↑" in text(landscape())
    assert "→" in text(landscape())
