"""What an address says that settings do not, kept as text, so that the same address can be made again.

`seed:abc;!hideText;playButton_hide:true` is the text of a property where it is not what would be written, the
name of one that is not there, and every control that is hidden. `~`: all that are not named are not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

HOME = "https://playground.tensorflow.org/"
_PLACE = "@"
_ABSENT, _ALL_ABSENT = "!", "~"


@dataclass(frozen=True)
class Rest:
    """Texts that take the place of what would be written."""

    texts: Mapping[str, str | None] = field(default_factory=dict)
    """By the name of a property; None: the address lacks it. Hidden controls in their order."""
    place: str = HOME
    """What stands before the `#`."""


def write_rest(rest: Rest, said: Mapping[str, str]) -> str:
    """Return what is kept of an address that says this, as one text: what differs, or all of a short one."""
    place = [] if rest.place == HOME else [f"{_PLACE}:{_kept(rest.place)}"]
    differs = [_part(name, text) for name, text in rest.texts.items()]
    is_whole = None not in rest.texts.values()
    everything = [_ALL_ABSENT, *(_part(name, text) for name, text in said.items())]
    ways = [";".join([*place, *parts]) for parts in (differs, everything)]
    return ways[0] if is_whole else min(ways, key=len)


def read_rest(text: str, names: Iterable[str]) -> Rest:
    """Return what `write_rest` wrote; what is no part of it is passed over. names: all properties."""
    texts: dict[str, str | None] = {}
    place = HOME
    for part in text.split(";"):
        name, colon, kept = part.partition(":")
        if name == _PLACE:
            place = unquote(kept)
        elif colon:
            texts[name] = unquote(kept)
        elif name == _ALL_ABSENT:
            texts |= dict.fromkeys(names)
        elif name.startswith(_ABSENT):
            texts[name[1:]] = None
    return Rest(texts, place)


def _part(name: str, text: str | None) -> str:
    return f"{_ABSENT}{name}" if text is None else f"{name}:{_kept(text)}"


def _kept(text: str) -> str:
    """Return a text in which `;` ends nothing."""
    return text.replace("%", quote("%")).replace(";", quote(";"))
