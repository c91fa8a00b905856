"""PICTURES: what can be drawn of a run without a screen, each as on the screen, in the cells there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui_nn.data.dataset import square
from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, paste, stack, text_line
from tui_nn.render.palette import Palette
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

NO_DOMAIN = square(-1.0, 1.0)


@dataclass(frozen=True)
class Picture:
    """One thing that can be drawn."""

    name: str
    draw: Callable[[Session, Palette, int, int], Cells | None]
    """(session, palette, rows, columns) -> at most so many cells; None where the run has no such picture."""
    help: str
    why_none: str
    """What is said where there is none."""


def draw_map(session: Session, palette: Palette, rows: int, columns: int) -> Cells | None:
    """Return the decision map with its legend; None without a plane, and where there is no room."""
    points = session.snapshot(ViewRequest()).points
    if points is None:
        return None
    grid = decision_grid(points.domain, palette, rows, columns - WIDTH - 2)
    seen = None if grid is None else look_at_map(session.trainer, MapRequest(grid))
    return None if seen is None else _map(seen, points, palette, rows, columns)


def map_note(session: Session, columns: int) -> Cells | None:
    """Return a line that says which inputs a map shows; None where there are no others."""
    names = session.trainer.config.dataset_spec.input_names
    if len(names) <= 2:
        return None
    note = f"map: {names[0]} across, {names[1]} up, the other inputs at their mean"
    return text_line(note, columns, slots.DIM)


def draw_curves(session: Session, palette: Palette, rows: int, columns: int) -> Cells:
    """Return the curves of loss and score."""
    snapshot = session.snapshot(ViewRequest(history=True))
    is_regression = snapshot.metrics.train_r2 is not None
    drawn = charts_picture(snapshot.curves, is_regression, palette, rows, columns, plotext_figure)
    return name_charts(drawn, snapshot.curves, session.trainer.measure(), palette)


def draw_network(session: Session, palette: Palette, rows: int, columns: int) -> Cells | None:
    """Return neurons and links; None where there is no room."""
    config, points = session.trainer.config, session.snapshot(ViewRequest()).points
    domain = points.domain if points is not None else NO_DOMAIN
    small = network_grid(layer_sizes(config), config, domain, palette, rows, columns)
    insides = look_at_network(session.trainer, InsidesRequest(small))
    return None if insides is None else network_picture(insides, config, palette, rows, columns)


def _noted_map(session: Session, palette: Palette, rows: int, columns: int) -> Cells | None:
    note = map_note(session, columns)
    drawn = draw_map(session, palette, rows - (note is not None), columns)
    return drawn if drawn is None or note is None else stack(drawn, note)


def _recorded_curves(session: Session, palette: Palette, rows: int, columns: int) -> Cells | None:
    curves = session.snapshot(ViewRequest(history=True)).curves
    has_line = curves is not None and len(curves.steps) > 1
    return None if not has_line else draw_curves(session, palette, rows, columns)


def _map(seen: DecisionMap, points: PointSet, palette: Palette, rows: int, width: int) -> Cells:
    room = width - WIDTH - 2
    area = decision_area(points.domain, rows, room)
    drawn = decision_picture(seen.surface, shown_points(points, seen), points.domain, palette, rows, room)
    used = area.column + area.plane.columns
    canvas = blank(area.plane.rows + 1, used + 2 + WIDTH)
    paste(canvas, drawn, 0, 0)
    legend = readout(palette, canvas.height, WIDTH, Reading(points.class_names))
    paste(canvas, legend, 0, used + 2)
    return canvas


_ALL = (
    Picture(
        "map", _noted_map, "the decision map with the samples", "its inputs are no plane; network shows it"
    ),
    Picture("network", draw_network, "neurons and weights", "there is no room for it"),
    Picture("curves", _recorded_curves, "loss and accuracy by step", "nothing of its training is recorded"),
)

PICTURES = {picture.name: picture for picture in _ALL}
