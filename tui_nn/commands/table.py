"""Tables of words and numbers for a person: columns as wide as their widest entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Tabled = Callable[..., list[str]]
"""(header, rows, words=1): writes a table as lines, as `table` does."""


def table(header: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> list[str]:
    """Return a line for the header and one for each row, the first `words` columns left aligned."""
    lines = [header, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    return [
        "  ".join(
            entry.ljust(width) if column < words else entry.rjust(width)
            for column, (entry, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
