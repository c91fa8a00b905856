"""Maps of several runs in a grid, each under its settings and results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.dataset import Domain
from tui_nn.render import shades, slots
from tui_nn.render.cells import Cells, blank, paste, write
from tui_nn.render.gallery import confusion_table, table_layout
from tui_nn.render.palette import Palette
from tui_nn.views.compare.groups import groups_of
from tui_nn.views.compare.values import Compared, RunSeen
from tui_nn.views.compare.words import result_words, run_words
from tui_nn.views.map.draw_points import Points, draw_points
from tui_nn.views.map.draw_surface import map_area, surface_slots

WORDS = 2
"""Rows above a map."""
LEAST = (9, 18)
"""Rows and columns of a tile below which there are fewer of them."""
MOST_SIDE_BY_SIDE = 9
LEAST_ROWS = 6
"""Rows of a map from which on samples are drawn on it."""
CELLS_A_POINT = 5


@dataclass(frozen=True)
class Tiling:
    """A grid of equal tiles."""

    down: int
    across: int
    height: int
    """Rows of a tile."""
    width: int
    """Columns of a tile, one of them free."""

    @property
    def count(self) -> int:
        """How many runs are seen at once."""
        return self.down * self.across

    def samples(self, domain: Domain, palette: Palette) -> tuple[int, int]:
        """Return rows and columns of what a map is asked at."""
        plane = map_area(self.height - WORDS, self.width - 1, domain).plane
        return plane.rows * palette.samples_per_cell, plane.columns

    def n_points(self, domain: Domain) -> int:
        """Return how many samples a map is asked for: none where they would hide it."""
        plane = map_area(self.height - WORDS, self.width - 1, domain).plane
        return plane.rows * plane.columns // CELLS_A_POINT if plane.rows >= LEAST_ROWS else 0


def tiling(count: int, height: int, width: int) -> Tiling:
    """Return tiles for so many runs: as large as they can be, up to three by three, two by two if small."""
    grids = ((1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 2), (3, 3))
    tilings = [Tiling(down, across, height // down, width // across) for down, across in grids]
    large = [t for t in tilings if t.height >= LEAST[0] and t.width >= LEAST[1]] or tilings[:1]
    enough = [t for t in large if t.count >= count]
    return max(enough, key=_side) if enough else max(large, key=lambda t: (t.count, _side(t)))


def _side(tiles: Tiling) -> int:
    return min(tiles.height - WORDS, tiles.width // 2)


def shown_runs(runs: Sequence[RunSeen], selected: int, count: int) -> list[RunSeen]:
    """Return the runs whose maps are shown: all; those around the selected one; of many best and worst."""
    if len(runs) <= count:
        return list(runs)
    if len(runs) <= MOST_SIDE_BY_SIDE:
        at = next((i for i, run in enumerate(runs) if run.number == selected), 0)
        first = min(at // count * count, len(runs) - count)
        return list(runs[first : first + count])
    order = ranked(runs)
    n_worst = count // 2
    return [*order[: count - n_worst], *order[len(order) - n_worst :]]


def ranked(runs: Sequence[RunSeen]) -> list[RunSeen]:
    """Return runs by their test loss, the best first, lost ones last."""

    def key(run: RunSeen) -> tuple[bool, float]:
        loss = run.measure("test loss")
        return run.is_lost or loss is None, 0.0 if loss is None else loss

    return sorted(runs, key=key)


def draw_tiles(
    seen: Compared,
    shown: Sequence[RunSeen],
    names: Sequence[str],
    selected: int,
    palette: Palette,
    tiles: Tiling,
    size: tuple[int, int],
    *,
    discretize: bool = False,
) -> Cells:
    """Draw a tile for each run that is shown. names: settings that differ; size: rows and columns of all."""
    canvas = blank(*size)
    colors = {run.number: group.slot for group in groups_of(seen.runs) for run in group.runs}
    for place, run in enumerate(shown[: tiles.count]):
        row, column = divmod(place, tiles.across)
        tile = _tile(
            seen,
            run,
            names,
            None if run.number == selected else colors[run.number],
            palette,
            tiles,
            discretize,
        )
        paste(canvas, tile, row * tiles.height, column * tiles.width)
    return canvas


def _tile(
    seen: Compared,
    run: RunSeen,
    names: Sequence[str],
    color: int | None,
    palette: Palette,
    tiles: Tiling,
    discretize: bool,
) -> Cells:
    """Draw one run. color: of its number; None for the one that is selected."""
    height, width = tiles.height, tiles.width - 1
    canvas = blank(height, width)
    title = f" {run_words(run, names, width - 2)} "
    if color is None:
        write(canvas, 0, 0, title, slots.SELECTED, slots.SELECTION)
    else:
        write(canvas, 0, 1, str(run.number), color)
        write(canvas, 0, 1 + len(str(run.number)), title[1 + len(str(run.number)) :], slots.TITLE)
    write(canvas, 1, 1, result_words(run), slots.WARNING if run.is_lost else slots.TEXT)
    surface, confusion = seen.maps.get(run.number), seen.confusions.get(run.number)
    if surface is not None and seen.domain is not None:
        plane = map_area(height - WORDS, width, seen.domain).plane
        steps = surface_slots(surface, palette, plane.rows, plane.columns, discretize=discretize)
        paste(canvas, shades.paint(shades.coarse(steps), palette), WORDS, 0)
        samples = seen.samples.get(run.number)
        if samples is not None and plane.rows >= LEAST_ROWS:
            points = Points(np.asarray(samples.positions, np.float64), samples.labels, samples.wrong)
            draw_points(canvas, points, plane, palette, WORDS, 0)
    elif confusion is not None:
        paste(canvas, _confusion(confusion, palette, height - WORDS, width), WORDS, 0)
    return canvas


def _confusion(counts: NDArray[np.int64], palette: Palette, height: int, width: int) -> Cells:
    """Draw counts, true classes down and answers across; as blocks where there is no room for numbers.

    A block is the share of its true class: right answers as + (blue), wrong ones as - (orange);
    where there are more classes than rows, a block is the mean of several.
    """
    names = [str(label) for label in range(len(counts))]
    layout = table_layout(names, height, width)
    if layout.left(len(names)) <= width + 1 and len(names) < height:
        return confusion_table(counts, names, palette, height, width)
    shares = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    values = np.where(np.eye(len(counts), dtype=bool), shares, -shares)
    room = max(0, height) * palette.samples_per_cell
    rows, columns = min(len(counts), room), min(len(counts), max(0, width))
    if not (rows and columns):
        return blank(height, width)
    steps = shades.signed(shades.pool(values, rows, columns))
    down, across = room // rows, width // columns
    across = min(across, max(1, round(2 * down / palette.samples_per_cell)))
    return shades.paint(np.repeat(np.repeat(steps, down, axis=0), across, axis=1), palette)
