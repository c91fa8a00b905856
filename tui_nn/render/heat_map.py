"""A matrix as a heat map: rows and columns named, numbers in the cells where they fit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import shades, slots
from tui_nn.render.cells import DEFAULT, Cells, blank, one_per_cell, paste, write
from tui_nn.render.palette import Palette

WIDEST, HIGHEST = 14, 5
"""The largest size of a cell."""
NUMBER = 6
"""A cell so wide holds a number and a space."""
LONGEST_NAME = 12


def heat_map(
    values: NDArray[np.floating],
    palette: Palette,
    height: int,
    width: int,
    *,
    footer: NDArray[np.floating],
    row_names: Sequence[str],
    column_names: Sequence[str],
    scale: float,
    selected: tuple[int | None, int | None] = (None, None),
) -> Cells:
    """Draw values (rows, columns) on the signed scale as large as there is room, a row apart below them.

    footer: (columns,), the row below. row_names: of the rows and of the footer. scale: the value in full
    color. selected: the row and the column whose names stand out. A matrix that does not fit is thinned, and
    names stand at some rows and columns alone.
    """
    canvas = blank(height, width)
    n_rows, n_columns = values.shape
    label = min(LONGEST_NAME, max((len(one_per_cell(name)) for name in row_names), default=0))
    body_rows, body_columns = height - 1, width - label - 1
    if min(n_rows, n_columns, body_rows - 1, body_columns) <= 0:
        return canvas
    high, wide = min(HIGHEST, body_rows // (n_rows + 1)), min(WIDEST, body_columns // n_columns)
    is_whole = bool(high and wide)
    per_cell = palette.samples_per_cell
    rows, columns = min(n_rows, (body_rows - 1) * per_cell), min(n_columns, body_columns)
    steps, below = shades.signed(values, scale), shades.signed(footer[None], scale)
    if not is_whole:
        high, wide = max(1, (body_rows - 1) * per_cell // rows), max(1, min(WIDEST, body_columns // columns))
        steps, below = (shades.coarse(shades.resample(s, n, columns)) for s, n in ((steps, rows), (below, 1)))
    tall = high * per_cell if is_whole else high
    grid = np.repeat(np.repeat(steps, tall, axis=0), wide, axis=1)
    rows_at = [1 + row * rows // n_rows * tall // per_cell for row in range(n_rows)]
    rows_at.append(1 + -(-len(grid) // per_cell))
    columns_at = [label + 1 + column * columns // n_columns * wide for column in range(n_columns)]
    foot = np.repeat(np.repeat(below, tall if is_whole else per_cell, axis=0), wide, axis=1)
    paste(canvas, shades.paint(_known(grid), palette), 1, label + 1)
    paste(canvas, shades.paint(_known(foot), palette), rows_at[-1], label + 1)
    if is_whole and wide >= NUMBER:
        together = np.vstack([values, footer[None]])
        _write_numbers(
            canvas, together, shades.signed(together, scale), palette, rows_at, columns_at, high, wide
        )
    middle = (high - 1) // 2 if is_whole else 0
    _name_rows(canvas, row_names, [top + middle for top in rows_at], label, selected[0])
    _name_columns(canvas, column_names, columns_at, wide, selected[1])
    return canvas


def _known(grid: NDArray[np.int16]) -> NDArray[np.int16]:
    """Return slots with nothing drawn where there is no number."""
    return np.where(grid == slots.MISSING, DEFAULT, grid).astype(np.int16)


def _write_numbers(
    canvas: Cells,
    values: NDArray[np.floating],
    steps: NDArray[np.int16],
    palette: Palette,
    rows_at: Sequence[int],
    columns_at: Sequence[int],
    high: int,
    wide: int,
) -> None:
    """Write each value in the middle of its cell."""
    for row, top in enumerate(rows_at):
        for column, left in enumerate(columns_at):
            value, ground = float(values[row, column]), int(steps[row, column])
            if np.isnan(value):
                continue
            text = f"{short_number(value):>{NUMBER - 1}}".center(wide)
            if palette.has_blocks:
                ink = slots.ink_slot(0, light=bool(palette.is_dark[ground]))
            else:
                ink = (
                    slots.TEXT if ground == slots.ZERO else slots.link_slot(value > 0, slots.LINK_LEVELS - 1)
                )
            write(canvas, top + (high - 1) // 2, left, text, ink, ground if palette.has_blocks else None)


def short_number(value: float) -> str:
    """Write a number in five cells: -0.42, 12.3, -1234, 2e+05."""
    for digits in (2, 1, 0):
        text = f"{value:.{digits}f}"
        if len(text) <= NUMBER - 1:
            return text
    return f"{value:.0e}".replace("e+0", "e").replace("e-0", "e-").replace("e+", "e")


def _name_rows(
    canvas: Cells, names: Sequence[str], rows_at: Sequence[int], label: int, selected: int | None
) -> None:
    """Write the names of rows that do not stand on the one before; the last and the selected one always."""
    places = {top: number for number, top in reversed(list(enumerate(rows_at)))}
    places[rows_at[-1]] = len(rows_at) - 1
    if selected is not None and selected < len(rows_at):
        places[rows_at[selected]] = selected
    for top, number in places.items():
        ink, ground = (slots.SELECTED, slots.SELECTION) if number == selected else (slots.DIM, None)
        write(canvas, top, 0, names[number], ink, ground, width=label, align="right")


def _name_columns(
    canvas: Cells, names: Sequence[str], columns_at: Sequence[int], wide: int, selected: int | None
) -> None:
    """Write the names of columns that have room, at a regular distance; the selected one always."""
    if not names:
        return
    longest = max(len(one_per_cell(name)) for name in names)
    spread = max(1, columns_at[-1] - columns_at[0]) / max(1, len(columns_at) - 1)
    every = next(
        (n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500) if n * spread > longest or wide > longest), 1000
    )
    here = columns_at[selected] if selected is not None and selected < len(columns_at) else None
    width = max(wide, longest)
    for column in range(0, len(columns_at), every):
        left = columns_at[column] + max(0, wide - longest) // 2
        if here is None or abs(columns_at[column] - here) > longest:
            write(canvas, 0, left, names[column], slots.DIM, width=min(width, canvas.width - left))
    if here is not None and selected is not None:
        text = names[selected] if wide < longest + 2 else f" {names[selected]} "
        left = min(here + max(0, wide - len(text)) // 2, canvas.width - len(text))
        write(canvas, 0, left, text, slots.SELECTED, slots.SELECTION)
