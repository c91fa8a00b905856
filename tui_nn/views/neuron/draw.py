"""A neuron with its numbers as a picture: formulas, the terms of its sum, what is known of one of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, one_per_cell, paste, stack, write
from tui_nn.render.palette import Palette
from tui_nn.render.rows import mark_more
from tui_nn.render.spark import sparkline
from tui_nn.settings.config import Config
from tui_nn.training.names import layer_name, unit_label
from tui_nn.views.network.draw_link_marks import hold_glyph
from tui_nn.views.network.values import CUT, FROZEN
from tui_nn.views.neuron.values import BIAS, Equation, History, Neuron, Term

ROOMY = 12
"""Rows from which a blank line separates the parts."""
MOST_HISTORY_ROWS = 6
SMALLEST_SHOWN = 1e-3
WIDE, NARROW = 9, 7
"""Cells of a number."""
_NAME = (8, 15)
"""Cells of the names: at least, at most."""


@dataclass(frozen=True)
class _Column:
    """One column of numbers."""

    title: str
    value: Callable[[Term], float | None]


_COLUMNS = (
    _Column("w", lambda term: term.weight),
    _Column("times a", lambda term: term.value),
    _Column("product", lambda term: term.product),
    _Column("dL/dw", lambda term: term.gradient),
    _Column("in batch", lambda term: term.batch_gradient),
    _Column("update", lambda term: term.update),
)
"""The most needed first: those that do not fit are left out."""


def inspector_picture(
    neuron: Neuron, config: Config, palette: Palette, height: int, width: int, cursor: int | None = None
) -> Cells:
    """Draw a neuron in `height` x `width` cells; any size is allowed. cursor: the source of a term."""
    canvas = blank(height, width)
    if neuron.trouble:
        _write_words(canvas, 0, neuron.trouble, slots.WARNING)
        return canvas
    gap = 1 if height >= ROOMY else 0
    row = _draw_equations(canvas, neuron.equations)
    row = _write_words(canvas, row, _state(neuron), slots.ACCENT)
    row = _write_words(canvas, row, neuron.words, slots.DIM) + gap
    term = None if cursor is None else neuron.term(cursor)
    footer = _footer(neuron, term, palette, height, width)
    room = height - row - footer.height - gap
    if neuron.terms and room >= 2:
        paste(canvas, terms_table(neuron, config, palette, room, width, cursor), row, 0)
    if height - footer.height >= row:
        paste(canvas, footer, height - footer.height, 0)
    return canvas


def terms_table(
    neuron: Neuron, config: Config, palette: Palette, height: int, width: int, cursor: int | None = None
) -> Cells:
    """Draw the terms of the sum below each other, those around the cursor, with a head."""
    table = blank(height, width)
    names = [term_label(term, neuron, config) for term in neuron.terms]
    room = max((len(one_per_cell(name)) for name in names), default=0)
    cells = WIDE if width >= 2 + _NAME[0] + 3 * (WIDE + 1) else NARROW
    room = max(_NAME[0], min(room, _NAME[1], width - 2 - 3 * (cells + 1)))
    title = f"from {layer_name(neuron.node[0] - 1, neuron.node[0] + 1)}"
    if room < max(map(len, names), default=0) and neuron.node[0] == 1 and len(neuron.below) == 3:
        names = [name.removeprefix("row ").replace(", col ", ",") for name in names]
        title = "row,col"
    columns = [c for c in _COLUMNS if any(c.value(term) is not None for term in neuron.terms)]
    columns = columns[: max(1, (width - 2 - room) // (cells + 1))]

    def write_number(row: int, place: int, text: str, slot: int) -> None:
        column = 2 + room + place * (cells + 1) + 1
        write(table, row, column, text, slot, width=cells, align="right")

    write(table, 0, 2, title if len(title) <= room else "from", slots.DIM, width=room)
    for index, column in enumerate(columns):
        write_number(0, index, column.title, slots.DIM)
    n_rest = neuron.n_terms - len(neuron.terms)
    has_sum = len(columns) > 2 and height >= len(neuron.terms) + 2 + (n_rest > 0)
    listed = height - 1 - (n_rest > 0) - has_sum
    at = next((i for i, term in enumerate(neuron.terms) if term.source == cursor), 0)
    first = max(0, min(len(neuron.terms) - listed, at - listed + 1 + min(2, listed // 3)))
    for line, index in enumerate(range(first, min(len(neuron.terms), first + max(0, listed)))):
        term, is_here = neuron.terms[index], cursor is not None and neuron.terms[index].source == cursor
        ink = slots.SELECTED if is_here else slots.TEXT
        if is_here:
            table.background[1 + line, :] = slots.SELECTION
        state = CUT if term.is_cut else FROZEN if term.is_frozen else 0
        if state:
            write(table, 1 + line, 0, hold_glyph(state, palette), slots.SELECTED if is_here else slots.TITLE)
        write(table, 1 + line, 2, names[index], slots.SELECTED if is_here else slots.DIM, width=room)
        for place, column in enumerate(columns):
            value = column.value(term)
            text = "-" if value is None else number(value, cells)
            is_product = column.title == "product" and not is_here
            write_number(1 + line, place, text, slots.TITLE if is_product else ink)
    mark_more(table, palette, 1, (1, listed), (first > 0, first + listed < len(neuron.terms)))
    last = 1 + min(listed, len(neuron.terms))
    if has_sum:
        total = sum(term.product for term in neuron.terms) + neuron.rest
        write(table, last + (n_rest > 0), 2, "sum", slots.DIM)
        write_number(last + (n_rest > 0), 2, number(total, cells), slots.TITLE)
    if n_rest:
        words = f"{palette.glyphs.more}{n_rest:,} smaller terms: {number(neuron.rest).strip()}"
        write(table, last, 2, words, slots.DIM, width=width - 2)
    return table


def term_label(term: Term, neuron: Neuron, config: Config) -> str:
    """Return where a term comes from: "bias", "neuron 3", "x²", "row 4, col 12", or outside of an image."""
    if term.source == BIAS:
        return "bias"
    if term.unit is None:
        return "outside"
    return unit_label(neuron.node[0] - 1, term.unit, neuron.below, config)


def number(value: float, cells: int = WIDE) -> str:
    """Return a number with its sign in WIDE cells (four decimals, or a power of ten), or in NARROW ones."""
    v = value + 0.0  # a minus before zero says nothing
    if not math.isfinite(v):
        return f"{v:+}".rjust(cells)
    if cells == WIDE:
        text = f"{v:+.4f}" if v == 0.0 or SMALLEST_SHOWN <= abs(v) < 1000.0 else f"{v:+.2e}"
    elif v == 0.0 or SMALLEST_SHOWN <= abs(v) < 1000.0:
        text = f"{v:+.4f}"[:NARROW].rstrip(".")
    else:
        text = f"{v:+.0e}"
    return text.rjust(cells)


def _state(neuron: Neuron) -> str:
    if neuron.is_cut:
        return "Cut: no inputs, and its output is 0. X restores it."
    return "Frozen: its weights and bias are not trained. F unfreezes it." if neuron.is_frozen else ""


def _draw_equations(canvas: Cells, equations: Sequence[Equation]) -> int:
    """Write "a = tanh(z) = tanh(0.4213) = 0.3980" for each number, as much as fits; return the row below."""
    named = max((len(equation.name) for equation in equations), default=0)
    for row, equation in enumerate(equations):
        value = number(equation.value).strip().removeprefix("+")
        parts = [part for part in (equation.formula, equation.filled) if part]
        while parts and named + 3 + sum(len(part) + 3 for part in parts) + len(value) > canvas.width:
            del parts[0]
        write(canvas, row, 0, equation.name, slots.TITLE)
        column = named + 1
        for part in parts:
            write(canvas, row, column, f"= {part}", slots.DIM)
            column += len(one_per_cell(part)) + 3
        write(canvas, row, column, "=", slots.DIM)
        write(canvas, row, column + 2, value, slots.TITLE)
    return len(equations)


def _footer(neuron: Neuron, term: Term | None, palette: Palette, height: int, width: int) -> Cells:
    """Return what is known of the term under the cursor, and how it or the neuron's activation went."""
    lines: list[tuple[str, str]] = []
    if term is not None and neuron.is_trained and height >= ROOMY:
        known = (
            ("dL/dw, this example", term.gradient),
            ("dL/dw, last batch", term.batch_gradient),
            ("last update of w", term.update),
        )
        lines = [(name, "not yet known" if value is None else number(value)) for name, value in known]
        state = "cut: zero until X restores it" if term.is_cut else "frozen: not trained until F unfreezes it"
        if term.is_cut or term.is_frozen:
            lines.append((state, ""))
    pieces = []
    for name, text in lines:
        line = blank(1, width)
        write(line, 0, 0, name, slots.DIM if text else slots.ACCENT)
        write(line, 0, 24, text)
        pieces.append(line)
    if neuron.history is not None:
        rows = max(1, min(MOST_HISTORY_ROWS, (height - ROOMY) // 4))
        pieces.append(history_block(neuron.history, palette, rows, width))
    return stack(*pieces) if pieces else blank(0, width)


def history_block(history: History, palette: Palette, height: int, width: int) -> Cells:
    """Draw a history: its name, a small curve, the range of its values and of its steps beside it."""
    block = blank(height, width)
    known = [value for value in history.values.tolist() if math.isfinite(value)]
    values = f"{min(known):.3g} to {max(known):.3g}" if known else ""
    steps = f"steps {history.steps[0]:,}-{history.steps[-1]:,}"
    name = len(history.name) + 1
    if height > 1:
        room = width - name
        write(block, height - 1, width - len(steps), steps, slots.DIM)
        write(block, height - 1, name, values, slots.DIM, width=max(0, room - len(steps) - 1))
        curve = sparkline(history.steps, history.values, palette, height - 1, room)
    else:
        fitting = (text for text in (f"{values}, {steps}", values) if name + len(text) + 12 <= width)
        words = next(fitting, "")
        write(block, 0, width - len(words), words, slots.DIM)
        curve = sparkline(history.steps, history.values, palette, 1, width - name - len(words) - bool(words))
    write(block, 0, 0, history.name, slots.DIM)
    paste(block, curve, 0, name)
    return block


def _write_words(canvas: Cells, row: int, text: str, slot: int) -> int:
    """Write a sentence over as many rows as it needs; return the row below."""
    line = ""
    for word in text.split():
        if line and len(one_per_cell(f"{line} {word}")) > canvas.width:
            write(canvas, row, 0, line, slot)
            row, line = row + 1, ""
        line = f"{line} {word}".strip()
    if line:
        write(canvas, row, 0, line, slot, width=canvas.width)
        row += 1
    return row
