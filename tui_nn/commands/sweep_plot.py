"""`tui-nn sweep --plot`: parallel coordinates of the runs, with the width and the colors of the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TextIO

from tui_nn.commands.plot import choose_palette, width_of
from tui_nn.commands.wording import number
from tui_nn.render.ansi import to_text
from tui_nn.render.palette import ASCII, MONO
from tui_nn.settings.config import Config
from tui_nn.sweeps.results import Results
from tui_nn.views.sweep.axes import axes_of
from tui_nn.views.sweep.draw import draw_parallel

HEIGHT = 20


def plot(results: Results, stream: TextIO, config: Config, environment: Mapping[str, str]) -> str:
    """Return the picture of the runs that have come to a good end; nothing where none has."""
    palette = choose_palette(config, stream, environment)
    axes, places = axes_of(results, number)
    if not axes:
        return ""
    cells = draw_parallel(axes, places, palette, HEIGHT, width_of(stream))
    return to_text(cells, palette, styled=palette not in (MONO, ASCII))
