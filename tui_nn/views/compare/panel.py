"""The three panels of a comparison: maps, curves, the table."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from tui_nn.data.dataset import square
from tui_nn.render.cells import Cells, blank
from tui_nn.views.compare.draw_lines import Line, draw_lines, moments_across
from tui_nn.views.compare.draw_table import columns_of, draw_table, sorted_rows
from tui_nn.views.compare.draw_tiles import MOST_SIDE_BY_SIDE, Tiling, draw_tiles, shown_runs, tiling
from tui_nn.views.compare.groups import Group, groups_of, is_grouped
from tui_nn.views.compare.values import MEASURES, Compared, CompareRequest, Lines, RunSeen, differing
from tui_nn.widgets.cells_view import CellsView

REDRAW_S = 0.4
"""Curves are asked for at most so often while runs go on."""
CHOOSE_S = 2.0
"""The best and the worst of many runs change places at most so often."""


class ComparedView(CellsView):
    """Shows a part of what was seen last; one run is selected."""

    seen: reactive[Compared | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The moment to show."""
    selected: reactive[int] = reactive(1, init=False, repaint=False)
    """The number of the run that keys act on."""

    @property
    def runs(self) -> tuple[RunSeen, ...]:
        """All rows."""
        return () if self.seen is None else self.seen.runs

    def watch_seen(self) -> None:
        """Draw the new moment."""
        self.redraw()

    def watch_selected(self) -> None:
        """Draw what is selected."""
        self.redraw()


