"""TOML, read by the standard library where it can."""

from __future__ import annotations

import re
import sys
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:  # the same parser, before it came into the standard library
    import tomli as tomllib

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


class TomlError(ValueError):
    """A text that is no TOML: why, and in which of its lines."""

    def __init__(self, words: str, line: int) -> None:
        super().__init__(words)
        self.line = line


def parse_toml(text: str) -> dict[str, Any]:
    """Return what a TOML text holds; raise TomlError."""
    try:
        values: dict[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _PLACE.search(str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        raise TomlError(_PLACE.sub("", str(error)).lower(), line) from None
    return values
