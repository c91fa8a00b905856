"""Tables and sums as the lines of a walk: what is largest first, and what is left out is said and counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.views.walk.look.numbers import number
from tui_nn.views.walk.values import Line

Array = NDArray[Any]

MOST_ROWS = 16
"""Neurons that a table lists; of more the largest."""
MOST_SUMS = 4
"""Neurons whose sums are written out term by term."""
MOST_TERMS = 12
"""Terms that a sum lists; the others are added up in one line."""
NAME = 10
"""Cells of a name."""


def shown(values: Array, most: int = MOST_ROWS) -> NDArray[np.intp]:
    """Return which of the values (n,) are listed: all in order, or the `most` largest, those first."""
    if len(values) <= most:
        return np.arange(len(values))
    return largest(values, most)


def largest(values: Array, most: int) -> NDArray[np.intp]:
    """Return the places of the `most` values that are largest in size; those that are no numbers first."""
    sizes = np.nan_to_num(np.abs(values.astype(np.float64)), nan=np.inf, posinf=np.inf)
    if len(sizes) <= 4 * most:
        return np.argsort(-sizes, kind="stable")[:most]
    least = np.partition(sizes, -most)[-most]
    candidates = np.flatnonzero(sizes >= least)
    return candidates[np.argsort(-sizes[candidates], kind="stable")[:most]]


def plural(what: str) -> str:
    """Return a word for several: "neurons", "biases"."""
    return f"{what}es" if what.endswith("s") else f"{what}s"


def left_out(count: int, what: str, most: int = MOST_ROWS) -> list[Line]:
    """Return the line that says how many are listed, where not all are."""
    return [Line(f"{most} of {count:,} {plural(what)}, largest first", "note")] if count > most else []


def head(name: str, *columns: str) -> Line:
    """Return the heading of a table."""
    return Line(f"{name:<{NAME}}" + "".join(f" {column:>9}" for column in columns), "head")


def row(name: str, *values: Any, role: str = "") -> Line:
    """Return a name and numbers below the columns of `head`."""
    return Line(f"{name:<{NAME}}" + "".join(f" {number(value)}" for value in values), role)


def result(name: str, value: Any, role: str = "result") -> Line:
    """Return a name, and its value below those of the terms of a sum."""
    return Line(f"{name:<{NAME + 25}}{number(value)}", role)


def product(name: str, first: Any, second: Any, made: Any = None) -> Line:
    """Return a term of a sum: two factors, and what they make, or what the engine has made of them."""
    made = np.float64(first) * np.float64(second) if made is None else made
    return Line(f"{name:<{NAME}} {number(first)} × {number(second)} = {number(made)}")


def filled_line(name: str, filled: str, value: Any) -> Line:
    """Return a formula with its numbers in it, behind the name of whose it is."""
    room = 4 if len(name) <= 4 else NAME
    return Line(f"{name:<{room}} {filled} = {number(value).strip()}")


def sum_of_products(names: Sequence[str], first: Array, second: Array, what: str = "other") -> list[Line]:
    """Return the terms first × second, (n,) each, the largest first, and the others in one line."""
    made = first.astype(np.float64) * second.astype(np.float64)
    order = largest(made, len(made))
    lines = [product(names[i], first[i], second[i]) for i in order[:MOST_TERMS]]
    rest = order[MOST_TERMS:]
    if len(rest):
        lines.append(result(f"{len(rest):,} {what}s", made[rest].sum(), role=""))
    return lines


class LazyNames(Sequence[str]):
    """Names that are made when they are asked for: of thousands a few are shown."""

    def __init__(self, name: Any, count: int) -> None:
        self._name, self._count = name, count

    def __getitem__(self, index: Any) -> Any:
        return self._name(int(index))

    def __len__(self) -> int:
        return self._count
