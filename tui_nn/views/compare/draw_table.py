"""The table of a comparison: a row for each run, with all settings that differ, sorted by any column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, wrap, write
from tui_nn.render.palette import Palette
from tui_nn.render.rows import first_around, mark_more
from tui_nn.settings.config import SETTINGS
from tui_nn.views.compare.groups import groups_of, is_grouped
from tui_nn.views.compare.values import SEEDS, RunSeen, differing
from tui_nn.views.compare.words import loss_words, score_words, value_text

GAP = 1


@dataclass(frozen=True)
class Column:
    """One column, and what rows are sorted by in it."""

    key: str
    title: str
    text: Callable[[RunSeen], str]
    order: Callable[[RunSeen], Any]
    is_result: bool = False
    """Whether lost runs have none."""


def columns_of(runs: Sequence[RunSeen]) -> list[Column]:
    """Return the columns: numbers, the settings that differ, results."""
    names, groups = differing(runs), groups_of(runs)
    marks = {run.number: group.mark for group in groups for run in group.runs}
    group_column = Column("group", "group", lambda run: marks[run.number], lambda run: marks[run.number])
    return [
        Column("run", "#", lambda run: str(run.number), lambda run: run.number),
        *([group_column] if is_grouped(groups) else []),
        *(_setting_column(name) for name in names),
        Column("test", "test", _loss("test loss"), _by("test loss"), True),
        Column("score", "accuracy", score_words, _by("test accuracy", -1), True),
        Column("train", "train", _loss("train loss"), _by("train loss"), True),
        Column("epoch", "epoch", lambda run: f"{run.epoch:,}", lambda run: -run.epoch),
        Column("state", "state", lambda run: run.ended, lambda run: run.ended),
    ]


def _setting_column(name: str) -> Column:
    setting = SETTINGS[name]

    def order(run: RunSeen) -> tuple[bool, Any]:
        value = getattr(run.config, name)
        is_number = isinstance(value, (int, float))
        return not is_number, value if is_number else value_text(run, name)

    return Column(name, setting.label, lambda run: value_text(run, name), order)


def _loss(measure: str) -> Callable[[RunSeen], str]:
    return lambda run: loss_words(run.measure(measure))


def _by(measure: str, sign: int = 1) -> Callable[[RunSeen], tuple[bool, float]]:
    def order(run: RunSeen) -> tuple[bool, float]:
        value = run.measure(measure)
        is_lost = run.is_lost or value is None
        return is_lost, 0.0 if is_lost or value is None else sign * value

    return order


def sorted_rows(runs: Sequence[RunSeen], key: str, is_reversed: bool = False) -> list[RunSeen]:
    """Return runs sorted by a column, the best or smallest first; by their numbers where there is none."""
    column = next((column for column in columns_of(runs) if column.key == key), None)
    order = (lambda run: run.number) if column is None else column.order
    return sorted(runs, key=order, reverse=is_reversed)


def draw_table(
    runs: Sequence[RunSeen],
    palette: Palette,
    height: int,
    width: int,
    *,
    selected: int,
    sort: str = "run",
    is_reversed: bool = False,
    below: Sequence[str] = (),
) -> Cells:
    """Draw the rows around the selected one, sorted, and sentences below them.

    Columns that have no room are left out at the right; that which is sorted by is always there.
    """
    canvas = blank(height, width)
    if canvas.height < 2:
        return canvas
    texts = [line for sentence in below for line in wrap(sentence, canvas.width)]
    if not runs:
        for place, text in enumerate(texts):
            write(canvas, place, 0, text, slots.TEXT)
        return canvas
    rows = sorted_rows(runs, sort, is_reversed)
    room = rows_above(texts, len(rows), canvas.height)
    at = next((i for i, run in enumerate(rows) if run.number == selected), 0)
    first = first_around(at, len(rows), room)
    shown = rows[first : first + room]
    colors = {run.number: group.slot for group in groups_of(runs) for run in group.runs}
    columns, is_more = _fitting(columns_of(runs), runs, canvas.width - 1, sort)
    left = 0
    for column, wide in columns:
        is_sorted = column.key == sort
        title = f"{column.title}{_arrow(palette, is_reversed)}" if is_sorted else column.title
        _write_title(canvas, left, title, wide, slots.ACCENT if is_sorted else slots.TITLE)
        for place, run in enumerate(shown, start=1):
            _write_cell(canvas, place, left, column, run, wide, run.number == selected, colors[run.number])
        left += wide + GAP
    if is_more:
        write(canvas, 0, canvas.width - 1, palette.glyphs.flow[1], slots.DIM)
    mark_more(canvas, palette, canvas.width - 1, (1, room), (first > 0, first + room < len(rows)))
    write_below(canvas, texts, room)
    return canvas


def rows_above(below: Sequence[str], count: int, height: int) -> int:
    """Return the room for `count` rows between their titles and lines of text, which leave them a half."""
    return height - 1 - min(len(below), max(0, height - 1 - min(count, height // 2)))


def write_below(canvas: Cells, below: Sequence[str], room: int) -> None:
    """Write as many lines as there is room for below `room` rows and their titles."""
    for row, text in enumerate(below[: canvas.height - 1 - room], start=room + 1):
        write(canvas, row, 0, text, slots.TEXT)


def write_in_row(
    canvas: Cells, row: int, left: int, wide: int, text: str, ink: int, *, is_selected: bool
) -> None:
    """Write what a row has in a column; the selected row is on its own ground, the gap behind included."""
    ground = None
    if is_selected:
        ink, ground = slots.SELECTED, slots.SELECTION
        canvas.background[row, left : left + wide + GAP] = ground
    write(canvas, row, left, text, ink, ground, width=wide, align="right")


def _arrow(palette: Palette, is_reversed: bool) -> str:
    return palette.glyphs.more_above if is_reversed else palette.glyphs.more_below


def _write_title(canvas: Cells, left: int, title: str, wide: int, slot: int) -> None:
    write(canvas, 0, left, title, slot, width=wide, align="right")


def _write_cell(
    canvas: Cells, row: int, left: int, column: Column, run: RunSeen, wide: int, is_selected: bool, color: int
) -> None:
    text = "-" if column.is_result and run.is_lost else column.text(run)
    if column.key == "test" and run.is_lost:
        text = run.ended
    ink = color if column.key == "run" else slots.WARNING if run.is_lost else slots.TEXT
    write_in_row(canvas, row, left, wide, text, ink, is_selected=is_selected)


def _fitting(
    columns: Sequence[Column], runs: Sequence[RunSeen], width: int, sort: str
) -> tuple[list[tuple[Column, int]], bool]:
    """Return the columns that have room with their widths, and whether some have none."""
    sized = [(column, _width(column, runs, sort)) for column in columns]
    kept = list(sized)

    def needed() -> int:
        return sum(wide + GAP for _, wide in kept) - GAP

    *leading, _, score, train, epoch, state = sized
    seeds = [pair for pair in leading if pair[0].key in SEEDS]
    others = [pair for pair in leading[1:] if pair not in seeds]
    for candidate in [state, epoch, train, *seeds, score, *reversed(others)]:
        if needed() <= width:
            break
        if candidate[0].key != sort and len(kept) > 1:
            kept.remove(candidate)
    return kept, len(kept) < len(sized)


def _width(column: Column, runs: Sequence[RunSeen], sort: str) -> int:
    texts = [column.text(run) for run in runs]
    if column.key == "test":
        texts += [run.ended for run in runs if run.is_lost]
    widest = max(map(len, texts))
    least = {"test": 6, "train": 6, "score": 7, "epoch": 6, "state": 8}.get(column.key, 1)
    return max(widest, least, len(column.title) + 1)
