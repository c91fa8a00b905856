"""A table that fits its terminal: headings give way first, then a row takes more lines; no entry is cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tui_nn.commands.table import table

GAPS = (2, 1)
"""Columns between two entries, and where there is less room."""
INDENT = 2
"""Columns before the second line of a row."""


@dataclass(frozen=True)
class FittedTable:
    """Lines of a table."""

    header: list[str]
    rows: list[list[str]]
    """The lines of each row."""


def fitted_table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    width: int,
    words: int = 1,
    short: Mapping[str, str] | None = None,
) -> FittedTable:
    """Return a table of at most `width` columns, the first `words` of its columns left aligned.

    short: words of headings and what can stand for them. Where the headings as they are take too much, the
    short ones are tried, then words below one another; where that is still too much, columns at the right
    go into further lines of each row, with headings of their own.
    """
    shortened = [" ".join((short or {}).get(word, word) for word in head.split()) for head in header]
    for heads in (header, shortened):
        first, *lines = table(heads, rows, words)
        if max(map(len, [first, *lines])) <= width:
            return FittedTable([first], [[line] for line in lines])
    columns = [head.split() or [""] for head in shortened]
    widths = [max(map(len, [*head, *(row[i] for row in rows)])) for i, head in enumerate(columns)]
    gap, bands = _bands(widths, width, words)
    header_lines: list[str] = []
    row_lines: list[list[str]] = [[] for _ in rows]
    for number, band in enumerate(bands):
        height = max(len(columns[i]) for i in band)
        above = [
            [_from_foot(columns[i], height, place) for i in range(len(columns))] for place in range(height)
        ]
        header_lines += [_line(texts, widths, band, words, gap, number) for texts in above]
        for lines, row in zip(row_lines, rows, strict=True):
            lines.append(_line(row, widths, band, words, gap, number))
    return FittedTable(header_lines, row_lines)


def _bands(widths: Sequence[int], width: int, words: int) -> tuple[int, list[range]]:
    """Return the columns between two entries, and which entries stand beside one another."""
    for gap in GAPS:
        if sum(widths) + gap * (len(widths) - 1) <= width:
            return gap, [range(len(widths))]
    first, others = range(words), range(words, len(widths))
    if all(INDENT + sum(widths[i] + GAPS[0] for i in part) - GAPS[0] <= width for part in (first, others)):
        return GAPS[0], [first, others]
    bands, begin, taken = [], 0, -GAPS[0]
    for i, wide in enumerate(widths):
        if i > begin and taken + GAPS[0] + wide > width:
            bands.append(range(begin, i))
            begin, taken = i, INDENT - GAPS[0]
        taken += GAPS[0] + wide
    return GAPS[0], [*bands, range(begin, len(widths))]


def _from_foot(words: Sequence[str], height: int, place: int) -> str:
    """Return the word of a heading in a line of the header, whose last line is full."""
    at = place - (height - len(words))
    return words[at] if at >= 0 else ""


def _line(texts: Sequence[str], widths: Sequence[int], band: range, words: int, gap: int, number: int) -> str:
    entries = [texts[i].ljust(widths[i]) if i < words else texts[i].rjust(widths[i]) for i in band]
    return (" " * (INDENT * (number > 0)) + (" " * gap).join(entries)).rstrip()
