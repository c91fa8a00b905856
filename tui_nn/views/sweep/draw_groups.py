"""Groups of runs that differ in their seeds alone: a row each, with numbers and the spread as a bar."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, fill, wrap, write
from tui_nn.render.palette import Palette
from tui_nn.render.rows import first_around, mark_more
from tui_nn.settings.config import SETTINGS
from tui_nn.sweeps.results import Measure
from tui_nn.sweeps.spread import Spread, Verdict, p_in_words
from tui_nn.views.compare.draw_table import GAP, rows_above, write_below, write_in_row
from tui_nn.views.compare.words import loss_words
from tui_nn.views.sweep.axes import ResultScale

NARROWEST_BAR, WIDEST_BAR = 10, 60


def draw_groups(
    spreads: Sequence[Spread],
    verdicts: Sequence[Verdict],
    measure: Measure,
    selected: int | None,
    palette: Palette,
    height: int,
    width: int,
) -> Cells:
    """Draw the groups around the selected one, the best first, and the verdict below.

    Columns at the right that have no room are left out: the bar first, then seeds and p.
    """
    canvas = blank(height, width)
    if not spreads or canvas.height < 2 or not canvas.width:
        return canvas
    below = wrap(verdicts[0].sentence(measure.label), canvas.width) if verdicts else []
    room = rows_above(below, len(spreads), canvas.height)
    first = first_around(selected, len(spreads), room)
    columns = _columns(spreads, verdicts, measure)
    while len(columns) > 1 and _width(columns) > canvas.width - 1:
        columns.remove(max(columns, key=lambda column: column[0]))
    left = 0
    for _, title, texts in columns:
        wide = max(map(len, [title, *texts]))
        write(canvas, 0, left, title, slots.TITLE, width=wide, align="right")
        for row, text in enumerate(texts[first : first + room], start=1):
            is_here = first + row - 1 == selected
            write_in_row(canvas, row, left, wide, text, slots.TEXT, is_selected=is_here)
        left += wide + GAP
    bar = min(WIDEST_BAR, canvas.width - 1 - left - GAP)
    if bar >= NARROWEST_BAR:
        scale = _scale(spreads, measure)
        for row, spread in enumerate(spreads[first : first + room], start=1):
            _draw_bar(canvas, row, left + GAP, bar, spread, measure, scale, palette)
    mark_more(canvas, palette, canvas.width - 1, (1, room), (first > 0, first + room < len(spreads)))
    write_below(canvas, below, room)
    return canvas


def _columns(
    spreads: Sequence[Spread], verdicts: Sequence[Verdict], measure: Measure
) -> list[tuple[int, str, list[str]]]:
    """Return columns as (rank, title, texts); the largest rank is left out first."""
    rows = [spread.as_row(measure) for spread in spreads]
    names = dict.fromkeys(name for spread in spreads for name, _ in spread.choice)
    p_values = ["", *(p_in_words(verdict.p) for verdict in verdicts)]
    columns = [
        (0, SETTINGS[name].label, [dict(spread.choice).get(name, "-") for spread in spreads])
        for name in names
    ]
    columns.append((4, "seeds", [str(row["seeds"]) for row in rows]))
    for rank, name in ((1, "median"), (2, "min"), (2, "max")):
        columns.append((rank, name, [loss_words(row[name]) for row in rows]))
    if any(row["lost"] for row in rows):
        columns.append((3, "lost", [str(row["lost"] or "") for row in rows]))
    columns.append((5, "p", p_values))
    return columns


def _width(columns: Sequence[tuple[int, str, list[str]]]) -> int:
    return sum(max(map(len, [title, *texts])) + GAP for _, title, texts in columns) - GAP


def _scale(spreads: Sequence[Spread], measure: Measure) -> ResultScale:
    """Return the scale of all bars."""
    values = [value for spread in spreads for value in _values(spread, measure)]
    return ResultScale(min(values, default=0.0), max(values, default=0.0))


def _values(spread: Spread, measure: Measure) -> list[float]:
    """Return the results of a group, less the lost ones."""
    return [measure.value(badness) for badness in spread.badness if math.isfinite(badness)]


def _draw_bar(
    canvas: Cells,
    row: int,
    column: int,
    length: int,
    spread: Spread,
    measure: Measure,
    scale: ResultScale,
    palette: Palette,
) -> None:
    """Draw a line from the lowest to the highest result of a group, and its median on it."""
    values = _values(spread, measure)
    if not values:
        write(canvas, row, column, "all lost"[:length], slots.WARNING)
        return
    ends = [round(scale.place(value) * (length - 1)) for value in (min(values), max(values))]
    line, mark = ("-", "o") if palette.is_ascii else ("─", "●")
    fill(canvas, row, column + ends[0], 1, ends[1] - ends[0] + 1, line, slots.DIM)
    if math.isfinite(spread.median):
        at = round(scale.place(measure.value(spread.median)) * (length - 1))
        write(canvas, row, column + at, mark, slots.ACCENT)
