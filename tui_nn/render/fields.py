"""One line of labelled values that sheds the least important ones until it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui_nn.render import slots
from tui_nn.render.cells import DEFAULT, Cells, blank, one_per_cell, write

GAP = 2
"""Cells between two fields."""


@dataclass(frozen=True)
class Field:
    """A value with its label, in the order of the line."""

    label: str
    value: str
    rank: int = 0
    """The larger, the sooner it is left out; 0 stays."""
    slot: int = DEFAULT
    """The color of the value."""
    label_first: bool = True
    gap: int = GAP
    """Cells between this field and the next."""

    @property
    def width(self) -> int:
        """Cells taken."""
        return sum(len(one_per_cell(text)) for text in (self.label, self.value)) + bool(
            self.label and self.value
        )


def fields_line(fields: Sequence[Field], width: int) -> Cells:
    """Return one row of `width` cells; the last fields of the highest rank go first where room is short."""
    kept = list(fields)
    while kept and _total(kept) > width:
        worst = max(field.rank for field in kept)
        if worst == 0:
            break
        del kept[max(i for i, field in enumerate(kept) if field.rank == worst)]
    line = blank(1, width)
    column = 0
    for field in kept:
        parts = [(field.label, slots.DIM), (field.value, field.slot)]
        for text, slot in parts if field.label_first else reversed(parts):
            if text:
                write(line, 0, column, text, slot)
                column += len(one_per_cell(text)) + 1
        column += field.gap - 1
    return line


def _total(fields: Sequence[Field]) -> int:
    return sum(field.width + field.gap for field in fields) - fields[-1].gap
