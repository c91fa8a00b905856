from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.heat_map import heat_map, short_number
from tui_nn.render.palette import ASCII, MONO, PALETTES

TRUECOLOR = PALETTES["truecolor"]
VALUES = np.array([[0.5, -1.0], [0.25, 2.0], [0.0, -2.0]])


def draw(palette=MONO, height: int = 12, width: int = 40, values=VALUES, **options):
    names = [*(f"in {row + 1}" for row in range(len(values))), "bias"]
    columns = [str(column + 1) for column in range(values.shape[1])]
    given = {
        "footer": np.full(values.shape[1], 1.5),
        "row_names": names,
        "column_names": columns,
        "scale": 2.0,
    }
    return heat_map(values, palette, height, width, **{**given, **options})


def test_every_weight_and_bias_stands_in_its_cell() -> None:
    lines = [line.split() for line in draw(height=5).lines()]

    assert lines == [
        ["1", "2"],
        ["in", "1", "0.50", "-1.00"],
        ["in", "2", "0.25", "2.00"],
        ["in", "3", "0.00", "-2.00"],
        ["bias", "1.50", "1.50"],
    ]


def test_the_color_of_a_cell_is_its_value() -> None:
    cells = draw(TRUECOLOR, height=5, width=14)
    left = cells.width - 1

    grounds = cells.background[1:5, left - 3]
    assert grounds[1] == slots.SIGNED_STEPS - 1
    assert grounds[2] == 0
    assert grounds[3] == slots.ZERO + round(slots.ZERO * 1.5 / 2)


def test_numbers_are_left_out_where_cells_are_narrow() -> None:
    assert "0.50" not in "\n".join(draw(width=12).lines())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-0.4, "-0.40"),
        (12.345, "12.35"),
        (-12.345, "-12.3"),
        (-1234.5, "-1234"),
        (98765.4, "98765"),
        (2e8, "2e8"),
    ],
)
def test_a_number_takes_five_cells(value: float, text: str) -> None:
    assert short_number(value) in (text, text.replace("35", "34"))
    assert len(short_number(value)) <= 5


def test_a_large_matrix_is_thinned_and_its_biases_are_named() -> None:
    values = np.random.default_rng(0).normal(size=(100, 300))
    lines = draw(TRUECOLOR, 12, 60, values).lines()

    assert lines[-1].startswith("  bias")
    assert lines[1].startswith("  in 1")
    assert len(lines[0].split()) < 20


def test_the_selected_names_stand_out_wherever_they_are() -> None:
    values = np.zeros((50, 80))
    for selected in ((49, None), (None, 79), (0, 0)):
        cells = draw(MONO, 12, 60, values, selected=selected)
        chosen = cells.background == slots.SELECTION
        marked = {
            "".join(cells.glyphs[row][chosen[row]]).strip() for row in np.flatnonzero(chosen.any(axis=1))
        }
        row, column = selected
        expected = {f"in {row + 1}" if row is not None else "", str(column + 1) if column is not None else ""}
        assert marked == expected - {""}


def test_glyphs_tell_signs_without_color() -> None:
    lines = draw(ASCII, 5, 14).lines()

    assert all(line.isascii() for line in lines)
    assert set(lines[2][-3:].strip()) <= set(ASCII.glyphs.positive)
    assert set(lines[3][-3:].strip()) <= set(ASCII.glyphs.negative)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("size", [(0, 0), (1, 1), (2, 9), (3, 200), (40, 8), (30, 120)], ids=str)
def test_any_size_is_drawn(palette, size) -> None:
    for shape in ((1, 1), (3, 2), (70, 5), (5, 200), (90, 200)):
        values = np.full(shape, np.nan)
        values[::2] = 1e30
        assert draw(palette, *size, values, selected=(0, 0)).glyphs.shape == size
