"""A network in space: sheets of glowing units, links of dots between them, names beside them.

What is nearer covers what is farther; only a link never covers the units of the sheets that it joins.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tui_nn.render.cells import DEFAULT, Cells, blank, paste
from tui_nn.render.palette import Palette
from tui_nn.views.space.draw_labels import draw_labels
from tui_nn.views.space.draw_links import Thread, draw_threads
from tui_nn.views.space.draw_sheets import Scene, Sheet
from tui_nn.views.space.draw_stage import frame, stage
from tui_nn.views.space.draw_stamps import is_balls
from tui_nn.views.space.draw_units import Units, draw_units
from tui_nn.views.space.draw_viewpoint import FIRST_VIEW, Seen, Viewpoint


def space(scene: Scene, palette: Palette, height: int, width: int, view: Viewpoint = FIRST_VIEW) -> Cells:
    """Draw a scene in `height` x `width` cells; any size is allowed."""
    canvas = blank(height, width)
    if not canvas.glyphs.size or not scene.sheets:
        return canvas
    fitted = stage(tuple(sheet.grid for sheet in scene.sheets), height, width)
    ranks = _ranks(len(scene.sheets), view)
    units = [
        Units(sheet, fitted.seen(i, sheet.grid.places(sheet.numbers), view), ranks[i])
        for i, sheet in enumerate(scene.sheets)
    ]
    corners = [
        _outline(sheet, fitted.seen(i, frame(sheet.grid), view), palette)
        for i, sheet in enumerate(scene.sheets)
    ]
    reach = max(1e-9, max(float(np.abs(seen.depth).max()) for seen in corners))
    threads = [_frame(sheet, corner, palette) for sheet, corner in zip(scene.sheets, corners, strict=True)]
    for i, bundle in enumerate(scene.bundles):
        below, above = scene.sheets[i], scene.sheets[i + 1]
        begin = fitted.seen(i, below.grid.places(bundle.sources), view)
        end = fitted.seen(i + 1, above.grid.places(bundle.targets), view)
        threads.append(Thread(begin, end, bundle.values, (ranks[i] + ranks[i + 1]) / 2))
    links = draw_threads(threads, palette, height, width, reach)
    drawn = draw_units(units, palette, height, width, reach)
    is_unit, ground = np.isfinite(drawn.rank), drawn.cells.background
    is_under = (ground != DEFAULT) & (links.rank < drawn.rank - 1)
    paste(canvas, links.cells, 0, 0)
    canvas.background[is_under] = ground[is_under]
    for name in ("glyphs", "foreground", "background"):
        getattr(canvas, name)[is_unit & ~is_under] = getattr(drawn.cells, name)[is_unit & ~is_under]
    draw_labels(canvas, units, corners, is_unit)
    return canvas


def _ranks(n_sheets: int, view: Viewpoint) -> list[float]:
    """Return for each sheet how many are nearer; from the side none is."""
    goes_away = view.axes()[2, 0]
    if abs(goes_away) < 1e-9:
        return [0.0] * n_sheets
    return [float(i if goes_away > 0 else n_sheets - 1 - i) for i in range(n_sheets)]


def _outline(sheet: Sheet, corners: Seen, palette: Palette) -> Seen:
    """Return the corners of the frame: a little outside of units that are whole cells."""
    if palette.has_blocks or is_balls(sheet, corners):
        return corners
    x, y = (side + np.sign(side - side.mean()) * dots for side, dots in ((corners.x, 3), (corners.y, 5)))
    return replace(corners, x=x, y=y)


def _frame(sheet: Sheet, corners: Seen, palette: Palette) -> Thread:
    """Return the sides of a sheet as links without a value; none where the units show well where it is."""
    is_shown = is_balls(sheet, corners) if palette.has_blocks else not is_balls(sheet, corners)
    if not is_shown or (sheet.names and not palette.has_blocks):
        nowhere = Seen(*[np.zeros(0)] * 4)
        return Thread(nowhere, nowhere, np.zeros(0))
    ends = Seen(*(np.roll(getattr(corners, name), -1) for name in ("x", "y", "depth", "size")))
    return Thread(corners, ends, np.zeros(4))
