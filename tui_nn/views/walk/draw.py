"""A stage of a walk as a picture: where in the walk it is, its sentence, its formula, its numbers.

The head has the same rows at every stage, so that nothing jumps on the way.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from tui_nn.render import slots
from tui_nn.render.cells import DEFAULT, Cells, blank, write
from tui_nn.render.palette import Palette
from tui_nn.views.network.draw_highlight import Highlight
from tui_nn.views.walk.values import PHASES, Code, Line, Spot, Stage

ROLE_SLOTS = {"": DEFAULT, "head": slots.DIM, "note": slots.DIM, "result": slots.TITLE}
Row = tuple[str, int]
"""Text and the slot it is written in."""


def highlight_of(spot: Spot) -> Highlight:
    """Return what stands out in the network at a stage."""
    return Highlight(
        frozenset(spot.layers), frozenset(spot.nodes), frozenset(spot.links), frozenset(spot.single_links)
    )


def stage_rows(stage: Stage, height: int, width: int) -> list[Row]:
    """Return the lines of a stage as rows of at most `width` cells for a panel of that size.

    An empty row stands above each heading, where all rows fit with it.
    """
    rows: list[Row] = []
    spaced: list[Row] = []
    for line in stage.lines:
        wrapped = _wrapped(line, width)
        if line.role == "head" and spaced:
            spaced.append(("", DEFAULT))
        rows += wrapped
        spaced += wrapped
    return spaced if len(spaced) <= room_for_rows(height) else rows


def _wrapped(line: Line, width: int) -> list[Row]:
    slot = ROLE_SLOTS.get(line.role, DEFAULT)
    if len(line.text) <= width:
        return [(line.text, slot)]
    parts = textwrap.wrap(line.text, max(8, width), subsequent_indent="     ", break_on_hyphens=False)
    return [(part, slot) for part in parts]


def code_rows(names: Sequence[str], code: dict[str, Code], width: int) -> list[Row]:
    """Return the lines of the engine that do a stage; long ones go on in the next row."""
    rows: list[Row] = []
    for name in names:
        found = code.get(name)
        if found is None:
            continue
        if rows:
            rows.append(("", DEFAULT))
        title = f"{name}  {found.place}"
        rows += [(part, slots.DIM) for part in ([title] if len(title) <= width else [name, found.place])]
        for text in found.lines:
            rows += [(part, DEFAULT) for part in _cut(text, width)]
    return rows


def _cut(text: str, width: int) -> list[str]:
    """Cut a line of code where it ends, its rest indented below."""
    indent = " " * min(len(text) - len(text.lstrip()) + 8, max(0, width - 12))
    parts = []
    while len(text) > width > 12:
        at = text.rfind(" ", len(indent) + 1, width + 1)
        at = at if at > 0 and text[:at].strip() else width
        parts.append(text[:at])
        text = indent + text[at:].lstrip()
    return [*parts, text]


def head_rows(height: int) -> tuple[int, int]:
    """Return how many rows the sentence and the formula of a stage take in a panel of that height."""
    return (2, 2) if height >= 14 else (1, 1)


def room_for_rows(height: int) -> int:
    """Return how many rows are left for numbers."""
    words, formula = head_rows(height)
    return max(0, height - 3 - words - formula)


def stage_picture(
    stage: Stage, place: int, count: int, palette: Palette, height: int, width: int, top: int = 0
) -> Cells:
    """Draw a stage in `height` x `width` cells; place: its number from 0; top: the first row of numbers."""
    canvas = blank(height, width)
    _draw_phases(canvas, stage, f"{place + 1}/{count}" if stage.kind != "taken" else "done")
    write(canvas, 1, 0, stage.title, slots.TITLE, width=width)
    words_rows, formula_rows = head_rows(height)
    _write_block(canvas, 2, words_rows, _sentence(stage.words, width), slots.DIM)
    _write_block(canvas, 2 + words_rows, formula_rows, _formula(stage.formula, width), slots.ACCENT)
    first = 3 + words_rows + formula_rows
    draw_rows(canvas, stage_rows(stage, height, width), first, top, palette)
    return canvas


def _draw_phases(canvas: Cells, stage: Stage, place: str) -> None:
    """Write the parts of the walk in one row, the one under way marked; without room that one alone."""
    room = canvas.width - len(place) - 1
    is_narrow = sum(len(phase) + 1 for phase in PHASES) + 1 > room
    column = 0
    for phase in [stage.phase] if is_narrow else PHASES:
        write(canvas, 0, column + 1, phase, slots.DIM, width=max(0, room - column - 1))
        if phase == stage.phase:
            write(canvas, 0, column, f" {phase} "[: max(0, room)], slots.SELECTED, slots.SELECTION)
        column += len(phase) + 1
    if room > 0:
        write(canvas, 0, 0, place, slots.DIM, width=canvas.width, align="right")


def _write_block(canvas: Cells, row: int, rows: int, parts: list[str], slot: int) -> None:
    """Write parts of a text in so many rows, shortened where there are more."""
    shown = parts[:rows]
    if len(parts) > rows:
        shown[-1] = " ".join(parts[rows - 1 :])
    for offset, part in enumerate(shown):
        write(canvas, row + offset, 0, part, slot, width=canvas.width)


def _sentence(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(8, width), break_on_hyphens=False)


def _formula(text: str, width: int) -> list[str]:
    """Break a formula behind the commas and semicolons that two spaces follow, if it is too long."""
    rows: list[str] = []
    for part in re.split(r"(?<=[,;])  ", text):
        if rows and len(rows[-1]) + 2 + len(part) <= width:
            rows[-1] += f"  {part}"
        else:
            rows += _sentence(part, width)
    return rows


def draw_rows(canvas: Cells, rows: Sequence[Row], first: int, top: int, palette: Palette) -> None:
    """Write rows from `top` on below the row `first`; where not all fit the last says how many there are."""
    room = canvas.height - first
    if room <= 0:
        return
    shown = rows[top : top + shown_rows(len(rows), room)]
    for offset, (text, slot) in enumerate(shown):
        write(canvas, first + offset, 0, text, slot, width=canvas.width)
    below = len(rows) - top - len(shown)
    marks = [f"{palette.glyphs.more_above} {top} above"] if top else []
    marks += [f"{palette.glyphs.more_below} {below} below"] if below > 0 else []
    if marks:
        write(canvas, canvas.height - 1, 0, "  ".join(marks), slots.DIM, width=canvas.width, align="right")


def shown_rows(count: int, room: int) -> int:
    """Return how many of the rows are shown at once: the last row is kept for marks if there are more."""
    return room if count <= room else max(0, room - 1)


def trouble_picture(words: str, height: int, width: int) -> Cells:
    """Draw why there is no walk."""
    canvas = blank(height, width)
    _write_block(canvas, 0, max(1, height), _sentence(words, width), DEFAULT)
    return canvas
