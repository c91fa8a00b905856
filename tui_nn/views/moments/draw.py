"""The moments of a run as pictures: the kinds there are, and the log of those that were noticed."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tui_nn.render import slots
from tui_nn.render.cells import DEFAULT, Cells, blank, write
from tui_nn.render.palette import Palette
from tui_nn.render.rows import first_around, mark_more
from tui_nn.settings.moments import MOMENTS
from tui_nn.training.moments.log import Moment, MomentLog

NAMES = tuple(MOMENTS)
LABEL, PAUSES, COUNT = 19, 6, 4
"""Cells of the columns of kinds, a space between two."""
INDENT = 2
NOTHING = "Nothing has happened yet: space trains, and what is worth knowing is listed here."


@dataclass(frozen=True)
class LogLine:
    """One row of the log."""

    text: str
    slot: int
    number: int
    """Which moment it belongs to, 0 is the newest; -1 for none."""
    is_head: bool = False


def kinds_picture(
    log: MomentLog,
    pause_on: Collection[str],
    palette: Palette,
    height: int,
    width: int,
    cursor: int | None = None,
) -> Cells:
    """Draw a row for each kind: whether a run pauses at it, how often it came; below help for the chosen."""
    canvas = blank(height, width)
    write(canvas, 0, 0, "moment", slots.TITLE)
    write(canvas, 0, LABEL + 1, "pauses", slots.TITLE)
    write(canvas, 0, LABEL + PAUSES + 2, "seen", slots.TITLE, width=COUNT, align="right")
    help_lines = [] if cursor is None else textwrap.wrap(MOMENTS[NAMES[cursor]].help, max(1, width))
    has_help = bool(help_lines) and height > len(NAMES) // 2
    room = max(1, height - 1 - (len(help_lines) + 1 if has_help else 0))
    first = first_around(cursor, len(NAMES), room)
    for row, name in enumerate(NAMES[first : first + room], start=1):
        kind, is_here = MOMENTS[name], cursor == first + row - 1
        count = sum(moment.kind == name for moment in log.moments)
        is_on = name in log.going and kind.is_trouble
        ink = slots.SELECTED if is_here else slots.WARNING if is_on else DEFAULT if count else slots.DIM
        ground = slots.SELECTION if is_here else None
        write(canvas, row, 0, f"{kind.label:<{LABEL}}", ink, ground, width=LABEL)
        mark = ("*" if palette.is_ascii else "●") if name in pause_on else palette.glyphs.track
        write(
            canvas,
            row,
            LABEL + 1,
            mark,
            slots.ACCENT if name in pause_on else slots.DIM,
            width=PAUSES,
            align="center",
        )
        shown = "now" if is_on else str(count or "")
        write(
            canvas,
            row,
            LABEL + PAUSES + 2,
            shown,
            slots.WARNING if is_on else DEFAULT,
            width=COUNT,
            align="right",
        )
    for offset, line in enumerate(help_lines):
        write(canvas, room + 2 + offset, 0, line, slots.DIM, width=width)
    return canvas


def log_lines(log: MomentLog, step: int, width: int) -> list[LogLine]:
    """Return the rows of the log, the newest moment first; those after `step`, which is shown, are faint."""
    lines: list[LogLine] = []
    for number, moment in enumerate(reversed(log.moments)):
        lines += _moment_lines(moment, number, log, step, width)
    return lines


def log_picture(
    lines: Sequence[LogLine], palette: Palette, height: int, width: int, cursor: int | None = None
) -> Cells:
    """Draw as many rows as there is room for, so that the chosen moment is seen."""
    canvas = blank(height, width)
    if not lines:
        for row, text in enumerate(textwrap.wrap(NOTHING, max(1, width))):
            write(canvas, row, 0, text, slots.DIM, width=width)
        return canvas
    rows = [row for row, line in enumerate(lines) if line.number == cursor]
    first = 0
    if rows:
        first = max(0, min(rows[-1] - height + 1, rows[0]), rows[-1] + 2 - height)
        first = max(0, min(first, rows[0], len(lines) - height if len(lines) > height else 0))
    for row, line in enumerate(lines[first : first + height]):
        is_here = line.is_head and cursor == line.number
        ink, ground = (slots.SELECTED, slots.SELECTION) if is_here else (line.slot, None)
        write(canvas, row, 0, line.text, ink, ground, width=width)
    mark_more(canvas, palette, width - 1, (0, height - 1), (first > 0, first + height < len(lines)))
    return canvas


def _moment_lines(moment: Moment, number: int, log: MomentLog, step: int, width: int) -> list[LogLine]:
    kind = MOMENTS[moment.kind]
    is_later = moment.step > step
    is_on = moment.kind in log.going and not any(
        later.kind == moment.kind for later in log.moments[len(log.moments) - number :]
    )
    slot = slots.DIM if is_later else slots.WARNING if is_on and kind.is_trouble else slots.TITLE
    notes = ["after the moment shown"] if is_later else ["goes on"] if is_on and kind.is_trouble else []
    name = f"step {moment.step:,}  {kind.label}"
    head = ", ".join([name, *notes])
    head, below = (head, "") if len(head) < width else (name, f"{notes[0]}:".capitalize() if notes else "")
    wrapped = [
        (text, slots.DIM if is_later else ink)
        for sentence, ink in (
            (below, slots.DIM),
            (f"{moment.what}.", DEFAULT),
            (f"{moment.advice}." if moment.advice else "", slots.ACCENT),
        )
        for text in textwrap.wrap(sentence, max(8, width - INDENT - 1))
    ]
    lines = [LogLine(head, slot, number, is_head=True)]
    lines += [LogLine(" " * INDENT + text, ink, number) for text, ink in wrapped]
    return [*lines, LogLine("", DEFAULT, -1)]
