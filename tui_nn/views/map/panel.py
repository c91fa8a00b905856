"""The big map: the network's answer everywhere on the plane, with the data on it and a cursor to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from tui_nn.data.dataset import Domain, square
from tui_nn.render.cells import Cells, blank, hstack, paste, write
from tui_nn.render.palette import Palette
from tui_nn.render.plane import Plane
from tui_nn.training.snapshot import PointSet, Snapshot
from tui_nn.views.map.values import DecisionMap, Floats, Grid, MapRequest
from tui_nn.widgets.cells_view import CellsView
from tui_nn.widgets.late import late

if TYPE_CHECKING:
    from tui_nn.views.map import draw as drawing
    from tui_nn.views.map import draw_readout as words
    from tui_nn.views.map import draw_samples as samples
    from tui_nn.views.map.draw import MapShare
    from tui_nn.views.map.draw_points import Points
    from tui_nn.views.map.draw_readout import Reading
else:
    drawing = late("tui_nn.views.map.draw")
    words = late("tui_nn.views.map.draw_readout")
    samples = late("tui_nn.views.map.draw_samples")

UNKNOWN_DOMAIN = square(-6.0, 6.0)


class MapView(CellsView, can_focus=True):
    """Draws the surface of the last snapshot; the cursor appears when the map has the keyboard."""

    BINDINGS = [
        Binding("left", "move(-1, 0)", "left", show=False),
        Binding("right", "move(1, 0)", "right", show=False),
        Binding("up", "move(0, 1)", "up", show=False),
        Binding("down", "move(0, -1)", "down", show=False),
    ]

    DEFAULT_CSS = """
    MapView { width: 1fr; height: 1fr; }
    """

    snapshot: reactive[Snapshot | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The moment to show."""
    points: reactive[PointSet | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The data, which comes with the first snapshot after it changed."""
    shows_test: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether test points are drawn too."""
    is_discrete: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether only the class is shown, not how sure the network is."""
    shows_truth: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether the true classes are drawn beside the prediction."""
    cursor: reactive[tuple[float, float]] = reactive((0.0, 0.0), init=False, repaint=False)
    """The point that is read out while the map has the keyboard."""

    sample: reactive[int | None] = reactive(None, init=False, repaint=False)
    """The sample at that point, counted through both sets; None: there is none."""

    class Moved(Message):
        """The cursor is somewhere else, or is shown or hidden."""

    def __init__(self, palette: Palette, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(palette, id=id, classes=classes)

    @property
    def probe(self) -> tuple[float, float] | None:
        """The point under the cursor; None while the map has not the keyboard."""
        return self.cursor if self.has_focus else None

    def grid(self) -> Grid | None:
        """Return the samples that fill the map; None where there is no room."""
        share = self._share(self.size.height, self.size.width)
        return drawing.decision_grid(self._domain, self.palette, share.height, share.width, share.stretch)

    def request(self, node: tuple[int, int] | None = None) -> MapRequest | None:
        """Return what this view asks of the next moment; node: whose output is wanted, not the network's."""
        grid = self.grid()
        return None if grid is None else MapRequest(grid, node, self.probe)

    def draw(self, height: int, width: int) -> Cells:
        """Return the map, beside it the truth or the read-out."""
        share, reading = self._share(height, width), self._reading()
        surface = None if self._seen is None else self._seen.surface
        shown = self._map(surface, share, self._shown_points())
        if self.shows_truth:
            truth = self._map(None, share, self._shown_points(judged=False))
            write(truth, 0, 0, "truth")
            shown = hstack(shown, truth, gap=1)
        canvas = blank(height, width)
        paste(canvas, shown, 0, 0)
        if share.beside:
            said = words.readout(self.palette, height, min(share.beside, words.WIDTH + 4), reading)
            paste(canvas, said, 0, shown.width + drawing.GAP)
        elif share.height < height:
            paste(canvas, words.readout_row(self.palette, width, reading), share.height, 0)
        return canvas

    @property
    def _plane(self) -> Plane:
        share = self._share(self.size.height, self.size.width)
        return drawing.decision_area(self._domain, share.height, share.width, share.stretch).plane

    @property
    def _domain(self) -> Domain:
        return self.points.domain if self.points is not None else UNKNOWN_DOMAIN

    def _share(self, height: int, width: int) -> MapShare:
        """Return the room of the map: what a square needs, or half of it beside the truth."""
        if self.shows_truth:
            return drawing.MapShare(
                height - (height >= drawing.LOWEST_WITH_WORDS), max(0, (width - 1) // 2), 0
            )
        return drawing.share_panel(
            self._domain, height, width, words.readout_width(self.palette, self._reading())
        )

    def _map(self, surface: Floats | None, share: MapShare, points: Points | None) -> Cells:
        return drawing.decision_picture(
            surface,
            points,
            self._domain,
            self.palette,
            share.height,
            share.width,
            discretize=self.is_discrete,
            cursor=self.probe,
            stretch=share.stretch,
        )

    def _reading(self) -> Reading:
        data = self.points
        is_elsewhere = data is not None and data.n_columns > 2 and self.sample is not None
        return words.Reading(
            data.class_names if data is not None else (),
            self.shows_test,
            self.probe,
            None if self._seen is None or is_elsewhere else self._seen.answer,
            truth=""
            if data is None or self.sample is None
            else samples.read_words(data, self._seen, self.sample),
            axis_names=data.axis_names if data is not None else ("x", "y"),
            value_center=data.value_center if data is not None else 0.0,
            value_size=data.value_size if data is not None else 1.0,
        )

    @property
    def _seen(self) -> DecisionMap | None:
        return None if self.snapshot is None else self.snapshot.reply(DecisionMap)

    def _shown_points(self, judged: bool = True) -> Points | None:
        return drawing.shown_points(self.points, self._seen, with_test=self.shows_test, judged=judged)

    def watch_snapshot(self) -> None:
        """Draw the new moment."""
        self.redraw()

    def watch_points(self, before: PointSet | None, points: PointSet | None) -> None:
        """Draw the new data, with the cursor in the middle of another plane."""
        if points is not None and (before is None or before.domain != points.domain):
            across, up = points.domain
            self.cursor = (sum(across) / 2, sum(up) / 2)
        if points is None or before is None or before.version != points.version:
            self.sample = None
        self.redraw()

    def watch_shows_test(self) -> None:
        """Draw with or without test points."""
        self.redraw()

    def watch_is_discrete(self) -> None:
        """Draw classes or shades."""
        self.redraw()

    def watch_shows_truth(self) -> None:
        """Draw one map or two."""
        self.redraw()

    def on_focus(self) -> None:
        """Ask for the answer at the cursor."""
        self.post_message(self.Moved())

    def on_blur(self) -> None:
        """Ask for none any more."""
        self.post_message(self.Moved())

    def action_move(self, columns: int, rows: int) -> None:
        """Move the cursor by cells of the map."""
        plane, points = self._plane, self._shown_points()
        if not plane.rows or not plane.columns:
            return
        row, column = plane.cells([self.cursor])[0].tolist()
        cell = min(plane.rows - 1, max(0, row - rows)), min(plane.columns - 1, max(0, column + columns))
        self.sample = None if points is None else samples.sample_in_cell(points, plane, cell)
        if points is None or self.sample is None:
            self.cursor = tuple(plane.centers()[cell[0] * plane.columns + cell[1]].tolist())
        else:
            self.cursor = tuple(points.positions[self.sample].tolist())
        self.redraw()
        self.post_message(self.Moved())

    def go_to_sample(self, step: int, is_wrong: bool = False) -> str:
        """Put the cursor on the next sample (step 1) or the one before (-1); return what it is, in words.

        is_wrong: only misclassified ones count.
        """
        data, points, seen = self.points, self._shown_points(), self._seen
        if data is None or points is None:
            return "There are no points to go to."
        if is_wrong and points.wrong is None:
            return "Only classes can be misclassified; { and } go through all points."
        among = points.wrong if is_wrong and points.wrong is not None else np.ones(len(points.labels), bool)
        number = samples.next_among(among, self.sample, step)
        if number is None:
            n_hidden = 0 if self.shows_test else samples.wrong_test_points(data, seen)
            return f"No {'' if self.shows_test else 'training '}point is misclassified" + (
                f"; t shows {n_hidden:,} test points that are." if n_hidden else "."
            )
        self.sample, self.cursor = number, tuple(points.positions[number].tolist())
        self.redraw()
        self.post_message(self.Moved())
        return samples.sample_words(data, seen, points, number)

    @property
    def hidden_words(self) -> str:
        """What the test points would show, if they are not shown and a trained network errs more on them."""
        if self.points is None or self.snapshot is None or self.shows_test or not self.snapshot.step:
            return ""
        return samples.hidden_words(self.points, self._seen)
