"""Finds the sample that an Example names, as the network takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import EngineError
from tui_nn.settings.config import Config
from tui_nn.training.example import Example
from tui_nn.training.problem import Problem


@dataclass(frozen=True, eq=False)
class FoundExample:
    """A sample ready for the network."""

    inputs: NDArray[Any]
    """(1, n_inputs), features made and standardized."""
    raw: NDArray[Any]
    """(n_raw_inputs,) as the data set holds it; of images the ink, 0 to 255."""
    target: float | None
    """Number of the class, or the value; None where nobody said."""
    coded: NDArray[Any] | None
    """(1, n_outputs) as the loss takes it; None without a target."""
    words: str
    """What it is called."""


def find_example(config: Config, problem: Problem, example: Example) -> FoundExample:
    """Return the sample; raise EngineError where a typed one does not fit the data."""
    if example.part == "typed":
        return _typed(config, problem, example)
    is_test = example.part == "test" and len(problem.test) > 0
    part, name = (problem.test, "test") if is_test else (problem.train, "train")
    index = example.index % len(part)
    rows = slice(index, index + 1)
    return FoundExample(
        inputs=part.inputs(rows),
        raw=part.raw[index].reshape(-1),
        target=float(part.targets[index]),
        coded=part.coded[rows],
        words=f"{name} {index + 1:,}",
    )


def _typed(config: Config, problem: Problem, example: Example) -> FoundExample:
    shape = problem.train.raw.shape[1:]
    raw = np.array(example.values, dtype=np.float64)
    if raw.size != int(np.prod(shape)):
        raise EngineError(f"The example has {raw.size} numbers; the data has {int(np.prod(shape))}.")
    typed = raw.reshape(1, *shape)
    inputs = problem.encode(typed.clip(0, 255).astype(np.uint8) if len(shape) == 2 else typed)
    coded = None
    if example.target is not None:
        dtype = np.int64 if problem.is_classification else np.float64
        coded = problem.code(config, np.array([example.target], dtype=dtype))
    return FoundExample(inputs, raw, example.target, coded, example.words)
