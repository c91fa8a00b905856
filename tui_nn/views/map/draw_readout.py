"""What stands beside the big map: its legend, and what the network answers at the cursor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import slots
from tui_nn.render.bars import bars
from tui_nn.render.cells import Cells, blank, paste, write
from tui_nn.render.legend import color_scale
from tui_nn.render.palette import Palette

WIDTH = 16
"""Columns that are enough for the words."""


def readout(
    palette: Palette,
    height: int,
    width: int,
    *,
    class_names: Sequence[str],
    has_test_points: bool = False,
    cursor: tuple[float, float] | None = None,
    answer: NDArray[np.float32] | None = None,
    scale: float = 1.0,
) -> Cells:
    """Draw legend and answer in `height` x `width` cells, the most needed first.

    class_names: empty for regression, whose legend is the scale. answer: class probabilities, or one value.
    """
    canvas = blank(height, width)
    row = _draw_legend(canvas, palette, class_names, has_test_points, scale)
    if cursor is not None:
        row += 1
        write(canvas, row, 0, f"x {cursor[0]:6.2f}", width=width)
        write(canvas, row + 1, 0, f"y {cursor[1]:6.2f}", width=width)
        row += 2
        if answer is not None:
            _draw_answer(canvas, row, palette, class_names, answer)
    return canvas


def _draw_legend(
    canvas: Cells, palette: Palette, class_names: Sequence[str], has_test_points: bool, scale: float
) -> int:
    """Draw what the colors and glyphs mean; return the row below."""
    if not class_names:
        paste(canvas, color_scale(palette, canvas.width, -scale, scale), 0, 0)
        return 1
    shapes = palette.glyphs
    for label, name in enumerate(class_names):
        color = slots.class_slot(label)
        write(canvas, label, 0, shapes.train[label % len(shapes.train)], color)
        write(canvas, label, 2, f"class {name}", slots.DIM, width=canvas.width - 2)
    row = len(class_names)
    write(canvas, row, 0, shapes.wrong_train, slots.TITLE)
    write(canvas, row, 2, "wrong", slots.DIM)
    if has_test_points:
        row += 1
        write(canvas, row, 0, shapes.test[: len(class_names)], slots.DIM)
        write(canvas, row, 1 + len(class_names), "test", slots.DIM)
    return row + 1


def _draw_answer(
    canvas: Cells, row: int, palette: Palette, class_names: Sequence[str], answer: NDArray[np.float32]
) -> None:
    if len(class_names) == len(answer) and len(answer) > 1:
        paste(canvas, bars(answer, class_names, palette, canvas.height - row, canvas.width), row, 0)
    else:
        write(canvas, row, 0, f"answer {float(answer[0]):.3f}", slots.TITLE, width=canvas.width)
