"""The tables of a walk's stage as sentences: each number with the name of its column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui_nn.views.walk.values import Line

_GAP = re.compile(r"\s{2,}|\s(?=[+-]\d)")
"""What stands between the columns of a line: two spaces, or one before a signed number."""


def stage_lines(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the lines of a stage, rows of a table with the names that its head gives their columns."""
    head: list[str] = []
    for line in lines:
        cells = [cell for cell in _GAP.split(line.text.strip()) if cell]
        if line.role == "head":
            head = cells
            if len(head) < 2:
                yield f"{line.text.strip()}:"
        elif len(cells) > 1 and len(cells) == len(head):
            named = ", ".join(f"{name} {cell}" for name, cell in zip(head[1:], cells[1:], strict=True))
            yield f"{head[0]} {cells[0]}: {named}."
        else:
            yield " ".join(line.text.split())
