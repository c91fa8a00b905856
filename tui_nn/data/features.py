"""FEATURES: what the network may see of a point, and the matrix made of the chosen ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from tui_nn.data.dataset import FloatArray
from tui_nn.data.errors import DataError


@dataclass(frozen=True)
class Feature:
    """One function of a point of the plane."""

    name: str
    label: str
    formula: str
    help: str
    function: Callable[[FloatArray], FloatArray]
    """Inputs (n, 2) -> values (n,)."""


FEATURES = MappingProxyType(
    {
        feature.name: feature
        for feature in (
            Feature("x", "x", "x", "Horizontal coordinate.", lambda p: p[:, 0]),
            Feature("y", "y", "y", "Vertical coordinate.", lambda p: p[:, 1]),
            Feature("x2", "x²", "x · x", "Squared distance from the vertical axis.", lambda p: p[:, 0] ** 2),
            Feature(
                "y2", "y²", "y · y", "Squared distance from the horizontal axis.", lambda p: p[:, 1] ** 2
            ),
            Feature(
                "xy",
                "xy",
                "x · y",
                "Product: positive where x and y have the same sign.",
                lambda p: p[:, 0] * p[:, 1],
            ),
            Feature("sinx", "sin x", "sin(x)", "Sine wave along x.", lambda p: np.sin(p[:, 0])),
            Feature("siny", "sin y", "sin(y)", "Sine wave along y.", lambda p: np.sin(p[:, 1])),
            Feature("cosx", "cos x", "cos(x)", "Cosine wave along x.", lambda p: np.cos(p[:, 0])),
            Feature("cosy", "cos y", "cos(y)", "Cosine wave along y.", lambda p: np.cos(p[:, 1])),
        )
    }
)
"""Name -> Feature, in the order of TensorFlow Playground's screen; cosines stand in its address alone."""


def feature_label(name: str, columns: Sequence[str] = ("x", "y")) -> str:
    """Return a feature's label with the names of both columns that it is made of: "bmi²" for x2."""
    label = FEATURES[name].label
    if tuple(columns) == ("x", "y") or len(columns) != 2:
        return label
    named = {"x": columns[0], "y": columns[1]}
    return f"{columns[0]} · {columns[1]}" if label == "xy" else "".join(named.get(c, c) for c in label)


def feature_matrix(inputs: FloatArray, names: Sequence[str]) -> FloatArray:
    """Return the features (n, len(names)) of points (n, 2), in the order of the names.

    Raises DataError for an unknown name, for no name, or for inputs that are not points of a plane.
    """
    if not names:
        raise DataError("at least one feature is needed")
    for name in names:
        if name not in FEATURES:
            raise DataError(f"unknown feature {name!r}; known: {', '.join(FEATURES)}")
    if inputs.ndim != 2 or inputs.shape[1] != 2:
        raise DataError(f"features are computed from points of shape (n, 2), not {inputs.shape}")
    return np.column_stack([FEATURES[name].function(inputs) for name in names])
