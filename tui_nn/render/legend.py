"""Legends: what the colors and the glyphs of a map mean, in one row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tui_nn.render import shades, slots
from tui_nn.render.cells import Cells, blank, one_per_cell, paste, write
from tui_nn.render.palette import Palette
from tui_nn.render.plane import number


def color_scale(palette: Palette, width: int, low: float = -1.0, high: float = 1.0) -> Cells:
    """Draw the signed scale between its two ends, `low` and `high` written beside it."""
    canvas = blank(1, width)
    left, right = number(low), number(high)
    length = canvas.width - len(left) - len(right) - 2
    if length < 3:
        return canvas
    values = np.linspace(-1.0, 1.0, length)[None].repeat(palette.samples_per_cell, axis=0)
    write(canvas, 0, 0, left, slots.DIM)
    paste(canvas, shades.paint(shades.signed(values), palette), 0, len(left) + 1)
    write(canvas, 0, canvas.width - len(right), right, slots.DIM)
    return canvas


def point_legend(palette: Palette, names: Sequence[str], width: int, shows_test: bool = False) -> Cells:
    """Draw each kind of point and what it means, as many as fit: the classes, wrong ones, test points."""
    canvas = blank(1, width)
    shapes = palette.glyphs
    entries = [
        (shapes.train[label % slots.N_CLASSES], name, slots.class_slot(label))
        for label, name in enumerate(names)
    ]
    entries.append((shapes.wrong_train, "wrong", slots.TEXT))
    if shows_test:
        entries.append((shapes.test[: min(len(names), 2)], "test", slots.TEXT))
    column = 0
    for mark, words, slot in entries:
        needed = len(mark) + 1 + len(one_per_cell(words))
        if column + needed > canvas.width:
            break
        write(canvas, 0, column, mark, slot)
        write(canvas, 0, column + len(mark) + 1, words, slots.DIM)
        column += needed + 2
    return canvas
