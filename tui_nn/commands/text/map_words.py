"""The decision map in at most 40 words: which class has which share of the plane, and where it lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

MOST_WORDS = 40
NAME_WORDS = 2
"""Words of the name of a class that are said."""
CLEAR = 0.55
"""How well a place has to fit for a class to be said to lie there: overlap over union."""
Mask = NDArray[np.bool_]


def map_words(
    surface: NDArray[np.float32], class_names: Sequence[str], axis_names: Sequence[str] = ("x", "y")
) -> str:
    """Return the map in words.

    surface: (rows, columns, n_maps) as in DecisionMap, first row on top. class_names: none for regression.
    """
    head = f"Map, {_short(axis_names[0])} across, {_short(axis_names[1])} up:"
    if not class_names:
        return f"{head} {_values_words(surface[:, :, 0])}"
    found = classes_of(surface)
    shares = shares_of(found, len(class_names))
    order = sorted(range(len(class_names)), key=lambda number: -shares[number])
    told = [_class_words(class_names[n], shares[n], found == n) for n in order if shares[n] > 0]
    missing = [_named(class_names[n]) for n in order if shares[n] == 0]
    ends = [f"{' and '.join(missing)} nowhere"] if 0 < len(missing) < 3 else []
    whole = f"{head} {'; '.join([*told, *ends])}."
    if _count(whole) <= MOST_WORDS:
        return whole
    return _shortened(head, [(_named(class_names[n]), shares[n]) for n in order if shares[n] > 0])


def classes_of(surface: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the class at each point, (rows, columns)."""
    if surface.shape[2] == 1:
        return np.asarray(surface[:, :, 0] > 0, dtype=np.int64)
    return np.asarray(surface.argmax(axis=2), dtype=np.int64)


def shares_of(classes: NDArray[np.int64], n_classes: int) -> list[float]:
    """Return what part of the plane each class has, 0 .. 1."""
    counts = np.bincount(classes.ravel(), minlength=n_classes)
    return [float(count) / max(1, classes.size) for count in counts]


def place_words(mask: Mask) -> str:
    """Return where a part of the plane lies, (rows, columns), first row on top."""
    if not mask.any():
        return "nowhere"
    if mask.all():
        return "everywhere"
    shapes = {**_shapes(mask.shape[0], mask.shape[1]), **_discs(mask)}
    fits = {name: float((mask & shape).sum() / (mask | shape).sum()) for name, shape in shapes.items()}
    best = max(fits, key=lambda name: fits[name])
    return best if fits[best] >= CLEAR else f"mostly {_side(mask)}"


def _class_words(name: str, share: float, mask: Mask) -> str:
    return f"{_named(name)} {percent(share)}, {place_words(mask)}"


def percent(share: float) -> str:
    """Return a share in whole percents, or that it is below one."""
    return "under 1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"


def _values_words(values: NDArray[np.float32]) -> str:
    low, high = float(values.min()), float(values.max())
    top, bottom = values > high - (high - low) / 4, values < low + (high - low) / 4
    above = float((values > 0).mean())
    if not np.isfinite([low, high]).all():
        return "some answers are no numbers."
    if high - low < 1e-6:
        return f"{high:.3g} everywhere."
    return (
        f"from {low:.3g} to {high:.3g}; high {place_words(top)}, low {place_words(bottom)}; "
        f"above zero on {percent(above)}."
    )


def _shortened(head: str, shares: Sequence[tuple[str, float]]) -> str:
    """Return the largest shares without their places, and what the others come to."""
    for count in range(len(shares), 0, -1):
        told = [f"{name} {percent(share)}" for name, share in shares[:count]]
        rest = sum(share for _, share in shares[count:])
        left = len(shares) - count
        told += [f"{left} others {percent(rest)}"] if left else []
        whole = f"{head} {', '.join(told)}."
        if _count(whole) <= MOST_WORDS:
            return whole
    return f"{head} {len(shares)} classes."


def _count(text: str) -> int:
    return len(text.split())


def _short(name: str) -> str:
    return " ".join(name.split()[:NAME_WORDS])


def _named(name: str) -> str:
    """Return what a class is called: a bare number is not taken for a share."""
    return f"class {name}" if name.isdecimal() else _short(name)


def _side(mask: Mask) -> str:
    """Return in which direction the middle of a part lies."""
    rows, columns = (places.mean() for places in np.nonzero(mask))
    down = (rows + 0.5) / mask.shape[0] - 0.5
    right = (columns + 0.5) / mask.shape[1] - 0.5
    up_or_down = "upper" if down < -0.06 else "lower" if down > 0.06 else ""
    side = "left" if right < -0.06 else "right" if right > 0.06 else ""
    if up_or_down and side:
        return f"{up_or_down} {side}"
    return side or {"upper": "top", "lower": "bottom"}.get(up_or_down, "mixed through")


@lru_cache(maxsize=4)
def _shapes(rows: int, columns: int) -> Mapping[str, Mask]:
    """Return the places that have a name, each (rows, columns)."""
    y, x = np.mgrid[0:rows, 0:columns]
    right, up = (x + 0.5) / columns > 0.5, (y + 0.5) / rows < 0.5
    middle_row = np.abs((y + 0.5) / rows - 0.5) < 1 / 4
    middle_column = np.abs((x + 0.5) / columns - 0.5) < 1 / 4
    return {
        "left": ~right,
        "right": right,
        "top": up,
        "bottom": ~up,
        "upper left": up & ~right,
        "upper right": up & right,
        "lower left": ~up & ~right,
        "lower right": ~up & right,
        "upper left and lower right": up != right,
        "upper right and lower left": up == right,
        "left and right": ~middle_column,
        "top and bottom": ~middle_row,
        "a band across the middle": middle_row,
        "a band up the middle": middle_column,
    }


def _discs(mask: Mask) -> Mapping[str, Mask]:
    """Return a disc of the size of a part in the middle, and what lies around one."""
    rows, columns = mask.shape
    y, x = np.mgrid[0:rows, 0:columns]
    distance = np.hypot((x + 0.5) / columns - 0.5, (y + 0.5) / rows - 0.5)
    inner = np.zeros_like(mask)
    order = np.argsort(distance, axis=None, kind="stable")
    inner.ravel()[order[: int(mask.sum())]] = True
    outer = np.ones_like(mask)
    outer.ravel()[order[: int(mask.size - mask.sum())]] = False
    return {"in the middle": inner, "around the middle": outer}
