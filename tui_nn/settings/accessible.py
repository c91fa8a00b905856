"""Whether a person wants words in place of pictures: no program can tell that a screen reader is there."""

from __future__ import annotations

from collections.abc import Mapping

VARIABLE = "ACCESSIBLE"
NOT_WANTED = ("", "0", "false", "no", "off")


def is_accessible(environment: Mapping[str, str]) -> bool:
    """Return whether the environment asks for plain lines, as other programs are asked too."""
    return environment.get(VARIABLE, "").strip().casefold() not in NOT_WANTED
