"""Legends: what the colors and the glyphs of a map mean, in one row or one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tui_nn.render import shades, slots
from tui_nn.render.cells import DEFAULT, Cells, blank, one_per_cell, paste, write
from tui_nn.render.palette import Palette
from tui_nn.render.plane import number


@dataclass(frozen=True)
class Entry:
    """A mark of the map and what it means."""

    mark: str
    words: str
    slot: int = DEFAULT
    """The color of the mark."""

    @property
    def width(self) -> int:
        """Cells taken, with the space between mark and words."""
        return len(self.mark) + len(one_per_cell(self.words)) + bool(self.mark)


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


def point_entries(palette: Palette, names: Sequence[str], most: int, shows_test: bool = False) -> list[Entry]:
    """Return each kind of point and what it means: the first `most` classes, wrong ones, test points.

    Classes that are left out are counted. No more are named than there are marks, slots.N_CLASSES.
    """
    shapes = palette.glyphs
    shown = min(most, len(names), slots.N_CLASSES)
    entries = [
        Entry(shapes.train[label], f"class {name}" if name.isdecimal() else name, slots.class_slot(label))
        for label, name in enumerate(names[:shown])
    ]
    if shown < len(names):
        entries.append(Entry("", f"{palette.glyphs.more}{len(names) - shown} classes"))
    entries.append(Entry(shapes.wrong_train, "wrong", slots.TITLE))
    if shows_test:
        entries.append(Entry(shapes.test[: min(len(names), 2)], "test", slots.DIM))
    return entries


def point_legend(palette: Palette, names: Sequence[str], width: int, shows_test: bool = False) -> Cells:
    """Draw each kind of point and what it means in one row, closer together and fewer where it is narrow."""
    canvas = blank(1, width)
    for most in range(min(len(names), slots.N_CLASSES), -1, -1):
        entries = point_entries(palette, names, most, shows_test)
        for shortened, gap in ((entries, 2), (_bare(entries), 2), (_bare(entries), 1)):
            if sum(entry.width + gap for entry in shortened) - gap <= canvas.width:
                _write_row(canvas, shortened, gap)
                return canvas
    return canvas


def _bare(entries: Sequence[Entry]) -> list[Entry]:
    return [Entry(entry.mark, entry.words.removeprefix("class "), entry.slot) for entry in entries]


def _write_row(canvas: Cells, entries: Sequence[Entry], gap: int) -> None:
    column = 0
    for entry in entries:
        write(canvas, 0, column, entry.mark, entry.slot)
        write(canvas, 0, column + len(entry.mark) + bool(entry.mark), entry.words, slots.DIM)
        column += entry.width + gap
