"""What can be found by name, and which of it a person who types means; nothing here is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui_nn.settings.naming import plain

SCATTERED = 5
"""The rank of a name that only holds the letters in their order."""


@dataclass(frozen=True)
class Entry:
    """Something that can be found and done."""

    what: str
    """What it is, in a word or two: a setting, a preset; for an action, its keys."""
    text: str
    """What is read of it."""
    names: tuple[str, ...]
    """What it is called."""
    action: str
    """What does it, as Textual writes actions."""


def search(query: str, entries: Sequence[Entry]) -> list[Entry]:
    """Return what a query finds, the likeliest first: whole names, beginnings, words, scattered letters."""
    wanted = plain(query)
    ranks = [_rank(wanted, entry) for entry in entries]
    order = sorted(range(len(entries)), key=lambda i: ranks[i])
    return [entries[i] for i in order if ranks[i] <= SCATTERED]


def _rank(wanted: str, entry: Entry) -> int:
    """Return how well an entry matches, 0 is best; more than SCATTERED: not at all."""
    names = [plain(name) for name in entry.names]
    if not wanted or wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    if any(f" {wanted}" in name for name in names):
        return 2
    begun = [f" {plain(text)}" for text in (*names, entry.text, entry.what)]
    if all(any(f" {word}" in text for text in begun) for word in wanted.split()):
        return 3
    if any(wanted in name for name in names):
        return 4
    letters = wanted.replace(" ", "")
    return SCATTERED if any(_is_scattered(letters, name) for name in names) else SCATTERED + 1


def _is_scattered(letters: str, name: str) -> bool:
    """Return whether a name begins with the first of the letters, and holds the others in their order."""
    rest = iter(name)
    return name.startswith(letters[:1]) and all(letter in rest for letter in letters)
