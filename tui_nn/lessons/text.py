"""The Markdown of lessons as lines of marked words: keys, strong, code; formulas as they are.

[space] is a key          **strong**          `code`
four spaces begin a line that is shown as it stands; an empty line ends a paragraph
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

KEY, STRONG, CODE, PLAIN = "key", "strong", "code", ""
FORMULA = "    "
_MARKED = re.compile(r"\[([^\s\[\]]+|[\[\]])\]|\*\*(.+?)\*\*|`([^`]+)`")


@dataclass(frozen=True)
class Word:
    """Letters without a space, and how they are marked."""

    text: str
    mark: str = PLAIN
    is_joined: bool = False
    """Whether it follows the one before without a space."""


Line = tuple[Word, ...]


def keys_named(text: str) -> list[tuple[int, str]]:
    """Return the keys that a text names, each with its line, counted from 0."""
    return [
        (number, found[1])
        for number, line in enumerate(text.split("\n"))
        if not line.startswith(FORMULA)
        for found in _MARKED.finditer(line)
        if found[1]
    ]


def lines_of(text: str, width: int) -> list[Line]:
    """Return a text broken to a width; an empty line stands between paragraphs."""
    lines: list[Line] = []
    paragraph: list[str] = []

    def end() -> None:
        lines.extend(_filled(" ".join(paragraph), width))
        paragraph.clear()

    for line in text.split("\n"):
        if line.startswith(FORMULA):
            end()
            lines.append((Word(line.rstrip(), CODE),))
        elif line.strip():
            if re.match(r"\s*(?:[-*]|\d+\.)\s", line):
                end()
            paragraph.append(line.strip())
        else:
            end()
            if lines and lines[-1]:
                lines.append(())
    end()
    while lines and not lines[-1]:
        lines.pop()
    return lines


def words_of(text: str) -> list[Word]:
    """Return the words of a paragraph."""
    words: list[Word] = []
    is_open = True
    for piece, mark in _pieces(text):
        is_open = is_open or piece[:1].isspace()
        for part in [piece] if mark == KEY else piece.split():
            words.append(Word(part, mark, not is_open))
            is_open = True
        is_open = piece[-1:].isspace()
    return words


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for found in _MARKED.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], PLAIN
        if found[2]:
            yield from ((piece, mark or STRONG) for piece, mark in _pieces(found[2]))
        else:
            yield found[1] or found[3], KEY if found[1] else CODE
        at = found.end()
    if at < len(text):
        yield text[at:], PLAIN


def _filled(text: str, width: int) -> Iterator[Line]:
    line: list[Word] = []
    used = 0
    for group in _groups(words_of(text)):
        room = sum(len(word.text) for word in group)
        if line and used + 1 + room > width:
            yield tuple(line)
            line, used = [], 0
        used += room + (1 if line else 0)
        line.extend(group)
    if line:
        yield tuple(line)


def _groups(words: list[Word]) -> Iterator[list[Word]]:
    """Yield words that are not to be parted."""
    group: list[Word] = []
    for word in words:
        if group and not word.is_joined:
            yield group
            group = []
        group.append(word)
    if group:
        yield group
