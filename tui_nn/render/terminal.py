"""What the terminal can: is there one, how many colors, which glyphs. Asked before Textual is imported."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping

COLOR_SYSTEMS = {"truecolor": "truecolor", "256": "256", "16": "standard", "mono": "standard"}
"""Color depth -> what Textual calls it."""

_DIRECT = ("kitty", "alacritty", "foot", "ghostty", "wezterm", "direct")
_DUMB = ("", "dumb", "unknown")


def complaint(environment: Mapping[str, str]) -> str | None:
    """Return why no screen can be shown here, or None if one can."""
    if environment.get("TEXTUAL_DRIVER"):
        return None
    for stream, name in ((sys.stdin, "input"), (sys.stderr, "screen output (stderr)")):
        if stream is None or stream.closed or not stream.isatty():
            return (
                f"the playground needs a terminal, and the {name} is none; `tui-nn train` works without one"
            )
    if environment.get("TERM", "") in _DUMB:
        term = environment.get("TERM") or "not set"
        return (
            f"the playground needs a terminal that can place the cursor, and TERM is {term}; "
            "`tui-nn train` works without one"
        )
    return None


def color_depth(wanted: str, environment: Mapping[str, str]) -> str:
    """Return truecolor, 256, 16 or mono: what was asked for, or what the terminal says it can."""
    if wanted != "auto":
        return wanted
    if environment.get("NO_COLOR"):
        return "mono"
    forced = {system: depth for depth, system in COLOR_SYSTEMS.items() if depth != "mono"}
    system = environment.get("TEXTUAL_COLOR_SYSTEM", "")
    if system in forced:
        return forced[system]
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return "truecolor"
    term = environment.get("TERM", "").lower()
    if any(word in term for word in _DIRECT):
        return "truecolor"
    if "256" in term:
        return "256"
    return "mono" if term.startswith("vt") else "16"


def is_utf8(environment: Mapping[str, str]) -> bool:
    """Return whether the locale can show more than ASCII; no locale at all is taken for UTF-8, as in Python.

    Python itself sets LC_CTYPE to C.UTF-8 where the locale is C: that says nothing of the terminal.
    """
    language = environment.get("LANG", "")
    ctype = environment.get("LC_CTYPE", "")
    if ctype == "C.UTF-8" and language:
        ctype = ""
    locale = environment.get("LC_ALL") or ctype or language
    return not locale or "utf" in locale.lower()


def has_blocks(environment: Mapping[str, str]) -> bool:
    """Return whether there are glyphs beyond ASCII: consoles have few, and cannot be asked which."""
    term = environment.get("TERM", "").lower()
    return is_utf8(environment) and not re.match(r"(linux|vt\d|ansi|cons25|screen(?!.*(256|direct)))", term)


def prepare(depth: str) -> None:
    """Tell Textual the depth and to keep still, through the environment that it reads at import."""
    os.environ["TEXTUAL_COLOR_SYSTEM"] = COLOR_SYSTEMS[depth]
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    os.environ.pop("NO_COLOR", None)
