"""Data sets that others bring: a Python file with one function, or an entry point of an installed package.

Python is run only where a person names it, by a flag or a variable: never out of a share line, a saved run or
a lesson.
"""

from __future__ import annotations

import runpy
from collections.abc import Callable
from dataclasses import dataclass
from inspect import isfunction
from typing import Any

import numpy as np

from tui_nn.data import DataError, DatasetSpec
from tui_nn.data.ceilings import no_ceiling
from tui_nn.data.registry import keep, unnamed_inputs
from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path

GROUP = "tui_nn.datasets"
"""Where a package names its functions."""
ENDING = ".py"
PROBED = 500
"""Samples that are drawn to see what a function makes."""
MARGIN = 0.1


@dataclass(frozen=True)
class OfFile:
    """The function of a file, found anew in each process."""

    path: str

    def __call__(self, samples: int, noise: float, classes: int, rng: np.random.Generator) -> Any:
        """Return inputs and targets. Raises DataError."""
        return _function(self.path)(samples, noise, classes, rng)


def open_plugged(name: str) -> bool:
    """Let settings name what a file or a package brings; return whether there is such. Raises DataError."""
    if name.endswith(ENDING):
        try:
            path = full_path(name)
        except FileError as error:
            raise DataError(str(error)) from None
        if not path.is_file():
            return False
        keep(_spec(name, OfFile(str(path))))
        return True
    from importlib.metadata import entry_points

    for entry in entry_points(group=GROUP):
        if entry.name == name:
            keep(_spec(name, entry.load()))
            return True
    return False


def _function(path: str) -> Callable[..., Any]:
    """Return the one function that a file defines. Raises DataError."""
    try:
        defined = runpy.run_path(path, run_name="tui_nn_dataset")
    except Exception as error:  # whatever somebody's file raises
        raise DataError(f"{path} cannot be run: {type(error).__name__}: {error}") from error
    found = [
        thing
        for name, thing in defined.items()
        if isfunction(thing) and thing.__module__ == "tui_nn_dataset" and not name.startswith("_")
    ]
    if len(found) != 1:
        raise DataError(
            f"{path} defines {len(found)} functions; one without _ before its name makes the data"
        )
    function: Callable[..., Any] = found[0]
    return function


def _spec(name: str, draw: Callable[..., Any]) -> DatasetSpec:
    """Return what a function makes, by some samples of it. Raises DataError."""
    try:
        inputs, targets = draw(PROBED, 0.1, 2, np.random.default_rng(0))
        inputs, targets = np.asarray(inputs, np.float64), np.asarray(targets)
    except DataError:
        raise
    except Exception as error:  # whatever somebody's function raises
        raise DataError(f"{name} failed: {type(error).__name__}: {error}") from error
    if inputs.ndim != 2 or targets.shape != (PROBED,) or len(inputs) != PROBED or not inputs.shape[1]:
        shapes = f"{inputs.shape} and {targets.shape}"
        raise DataError(
            f"{name} made {shapes} of {PROBED} samples; needed are (samples, inputs) and (samples,)"
        )
    if not (np.isfinite(inputs).all() and targets.dtype.kind in "biuf" and np.isfinite(targets).all()):
        raise DataError(f"{name} made something that is no finite number")
    is_classes = targets.dtype.kind in "biu"
    n_classes = int(targets.max()) + 1 if is_classes else 2
    if is_classes and (targets.min() < 0 or n_classes < 2):
        raise DataError(f"{name} needs classes that count from 0, two at least")
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    room = MARGIN * np.maximum(high - low, 1e-9)
    spans = [(float(a), float(b)) for a, b in zip(low - room, high + room, strict=True)]
    return DatasetSpec(
        name,
        f"Made by {name}.",
        "a function of its own",
        draw,
        no_ceiling,
        task="classification" if is_classes else "regression",
        min_classes=n_classes,
        max_classes=n_classes,
        input_names=unnamed_inputs(len(spans)),
        domain=(spans[0], spans[min(1, len(spans) - 1)]),
    )
