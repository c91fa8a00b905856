"""Cells as numbers, and the ways in which tables write that a value is missing."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from tui_nn.data.dataset import FloatArray

MISSING = frozenset(("", "?", "na", "n/a", "#n/a", "nan", "null", "nil", "<na>", "-", "--", ".", "missing"))
"""Cells, in small letters, that stand for no value."""


def is_missing(cell: str) -> bool:
    """Return whether a cell stands for no value."""
    return cell.strip().casefold() in MISSING


def number(cell: str, decimal: str) -> float | None:
    """Return the finite number in a cell; None for anything else."""
    if decimal == ",":
        if "." in cell:
            return None
        cell = cell.replace(",", ".")
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in cell else None


def is_number(cell: str, decimal: str) -> bool:
    """Return whether a cell holds a finite number."""
    return number(cell, decimal) is not None


def as_numbers(cells: Sequence[str], decimal: str) -> FloatArray | None:
    """Return a column of numbers at once; None where a cell is anything else."""
    if decimal == ",":
        if any("." in cell for cell in cells):
            return None
        cells = [cell.replace(",", ".") for cell in cells]
    try:
        values = np.array(list(map(float, cells)), np.float64)
    except ValueError:
        return None
    return values if np.isfinite(values).all() and not any("_" in cell for cell in cells) else None
