"""The ablation as a table: a row for each neuron, the network without it, the rise of the loss as a bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui_nn.render import slots
from tui_nn.render.bars import fill_part
from tui_nn.render.cells import DEFAULT, Cells, blank, wrap, write
from tui_nn.render.palette import Palette
from tui_nn.render.rows import first_around, mark_more
from tui_nn.training.verdict.ablation import Ablation, Score, SilentUnit, change, change_in_words
from tui_nn.views.ablation.values import SeenAblation

NUMBER, SCORE = 10, 10
"""Columns of a loss, and of a score, the space before it included."""
LEAST_BAR = 8
MOST_BAR = 60
HEAD = 3
"""Rows above the neurons."""
EXPLAINED = (
    "Each neuron (of convolutions each filter) in turn gives 0 for every row; nothing is trained anew.",
    "Loss rises: the network needs it. Loss falls: it does better without it.",
)
COMPUTING = "Computing: the network without each of its neurons."


@dataclass(frozen=True)
class _Columns:
    """Where the columns begin, from the left."""

    name: int
    bar: int
    has_whole: bool
    """Whether losses and scores stand there, and not their changes alone."""


def ablation_picture(
    seen: SeenAblation,
    units: Sequence[SilentUnit],
    sort: str,
    palette: Palette,
    height: int,
    width: int,
    cursor: int | None = None,
) -> Cells:
    """Draw the table in `height` x `width` cells, scrolled to its cursor.

    units: those of `seen.found`, in the order `sort` of values.SORTS.
    """
    canvas = blank(height, width)
    if seen.words or seen.found is None:
        for row, line in enumerate(wrap(seen.words or COMPUTING, width)):
            write(canvas, row, 0, line, width=width)
        return canvas
    found = seen.found
    write(canvas, 0, 0, _of_what(seen), slots.DIM, width=width)
    columns = _columns(units, width)
    _draw_head(canvas, columns, found, sort, palette)
    explained = [line for text in EXPLAINED for line in wrap(text, width)]
    has_words = height - HEAD - len(explained) - 1 >= min(len(units), 5)
    room = max(0, height - HEAD - (len(explained) + 1 if has_words else 0))
    first = first_around(cursor, len(units), room)
    largest = max((abs(change(unit, found.whole).loss or 0.0) for unit in units), default=0.0)
    for row, unit in enumerate(units[first : first + room]):
        is_here = cursor == first + row
        _draw_unit(canvas, HEAD + row, unit, columns, found, palette, largest, is_here)
    is_more = first > 0, first + room < len(units)
    mark_more(canvas, palette, width - 1, (HEAD, HEAD + room - 1), is_more)
    if has_words:
        for row, line in enumerate(explained, start=HEAD + min(room, len(units)) + 1):
            write(canvas, row, 0, line, slots.DIM, width=width)
    return canvas


def _of_what(seen: SeenAblation) -> str:
    """Return which rows and which step it is of, and how far the next one is where that takes a while."""
    found = seen.found
    assert found is not None
    of = "" if found.n_rows == found.n_all else f" of {found.n_all:,}"
    words = f"Step {seen.step:,}, {found.n_rows:,}{of} {found.part} rows"
    if not seen.is_current and seen.n_wanted:
        words += f"; the next: {seen.n_rows:,} of {seen.n_wanted:,} rows"
    return words


def _columns(units: Sequence[SilentUnit], width: int) -> _Columns:
    name = max(len("nothing silent"), *(len(unit.name) for unit in units))
    whole = name + 2 * (NUMBER + SCORE) + 2
    has_whole = width - whole >= LEAST_BAR
    return _Columns(name, whole if has_whole else name + NUMBER + SCORE + 2, has_whole)


def _places(columns: _Columns) -> tuple[int, ...]:
    """Return where loss, its change, score and its change begin; -1 for what has no room."""
    if columns.has_whole:
        ends = (NUMBER, NUMBER, SCORE, SCORE)
        starts = [columns.name + sum(ends[:place]) for place in range(4)]
        return tuple(starts)
    return (-1, columns.name, -1, columns.name + NUMBER)


def _draw_head(canvas: Cells, columns: _Columns, found: Ablation, sort: str, palette: Palette) -> None:
    mark = palette.glyphs.more_below
    names = ("loss", "change", *(("accuracy", "points") if found.is_classification else ("R²", "change")))
    sorted_by = {"loss": 1, "score": 3, "layer": -1}[sort]
    write(canvas, 1, 0, f"without{f' {mark}' if sort == 'layer' else ''}", slots.TITLE)
    for place, (start, name) in enumerate(zip(_places(columns), names, strict=True)):
        is_sorted = place == sorted_by
        if start >= 0:
            write(
                canvas,
                1,
                start,
                f"{mark} {name}" if is_sorted else name,
                slots.ACCENT if is_sorted else slots.TITLE,
                width=NUMBER,
                align="right",
            )
    write(canvas, 2, 0, "nothing silent", slots.DIM)
    _draw_numbers(canvas, 2, columns, found, found.whole, None, slots.DIM)


def _draw_numbers(
    canvas: Cells,
    row: int,
    columns: _Columns,
    found: Ablation,
    score: Score,
    changed: Score | None,
    ink: int,
    ground: int | None = None,
) -> None:
    texts = [_loss_text(score.loss), "", found.score_text(score.score), ""]
    if changed is not None:
        texts[1] = change_in_words(changed.loss)
        texts[3] = found.change_text(changed.score)
    for start, text in zip(_places(columns), texts, strict=True):
        if start >= 0:
            write(canvas, row, start, text, ink, ground, width=NUMBER, align="right")


def _loss_text(loss: float | None) -> str:
    if loss is None:
        return "-"
    return f"{loss:.4f}" if loss < 1000 else f"{loss:.3g}"


def _draw_unit(
    canvas: Cells,
    row: int,
    unit: SilentUnit,
    columns: _Columns,
    found: Ablation,
    palette: Palette,
    largest: float,
    is_here: bool,
) -> None:
    ink, ground = (slots.SELECTED, slots.SELECTION) if is_here else (DEFAULT, None)
    if is_here:
        write(canvas, row, 0, " " * (columns.bar - 1), ink, ground)
    changed = change(unit, found.whole)
    write(canvas, row, 0, unit.name, ink, ground)
    _draw_numbers(canvas, row, columns, found, unit.without, changed, ink, ground)
    length = min(MOST_BAR, canvas.width - columns.bar - 2)
    if length > 0:
        _draw_bar(canvas, row, columns.bar, length, changed.loss, largest, palette)


def _draw_bar(
    canvas: Cells, row: int, start: int, length: int, rise: float | None, largest: float, palette: Palette
) -> None:
    """Draw how the loss changes: blue where it rises, orange where it falls, its sign in front."""
    if rise is None or not largest:
        return
    slot = slots.SIGNED_STEPS - 1 if rise > 0 else 0
    write(canvas, row, start, "+" if rise > 0 else "-", slots.DIM)
    fill_part(canvas, row, start + 1, length, abs(rise) / largest, slot, palette)
