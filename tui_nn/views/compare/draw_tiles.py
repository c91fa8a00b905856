"""Maps of several runs in a grid, each under its settings and results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui_nn.data.dataset import Domain
from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, paste, write
from tui_nn.render.gallery import confusion_table
from tui_nn.render.palette import Palette
from tui_nn.views.compare.groups import groups_of
from tui_nn.views.compare.values import Compared, RunSeen
from tui_nn.views.compare.words import result_words, run_words
from tui_nn.views.map.draw_surface import decision_map, map_area

WORDS = 2
"""Rows above a map."""
LEAST = (9, 18)
"""Rows and columns of a tile below which there are fewer of them."""
MOST_SIDE_BY_SIDE = 9


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
        domain = seen.domain
        piece = decision_map(surface, palette, height - WORDS, width, domain=domain, discretize=discretize)
        paste(canvas, piece, WORDS, 0)
    elif confusion is not None:
        labels = [str(label) for label in range(len(confusion))]
        paste(canvas, confusion_table(confusion, labels, palette, height - WORDS, width), WORDS, 0)
    return canvas
