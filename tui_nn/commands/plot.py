"""`tui-nn train --plot`: decision map, curves and network as text, drawn as on the screen."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TextIO

from tui_nn.commands.pictures import draw_curves, draw_map, draw_network, map_note
from tui_nn.render.ansi import to_text
from tui_nn.render.cells import Cells, hstack, stack
from tui_nn.render.palette import ASCII, MONO, Palette, palette_for
from tui_nn.render.terminal import color_depth, is_utf8
from tui_nn.settings.config import Config
from tui_nn.training.session import Session

NO_TERMINAL_WIDTH = 80
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
    is_wide = width >= SIDE_BY_SIDE
    drawn_map = draw_map(session, palette, MAP_ROWS, width // 2 if is_wide else width)
    if drawn_map is None:
        top = draw_curves(session, palette, CHART_ROWS, width)
    elif is_wide:
        beside = draw_curves(session, palette, MAP_ROWS, width - drawn_map.width - 2)
        top = hstack(drawn_map, beside, gap=2)
    else:
        top = stack(drawn_map, draw_curves(session, palette, CHART_ROWS, width), gap=1)
    note = map_note(session, width)
    if drawn_map is not None and note is not None:
        top = stack(top, note)
    network = draw_network(session, palette, NETWORK_ROWS, width)
    return top if network is None else stack(top, network, gap=1)
