"""How a name that a person types is compared with the names that there are, and which of them is nearest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

LIKE = 0.6
"""How much of two names must be the same for one to be taken for a misspelling of the other."""


def plain(name: str) -> str:
    """Return a name as it is compared: capitals, hyphens, underscores and more than one space are nothing."""
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


def find_name(text: str, names: Mapping[str, Collection[str]]) -> str | None:
    """Return whose name a text is; `names` holds, for each, what else it is called."""
    wanted = plain(text)
    for name, others in names.items():
        if wanted in map(plain, (name, *others)):
            return name
    return None


def near(text: str, names: Iterable[str], most: int = 3) -> list[str]:
    """Return the names, `most` of them, that a text may be a misspelling of, the nearest first."""
    from difflib import get_close_matches  # only who mistypes waits for it

    by_plain: dict[str, str] = {}
    for name in names:
        by_plain.setdefault(plain(name), name)
    return [by_plain[found] for found in get_close_matches(plain(text), by_plain, n=most, cutoff=LIKE)]


def nearest(text: str, names: Iterable[str]) -> str | None:
    """Return the name that a text may be a misspelling of."""
    return next(iter(near(text, names, 1)), None)