class TilesView(ComparedView):
    """Decision maps, or confusion matrices, in a grid."""

    DEFAULT_CSS = """
    TilesView { width: 1fr; height: 1fr; }
    """

    is_discrete: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether only the class is shown, not how sure the network is."""

    _chosen: tuple[int, ...] = ()
    """The numbers of the runs whose maps were asked for last."""
    _chosen_at = 0.0

    def request(self, is_running: bool) -> CompareRequest:
        """Return which maps are wanted, and how large."""
        width, height = self.size
        tiles = self._tiles(height, width)
        domain = square(-1.0, 1.0) if self.seen is None or self.seen.domain is None else self.seen.domain
        self._choose(tiles.count, is_running)
        return CompareRequest(self._chosen, tiles.samples(domain, self.palette), tiles.n_points(domain))

    def _choose(self, count: int, is_running: bool) -> None:
        """Choose the runs to show; which of many are best is looked at now and then while they train."""
        numbers, now = {run.number for run in self.runs}, time.monotonic()
        is_kept = len(self._chosen) == min(count, len(numbers)) and numbers.issuperset(self._chosen)
        if is_running and is_kept and len(numbers) > MOST_SIDE_BY_SIDE and now - self._chosen_at < CHOOSE_S:
            return
        self._chosen_at = now
        self._chosen = tuple(run.number for run in shown_runs(self.runs, self.selected, count))

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        if self.seen is None:
            return blank(height, width)
        tiles = self._tiles(height, width)
        runs = {run.number: run for run in self.runs}
        shown = [runs[number] for number in self._chosen if number in runs]
        names = differing(self.runs)
        size = (height, width)
        return draw_tiles(
            self.seen, shown, names, self.selected, self.palette, tiles, size, discretize=self.is_discrete
        )

    def _tiles(self, height: int, width: int) -> Tiling:
        return tiling(len(self.runs), height, width)

    def watch_is_discrete(self) -> None:
        """Draw classes or shades."""
        self.redraw()


class LinesView(ComparedView):
    """Curves over one another; groups of seeds as their median, with all others shaded."""

    DEFAULT_CSS = """
    LinesView { width: 1fr; height: 1fr; }
    """

    measure: reactive[str] = reactive(MEASURES[0], init=False, repaint=False)
    """Which of MEASURES is shown."""
    has_log_scale: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether losses are drawn by their exponent."""
    is_recent: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether only the last part is shown."""

    _lines: Lines | None = None
    _asked_at = 0.0

    def moments(self, is_running: bool) -> int:
        """Return at how many steps curves are wanted of the next moment; 0: not now."""
        now = time.monotonic()
        if is_running and self._lines is not None and now - self._asked_at < REDRAW_S:
            return 0
        self._asked_at = now
        return moments_across(self.size.width)

    def watch_seen(self) -> None:
        """Draw the curves when they came."""
        if self.seen is not None and self.seen.lines is not None:
            self._lines = self.seen.lines
            self.redraw()

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        if self._lines is None:
            return blank(height, width)
        return draw_lines(
            self._lines.steps,
            lines_of(self._lines, self.runs, self.selected),
            self.palette,
            height,
            width,
            log=self.has_log_scale and "loss" in self._lines.measure,
            are_scores="loss" not in self._lines.measure,
        )

    def switch(self, what: str) -> str:
        """Switch the scale (log), the part (recent) or what is measured (measure); return it in words."""
        if what == "log":
            self.has_log_scale = not self.has_log_scale
            words = "Loss on a log scale." if self.has_log_scale else "Loss on a linear scale."
        elif what == "recent":
            self.is_recent = not self.is_recent
            words = "The last quarter of the runs." if self.is_recent else "The whole runs."
        else:
            self.measure = MEASURES[(MEASURES.index(self.measure) + 1) % len(MEASURES)]
            words = f"Curves show the {self.measure}."
        self._lines = None
        return words


def lines_of(lines: Lines, runs: Sequence[RunSeen], selected: int) -> list[Line]:
    """Return what is drawn: each run, or the median of each group of seeds in its shade; selected on top."""
    groups = groups_of(runs)
    ordered = sorted(groups, key=lambda group: any(run.number == selected for run in group.runs))
    shades = is_grouped(groups)
    return [line for group in ordered if (line := _line(lines, group, shades)) is not None]


def _line(lines: Lines, group: Group, shades: bool) -> Line | None:
    values = [lines.values[run.number] for run in group.runs if run.number in lines.values]
    if not values:
        return None
    if not shades:
        return Line(group.mark, group.slot, values[0])
    table = np.array(values)
    known = np.isfinite(table).any(axis=0)
    median, low, high = (np.full(table.shape[1], np.nan) for _ in range(3))
    for into, of in ((median, np.nanmedian), (low, np.nanmin), (high, np.nanmax)):
        into[known] = of(table[:, known], axis=0)
    return Line(group.mark, group.slot, median, low, high)


class RunsTable(ComparedView, can_focus=True):
    """The rows; the cursor selects a run."""

    BINDINGS = [
        Binding("up", "move(-1)", "the run above", show=False),
        Binding("down", "move(1)", "the run below", show=False),
        Binding("pageup", "move(-8)", "eight up", show=False),
        Binding("pagedown", "move(8)", "eight down", show=False),
        Binding("left", "sort(-1)", "sort by the column before", show=False),
        Binding("right", "sort(1)", "sort by the next column", show=False),
        Binding("home", "turn", "sort the other way round", show=False),
        Binding("enter", "take", "take the run over", show=False),
    ]

    DEFAULT_CSS = """
    RunsTable { width: 1fr; height: 1fr; }
    """

    sort: reactive[str] = reactive("run", init=False, repaint=False)
    """The column that rows are sorted by."""
    is_reversed: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether the largest or worst comes first."""

    sentences: Sequence[str] = ()
    """What is said of all runs."""

    class Selected(Message):
        """Another run is under the cursor."""

        def __init__(self, number: int) -> None:
            self.number = number
            super().__init__()

    class Taken(Message):
        """The run under the cursor is to go on elsewhere."""

    class Told(Message):
        """Something is to be said."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        return draw_table(
            self.runs,
            self.palette,
            height,
            width,
            selected=self.selected,
            sort=self.sort,
            is_reversed=self.is_reversed,
            below=self.below,
        )

    @property
    def below(self) -> list[str]:
        """What is said below the rows: why the run under the cursor ended, then what is said of all."""
        chosen = (run for run in self.runs if run.number == self.selected and run.why)
        return [*(f"Run {run.number}: {run.why}" for run in chosen), *self.sentences]

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        numbers = [run.number for run in sorted_rows(self.runs, self.sort, self.is_reversed)]
        if numbers:
            at = numbers.index(self.selected) if self.selected in numbers else 0
            self.post_message(self.Selected(numbers[max(0, min(len(numbers) - 1, at + rows))]))

    def action_sort(self, step: int) -> None:
        """Sort by another column."""
        columns = columns_of(self.runs) if self.runs else []
        keys = [column.key for column in columns]
        if not keys:
            return
        at = keys.index(self.sort) if self.sort in keys else 0
        column = columns[(at + step) % len(keys)]
        self.sort, self.is_reversed = column.key, False
        self.post_message(
            self.Told(f"Sorted by {column.title if column.key != 'run' else 'number'}; home turns it round.")
        )

    def action_turn(self) -> None:
        """Sort the other way round."""
        self.is_reversed = not self.is_reversed
        self.redraw()

    def action_take(self) -> None:
        """Ask to go on with the run."""
        self.post_message(self.Taken())

    def watch_sort(self) -> None:
        """Draw in the new order."""
        self.redraw()
