"""A network in space: sheets of glowing units, links of dots between them, names beside them.

What is nearer covers what is farther; only a link never covers the units of the sheets that it joins.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tui_nn.render.cells import Cells, blank, paste
from tui_nn.render.palette import Palette
from tui_nn.render.sheets import Scene, Sheet
from tui_nn.render.space_labels import draw_labels
from tui_nn.render.space_links import Thread, draw_threads
from tui_nn.render.space_stamps import is_balls
from tui_nn.render.space_units import draw_units
from tui_nn.render.stage import frame, stage
from tui_nn.render.viewpoint import FIRST_VIEW, Seen, Viewpoint

IN_FRONT = 0.6
"""A link covers units that are so many gaps behind it: those of other sheets than it joins."""


def space(scene: Scene, palette: Palette, height: int, width: int, view: Viewpoint = FIRST_VIEW) -> Cells:
    """Draw a scene in `height` x `width` cells; any size is allowed."""
    canvas = blank(height, width)
    if not canvas.glyphs.size or not scene.sheets:
        return canvas
    fitted = stage(tuple(sheet.grid for sheet in scene.sheets), height, width)
    units = [fitted.seen(i, s.grid.places(s.numbers), view) for i, s in enumerate(scene.sheets)]
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
        threads.append(Thread(begin, end, bundle.values))
    links = draw_threads(threads, palette, height, width, reach)
    balls = draw_units(scene.sheets, units, palette, height, width, reach)
    covered = balls.shows & ~(links.depth < balls.depth - IN_FRONT * fitted.gap)
    paste(canvas, links.cells, 0, 0)
    for name in ("glyphs", "foreground", "background"):
        getattr(canvas, name)[covered] = getattr(balls.cells, name)[covered]
    draw_labels(canvas, scene.sheets, units, corners, balls.shows)
    return canvas


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
