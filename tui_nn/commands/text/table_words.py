"""A table as sentences: each row with the names of its columns, for who hears it cell by cell."""

from __future__ import annotations

from collections.abc import Sequence

DRAWN = set("#.|")
"""What bars are drawn with."""


def table_words(header: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> list[str]:
    """Return a sentence for each row; takes what commands.table takes.

    A first column named "true \\ said" heads a table whose other columns are said once for all.
    """
    return [_sentence(header, row, words) for row in rows]


def _sentence(header: Sequence[str], row: Sequence[str], words: int) -> str:
    down, is_crossed, across = header[0].partition(" \\ ")
    if is_crossed:
        cells = ", ".join(
            f"{name} {cell}" for name, cell in zip(header[1:], row[1:], strict=True) if cell != "0"
        )
        return f"{down} {row[0]}, {across}: {cells}."
    named = [
        f"{name} {cell}".strip()
        for name, cell in zip(header, row, strict=True)
        if cell.strip() and not set(cell) <= DRAWN
    ]
    return f"{', '.join(named)}."
