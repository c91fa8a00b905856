"""Samples of a regression in the colors of their values."""

from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.cells import blank
from tui_nn.render.palette import palette_for
from tui_nn.render.plane import Plane
from tui_nn.views.map.draw_points import Points, draw_points

PALETTE = palette_for("truecolor")
PLANE = Plane((0.0, 5.0), (0.0, 1.0), 1, 5)
AT = np.array([(0.5, 0.5), (1.5, 0.5), (2.5, 0.5), (3.5, 0.5), (4.5, 0.5)])


def drawn(
    values: list[float], grounds: list[int], scale: float = 1.0, ascii: bool = False
) -> list[tuple[str, int]]:
    """Return glyph and color of five points of these values, on cells of these slots."""
    cells = blank(1, 5)
    cells.background[0] = grounds
    for number in range(5):  # one at a time: all of them would cover too much of so small a map
        value = np.array(values[number : number + 1])
        one = Points(AT[[number]], (value > 0).astype(np.int64), values=value)
        draw_points(cells, one, PLANE, palette_for("truecolor", ascii), 0, 0, scale)
    return [(str(cells.glyphs[0, x]), int(cells.foreground[0, x])) for x in range(5)]


def test_a_point_has_the_color_of_its_value_where_the_map_has_another() -> None:
    strongest, zero = slots.SIGNED_STEPS - 1, slots.ZERO
    found = drawn([-1.0, 1.0, 0.0, 0.5, -0.5], [zero, zero, strongest, 0, strongest])

    assert [color for _, color in found] == [0, strongest, zero, zero + 4, zero - 4]


def test_a_point_that_the_map_agrees_with_is_written_in_ink_that_can_be_seen_on_it() -> None:
    strongest, zero = slots.SIGNED_STEPS - 1, slots.ZERO
    found = drawn([-1.0, 1.0, 0.0, 0.3, -0.3], [0, strongest, zero, zero + 2, zero - 2])

    assert [color for _, color in found] == [
        slots.ink_slot(0, True),
        slots.ink_slot(1, True),
        slots.AXIS,
        slots.ink_slot(1, False),
        slots.ink_slot(0, False),
    ]


def test_signs_are_told_apart_without_color_and_what_is_near_zero_too() -> None:
    shapes = PALETTE.glyphs
    found = drawn([-1.0, 1.0, 0.02, -0.02, 0.3], [slots.ZERO] * 5)

    assert [glyph for glyph, _ in found] == [
        shapes.train[0],
        shapes.train[1],
        shapes.near_zero,
        shapes.near_zero,
        shapes.train[1],
    ]


@pytest.mark.parametrize("scale", [1.0, 40.0])
def test_values_are_colored_on_the_scale_of_the_map(scale: float) -> None:
    values = [scale * value for value in (-1.0, -0.5, 0.0, 0.5, 1.0)]
    strongest = slots.SIGNED_STEPS - 1

    found = drawn(values, [strongest, strongest, strongest, 0, 0], scale)

    assert [color for _, color in found] == [0, 4, 8, 12, 16]


def test_plain_characters_say_the_sign_alone() -> None:
    glyphs = palette_for("truecolor", True).glyphs
    found = drawn([-1.0, 1.0, 0.0, 1.0, 1.0], [slots.ZERO] * 5, ascii=True)

    assert [glyph for glyph, _ in found][:3] == [glyphs.train[0], glyphs.train[1], glyphs.near_zero]
