"""`tui-nn train --plot`: decision map, curves and network as text, drawn as on the screen."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TextIO

from tui_nn.data.dataset import square
from tui_nn.render import slots
from tui_nn.render.ansi import to_text
from tui_nn.render.cells import Cells, blank, hstack, paste, stack, text_line
from tui_nn.render.palette import ASCII, MONO, Palette, palette_for
from tui_nn.render.terminal import color_depth, is_utf8
from tui_nn.settings.config import Config
from tui_nn.settings.layers import layer_sizes
from tui_nn.training.session import Session
from tui_nn.training.snapshot import PointSet, ViewRequest
from tui_nn.views.curves.draw import charts_picture, name_charts
from tui_nn.views.curves.draw_chart import plotext_figure
from tui_nn.views.map.draw import decision_area, decision_grid, decision_picture, shown_points
from tui_nn.views.map.draw_readout import WIDTH, Reading, readout
from tui_nn.views.map.look import look_at_map
from tui_nn.views.map.values import DecisionMap, MapRequest
from tui_nn.views.network.draw import network_grid, network_picture
from tui_nn.views.network.look import look_at_network
from tui_nn.views.network.values import InsidesRequest

NO_TERMINAL_WIDTH = 80
NO_DOMAIN = square(-1.0, 1.0)
NARROWEST, WIDEST = 20, 160
MAP_ROWS, CHART_ROWS, NETWORK_ROWS = 21, 16, 22
SIDE_BY_SIDE = 110
"""Columns from which the curves stand beside the map."""


def plot(session: Session, stream: TextIO, config: Config, environment: Mapping[str, str]) -> str:
    """Return the pictures of where a run is, with the width and the colors of `stream`."""
    palette = choose_palette(config, stream, environment)
    cells = draw(session, palette, width_of(stream))
    return to_text(cells, palette, styled=palette not in (MONO, ASCII))


def choose_palette(config: Config, stream: TextIO, environment: Mapping[str, str]) -> Palette:
    """Return the colors of the terminal behind `stream`; none where there is no terminal and none asked for.

    A depth that is named (`--color 256`) holds for files and pipes too.
    """
    is_plain = not stream.isatty() or environment.get("TERM", "") in ("", "dumb")
    depth = "mono" if config.color == "auto" and is_plain else color_depth(config.color, environment)
    is_unicode = is_utf8(environment) and "utf" in (stream.encoding or "").lower()
    return palette_for(depth, ascii_only=config.ascii or not is_unicode)


def width_of(stream: TextIO) -> int:
    """Return the columns to draw in."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return min(WIDEST, max(NARROWEST, columns or NO_TERMINAL_WIDTH))


def draw(session: Session, palette: Palette, width: int) -> Cells:
    """Return map, curves and network in `width` columns; without a plane there is no map."""
    config, points = session.trainer.config, session.snapshot(ViewRequest()).points
    domain = points.domain if points is not None else NO_DOMAIN
    is_wide = width >= SIDE_BY_SIDE
    map_width = width // 2 if is_wide else width
    grid = decision_grid(domain, palette, MAP_ROWS, map_width - WIDTH - 2)
    small = network_grid(layer_sizes(config), config, domain, palette, NETWORK_ROWS, width)
    snapshot = session.snapshot(ViewRequest(history=True))
    seen = None if grid is None else look_at_map(session.trainer, MapRequest(grid))
    insides = None if small is None else look_at_network(session.trainer, InsidesRequest(small))
    is_regression = snapshot.metrics.train_r2 is not None

    metrics = session.trainer.measure()

    def charts(height: int, columns: int) -> Cells:
        drawn = charts_picture(snapshot.curves, is_regression, palette, height, columns, plotext_figure)
        return name_charts(drawn, snapshot.curves, metrics, palette)

    if seen is None or points is None:
        top = charts(CHART_ROWS, width)
    elif is_wide:
        left = _map(seen, points, palette, map_width)
        top = hstack(left, charts(MAP_ROWS, width - left.width - 2), gap=2)
    else:
        top = stack(_map(seen, points, palette, width), charts(CHART_ROWS, width), gap=1)
    names = config.dataset_spec.input_names
    if seen is not None and len(names) > 2:
        note = f"map: {names[0]} across, {names[1]} up, the other inputs at their mean"
        top = stack(top, text_line(note, width, slots.DIM))
    if insides is None:
        return top
    return stack(top, network_picture(insides, config, palette, NETWORK_ROWS, width), gap=1)


def _map(seen: DecisionMap, points: PointSet, palette: Palette, width: int) -> Cells:
    """Return the decision map with its legend."""
    room = width - WIDTH - 2
    area = decision_area(points.domain, MAP_ROWS, room)
    drawn = decision_picture(seen.surface, shown_points(points, seen), points.domain, palette, MAP_ROWS, room)
    used = area.column + area.plane.columns
    canvas = blank(area.plane.rows + 1, used + 2 + WIDTH)
    paste(canvas, drawn, 0, 0)
    legend = readout(palette, canvas.height, WIDTH, Reading(points.class_names))
    paste(canvas, legend, 0, used + 2)
    return canvas
