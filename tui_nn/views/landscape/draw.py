"""A landscape as a picture: losses as bands, the run's way over them, and beside it the numbers in words."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import shades, slots
from tui_nn.render.cells import Cells, blank, paste, write
from tui_nn.render.dots import draw_dots_on, line_dots
from tui_nn.render.palette import Palette
from tui_nn.render.plane import Plane
from tui_nn.render.scales import stable_bound
from tui_nn.views.landscape.values import Landscape, Work
from tui_nn.views.map.draw_axes import name_axes, named_area, named_width
from tui_nn.views.map.draw_surface import MapArea, draw_axes

NARROWEST_WORDS = 24
WIDEST_WORDS = 46
GAP = 3
AXES = ("direction 1", "direction 2")
LOWEST_PART = 1e-6
"""Losses below this part of the largest count as this much: a logarithm needs a floor."""

STEPS_OF_GLYPHS = (7, 5, 2, 0, -2, -5, -7)
"""The middle of the steps that share a glyph where colors do not tell steps apart."""


@dataclass(frozen=True)
class Scale:
    """Losses by their ratio to that in the middle, in powers of ten: blue is higher, orange lower."""

    middle: float
    floor: float
    bound: float
    """The power of ten in full color."""

    def place(self, losses: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return the powers of ten."""
        return np.asarray(np.log10(np.maximum(losses.astype(np.float64), self.floor) / self.middle))

    def loss(self, step: int) -> float:
        """Return the loss at a step of the signed scale, 0 for the middle."""
        return float(self.middle * 10.0 ** (self.bound * step / slots.ZERO))


def loss_scale(landscape: Landscape) -> Scale:
    """Return the scale that fits the losses known by now."""
    finite = landscape.values[np.isfinite(landscape.values)]
    largest = float(finite.max(initial=0.0))
    floor = max(LOWEST_PART * largest, 1e-30)
    middle = landscape.middle_loss if np.isfinite(landscape.middle_loss) else landscape.place_loss
    if not np.isfinite(middle):
        middle = float(np.median(finite)) if len(finite) else 1.0
    scale = Scale(max(middle, floor), floor, 1.0)
    reach = float(np.abs(scale.place(finite)).max(initial=0.0))
    return Scale(scale.middle, floor, stable_bound(max(reach, 1e-3)))


def landscape_picture(landscape: Landscape, palette: Palette, height: int, width: int) -> Cells:
    """Draw the map in `height` x `width` cells, words beside it where there is room; any size will do."""
    canvas = blank(height, width)
    span = (-landscape.span, landscape.span)
    area = named_area(canvas.height, canvas.width, (span, span))
    plane = area.plane
    if plane.rows <= 0 or plane.columns <= 0:
        return canvas
    scale = loss_scale(landscape)
    steps = shades.signed(scale.place(landscape.values), scale.bound)
    steps = np.where(np.isposinf(landscape.values), slots.SIGNED_STEPS - 1, steps).astype(np.int16)
    known = np.where(np.isnan(landscape.values), -1, steps).astype(np.int16)
    grid = shades.resample(known, plane.rows * palette.samples_per_cell, plane.columns)
    paste(canvas, shades.paint(grid, palette), area.row, area.column)
    _draw_path(canvas, landscape, area, palette)
    if area.column:
        draw_axes(canvas, area, palette)
        name_axes(canvas, AXES, area)
    used = named_width(AXES, area)
    room = min(WIDEST_WORDS, width - used - GAP)
    if room >= NARROWEST_WORDS:
        paste(canvas, _words(landscape, scale, palette, height, room), 0, used + GAP)
    return canvas


def is_inside(landscape: Landscape) -> bool:
    """Return whether the network's present place lies on the map."""
    return bool((np.abs(landscape.place) <= landscape.span).all())


def _draw_path(canvas: Cells, landscape: Landscape, area: MapArea, palette: Palette) -> None:
    """Draw the way of the run, its beginning and the present place."""
    plane = area.plane
    way = np.concatenate([landscape.path, landscape.place[None]])
    if len(way) > 1:
        draw_dots_on(canvas, line_dots(way[None], plane, palette), palette, area.row, area.column)
        _mark(canvas, way[0], plane, area, "o" if palette.is_ascii else "○")
    place = plane.cells(landscape.place)[0].tolist()
    if place[0] >= 0:
        at = area.row + place[0], area.column + place[1]
        write(canvas, *at, palette.glyphs.cursor, slots.SELECTED, slots.SELECTION)


def _mark(canvas: Cells, position: NDArray[np.floating], plane: Plane, area: MapArea, glyph: str) -> None:
    place = plane.cells(position)[0].tolist()
    if place[0] >= 0:
        row, column = area.row + place[0], area.column + place[1]
        canvas.glyphs[row, column] = glyph


