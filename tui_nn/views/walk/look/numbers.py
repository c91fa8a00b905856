"""Numbers as a walk writes them, and formulas with numbers in place of their letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import SupportsFloat

WIDTH = 9
"""Cells of a number: a sign, and four decimals or three digits with a power of ten."""
_NAME = re.compile(r"(?<![\w'])(?:[A-Za-z]\w*_\w+|[A-Za-zβεμρλ]\d?)(?![A-Za-z_(])")
_NEGATIVE = r"\((-[\d.e+-]+)\)"
_TIDIER = (
    (r"(?<=[\d)]) (?=[a-z]*\()", " × "),
    (rf"\({_NEGATIVE}\)", r"(\1)"),
    (rf"\|{_NEGATIVE}\|", r"|\1|"),
    (rf", {_NEGATIVE}\)", r", \1)"),
)
"""Products get their sign, and a negative number that stands in parentheses no second pair."""


def number(value: SupportsFloat) -> str:
    """Return a number in WIDTH cells, with its sign: "  +0.4121", "+1.23e-05"."""
    v = float(value) + 0.0  # a minus before zero says nothing
    if v == 0.0 or 1e-3 <= abs(v) < 1000.0:
        return f"{v:+9.4f}"
    return f"{v:+9.2e}"


def short(value: SupportsFloat) -> str:
    """Return a number inside a formula: "0.4121", a negative one in parentheses."""
    text = number(value).strip().removeprefix("+")
    return f"({text})" if text.startswith("-") else text


def plain(value: SupportsFloat) -> str:
    """Return a setting as a person writes it: "0.03"."""
    return f"{float(value):g}"


def one_cell_each(formula: str) -> str:
    """Return a formula without the hats that a terminal's cells do not hold: m_hat."""
    return formula.replace("\N{COMBINING CIRCUMFLEX ACCENT}", "_hat")


def fill_in(formula: str, values: Mapping[str, str]) -> str:
    """Return the right side of a formula with texts for its names; products are written with ×."""
    right = formula.split(" = ", 1)[-1]
    filled = _NAME.sub(lambda found: _put(right, found, values), right)
    for pattern, better in _TIDIER:
        filled = re.sub(pattern, better, filled)
    return filled


def _put(formula: str, found: re.Match[str], values: Mapping[str, str]) -> str:
    text = values.get(found[0])
    if text is None:
        return found[0]
    before = formula[: found.start()].rstrip()
    follows_factor = (
        formula[: found.start()].endswith(" ")
        and before[-1:]
        and (before[-1] in "½)²" or before[-1].isdigit() or _is_value(before, values))
    )
    return f"× {text}" if follows_factor else text


def _is_value(before: str, values: Mapping[str, str]) -> bool:
    """Return whether a text ends in a name that gets a number."""
    names = list(_NAME.finditer(before))
    return bool(names) and names[-1].end() == len(before) and names[-1][0] in values
