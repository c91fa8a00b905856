"""The words of the big map: its legend, and what the network answers at the cursor.

They stand beside the map where there is room for them, else in one row below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import slots
from tui_nn.render.bars import bars
from tui_nn.render.cells import Cells, blank, one_per_cell, paste, shorten, wrap, write
from tui_nn.render.legend import color_scale, point_entries, point_legend
from tui_nn.render.palette import Palette

WIDTH = 16
"""Columns that are enough for most words."""
NARROWEST = 9
SCALE, GAP = 14, 2
"""Columns of the scale of colors where it stands beside other words, and of the blank between words."""
ROWS_OF_AN_ANSWER = 9
"""What has to be left below the legend before more is written there."""
NUMBER = 7
"""Columns of a coordinate, and of the blank before it."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What there is to say about a map."""

    class_names: Sequence[str] = ()
    """Empty for regression, whose legend is the scale."""
    has_test_points: bool = False
    cursor: tuple[float, float] | None = None
    """x, y; None: nothing is read."""
    answer: NDArray[np.float32] | None = None
    """Class probabilities at the cursor, or one value."""
    scale: float = 1.0
    value_center: float = 0.0
    value_size: float = 1.0
    truth: str = ""
    """Class or value of the sample at the cursor; empty: there is none."""
    axis_names: tuple[str, str] = ("x", "y")
    """What goes across, and what up."""


def coordinate(value: float) -> str:
    """Write a coordinate with two decimals, or with four digits where these would say nothing."""
    return f"{value:.2f}" if value == 0 or 0.01 <= abs(value) < 1e6 else f"{value:.4g}"


def readout_width(palette: Palette, reading: Reading) -> int:
    """Return the columns that the words need beside the map."""
    entries = point_entries(palette, reading.class_names, slots.N_CLASSES, reading.has_test_points)
    return max([NARROWEST, *(entry.width for entry in entries)] if reading.class_names else [NARROWEST])


def readout(palette: Palette, height: int, width: int, reading: Reading) -> Cells:
    """Draw legend and answer below each other in `height` x `width` cells, the most needed first."""
    canvas = blank(height, width)
    row = _draw_legend(canvas, palette, reading)
    if reading.cursor is not None:
        row += 1
        for offset, (name, value) in enumerate(
            zip(_short_names(reading, width), reading.cursor, strict=True)
        ):
            write(canvas, row + offset, 0, f"{name} {coordinate(value):>6}", width=width)
        row += 2
        if reading.truth:
            for text in wrap(f"true {reading.truth}", width):
                write(canvas, row, 0, text, slots.TITLE)
                row += 1
        if reading.answer is not None:
            _draw_answer(canvas, row, palette, reading.class_names, reading.answer)
    return canvas


def readout_row(palette: Palette, width: int, reading: Reading) -> Cells:
    """Draw the legend in one row of `width` cells, or the answer while something is read."""
    if reading.cursor is None:
        if not reading.class_names:
            return color_scale(palette, width, *_ends(reading))
        return _legend_row(palette, width, reading)
    line = blank(1, width)
    names = _short_names(reading, width // 3)
    place = "  ".join(f"{name} {coordinate(x)}" for name, x in zip(names, reading.cursor, strict=True))
    words = _told(reading, palette, width)
    if not words or len(place) + 2 + len(words) <= width:
        write(line, 0, 0, place)
    write(line, 0, max(0, width - len(words)), words, slots.TITLE)
    return line


def _told(reading: Reading, palette: Palette, width: int) -> str:
    """Return the truth and the answer in `width` cells: names give way before the words beside them."""
    longest = max((len(name) for name in reading.class_names), default=0)
    words = ""
    for decimals, most in ((1, longest), *((0, most) for most in range(longest, 0, -1))):
        names = [_short(name, most, palette) for name in reading.class_names]
        truth = reading.truth
        for name in sorted(reading.class_names, key=len, reverse=True):
            truth = truth.replace(name, _short(name, most, palette))
        told = [f"true {truth}"] if truth else []
        told += [] if reading.answer is None else [_in_words(names, reading.answer, decimals)]
        words = "  ".join(told)
        if len(words) <= width:
            break
    return words


def _short(name: str, most: int, palette: Palette) -> str:
    return "".join(shorten(one_per_cell(name), most, palette.glyphs.ellipsis))


def _short_names(reading: Reading, width: int) -> list[str]:
    """Return the names of both axes, cut to leave room for numbers in `width` columns."""
    return [name[: max(1, width - NUMBER)] for name in reading.axis_names]


def _legend_row(palette: Palette, width: int, reading: Reading) -> Cells:
    """Draw what the points are, and of two classes the scale of colors where it takes nothing from them."""
    names, shows_test = reading.class_names, reading.has_test_points
    entries = point_entries(palette, names, slots.N_CLASSES, shows_test)
    taken = sum(entry.width + GAP for entry in entries)
    if len(names) != 2 or taken + SCALE > width:
        return point_legend(palette, names, width, shows_test)
    line = blank(1, width)
    paste(line, point_legend(palette, names, taken, shows_test), 0, 0)
    paste(line, color_scale(palette, SCALE), 0, width - SCALE)
    return line


def _ends(reading: Reading) -> tuple[float, float]:
    """Return what the ends of the scale of colors mean, in the units of the targets."""
    reach = reading.scale * reading.value_size
    return reading.value_center - reach, reading.value_center + reach


def _draw_legend(canvas: Cells, palette: Palette, reading: Reading) -> int:
    """Draw what the colors and glyphs mean; return the row below."""
    if not reading.class_names:
        paste(canvas, color_scale(palette, canvas.width, *_ends(reading)), 0, 0)
        return 1
    most = max(1, canvas.height - 3)
    entries = point_entries(palette, reading.class_names, most, reading.has_test_points)
    for row, entry in enumerate(entries):
        write(canvas, row, 0, entry.mark, entry.slot)
        write(canvas, row, entry.width - len(entry.words), entry.words, slots.DIM)
    if len(reading.class_names) != 2 or canvas.height < len(entries) + ROWS_OF_AN_ANSWER:
        return len(entries)
    paste(canvas, color_scale(palette, canvas.width), len(entries), 0)
    return len(entries) + 1


def _draw_answer(
    canvas: Cells, row: int, palette: Palette, class_names: Sequence[str], answer: NDArray[np.float32]
) -> None:
    if len(class_names) == len(answer) and len(answer) > 1:
        paste(canvas, bars(answer, class_names, palette, canvas.height - row, canvas.width), row, 0)
        return
    for offset, (text, slot) in enumerate((("answer", slots.DIM), (f"{float(answer[0]):.3f}", slots.TITLE))):
        write(canvas, row + offset, 0, text, slot)


def _in_words(class_names: Sequence[str], answer: NDArray[np.float32], decimals: int) -> str:
    """Return the likeliest class and its probability, or the value."""
    if len(class_names) != len(answer) or len(answer) < 2:
        return f"answer {float(answer[0]):.3f}"
    best = int(np.nan_to_num(answer, nan=-1.0).argmax())
    name = class_names[best]
    return f"{'class ' if name.isdecimal() else ''}{name} {100 * float(answer[best]):.{decimals}f} %"