def short(loss: float) -> str:
    """Write a loss with three digits; "..." for one that is not known yet."""
    if np.isnan(loss):
        return "..."
    return f"{loss:.3g}" if np.isfinite(loss) else "infinite"


def _words(landscape: Landscape, scale: Scale, palette: Palette, height: int, width: int) -> Cells:
    """Write the numbers, the legend, and what all this is, as much as there is room for."""
    canvas = blank(height, width)
    row = _write_numbers(canvas, landscape, palette)
    row = _write_legend(canvas, row + 1, scale, landscape, palette)
    for heading, text in _paragraphs(landscape):
        lines = textwrap.wrap(text, width)
        if row + 2 + len(lines) > height:
            break
        write(canvas, row + 1, 0, heading, slots.TITLE, width=width)
        for offset, line in enumerate(lines):
            write(canvas, row + 2 + offset, 0, line, slots.DIM)
        row += len(lines) + 2
    return canvas


def _write_numbers(canvas: Cells, landscape: Landscape, palette: Palette) -> int:
    """Write progress and losses; return the row below."""
    width = canvas.width
    percent = 100 * landscape.n_done // landscape.n_wanted
    if landscape.work is Work.COMPUTING:
        write(canvas, 0, 0, f"Computing: {percent} %, any key stops", slots.ACCENT, width=width)
    elif landscape.work is Work.STOPPED:
        write(canvas, 0, 0, f"Stopped at {percent} %; enter: compute again", slots.WARNING, width=width)
    else:
        write(canvas, 0, 0, f"{landscape.n_done:,} losses computed", slots.DIM, width=width)
    finite = landscape.values[np.isfinite(landscape.values)]
    lines = [
        ("middle", short(landscape.middle_loss), f"step {landscape.step:,}"),
        ("now", short(landscape.place_loss), _whereabouts(landscape)),
    ]
    if len(finite):
        lines.append(("lowest", short(float(finite.min())), "on this map"))
    for offset, (label, value, note) in enumerate(lines):
        row = 1 + offset
        write(canvas, row, 0, label, slots.DIM)
        write(canvas, row, 8, value, slots.TEXT)
        write(canvas, row, 9 + max(9, len(value)), note, slots.DIM, width=width - 9 - max(9, len(value)))
    glyph = palette.glyphs.cursor
    write(canvas, 2, 4, glyph, slots.ACCENT)
    return 1 + len(lines)


def _whereabouts(landscape: Landscape) -> str:
    if not is_inside(landscape):
        return "outside: enter"
    if landscape.place_share >= 0.995:
        return ""
    return f"{100 * landscape.place_share:.0f} % of the distance"


def _write_legend(canvas: Cells, row: int, scale: Scale, landscape: Landscape, palette: Palette) -> int:
    """Write losses beside their colors, the highest first; return the row below."""
    finite = landscape.values[np.isfinite(landscape.values)]
    if not len(finite):
        return row
    reached = np.rint(slots.ZERO * scale.place(finite) / scale.bound)
    lowest, highest = int(max(-slots.ZERO, reached.min())), int(min(slots.ZERO, reached.max()))
    room = canvas.height - row
    if room < 3:
        return row
    write(canvas, row, 0, "loss", slots.DIM)
    for step in _legend_steps(lowest, highest, room - 1, palette):
        swatch = shades.paint(np.full((palette.samples_per_cell, 3), slots.ZERO + step, np.int16), palette)
        paste(canvas, swatch, row, 6)
        write(canvas, row, 10, short(scale.loss(step)), slots.TEXT)
        if step == 0:
            write(canvas, row, 19, "as at the center", slots.DIM, width=canvas.width - 19)
        row += 1
    return row


def _legend_steps(lowest: int, highest: int, room: int, palette: Palette) -> list[int]:
    """Return the steps of the signed scale that the legend names, from high to low."""
    if not palette.has_blocks and palette.depth in ("16", "mono"):
        return [step for step in STEPS_OF_GLYPHS if lowest - 1 <= step <= highest + 1]
    every = next((n for n in (1, 2, 4) if (highest - lowest) // n + 1 <= max(2, min(10, room))), 8)
    return sorted({*range(0, highest + 1, every), *range(0, lowest - 1, -every)}, reverse=True)


def _paragraphs(landscape: Landscape) -> list[tuple[str, str]]:
    rows = (
        f"all {landscape.n_train:,} training samples"
        if landscape.n_rows == landscape.n_train
        else f"{landscape.n_rows:,} of {landscape.n_train:,} training samples"
    )
    texts = [
        (
            "A slice of the loss surface",
            f"On {rows}, along two random directions (seed {landscape.seed}), filter-normalized: 1 is the "
            "norm of each neuron's weights.",
        )
    ]
    if len(landscape.path):
        texts.append(
            (
                "The training path",
                "Training path projected onto this slice; o marks its start. Most of a path lies outside any "
                "slice.",
            )
        )
    return texts
