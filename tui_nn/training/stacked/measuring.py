"""Losses and accuracies of all runs of a stack at once; measuring changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine.stacked import Stack
from tui_nn.training.evaluation import Sums, chunks, metrics_of
from tui_nn.training.problem import Part, Problem
from tui_nn.training.snapshot import Metrics


def evaluate_stack(stack: Stack, problems: Sequence[Problem], most_rows: int | None = None) -> list[Metrics]:
    """Return for each run what `evaluate` returns for it alone."""
    train = _sums(stack, problems, [problem.train for problem in problems], most_rows)
    test = _sums(stack, problems, [problem.test for problem in problems], most_rows)
    return [metrics_of(*sums) for sums in zip(train, test, problems, strict=True)]


def _sums(
    stack: Stack, problems: Sequence[Problem], parts: Sequence[Part], most_rows: int | None
) -> list[Sums]:
    all_sums = [Sums() for _ in parts]
    decode = stack.loss.decode if problems[0].is_classification else None
    for rows in chunks(parts[0], most_rows):
        inputs = one_or_stacked([part.inputs(rows) for part in _shared(parts)])
        coded = one_or_stacked([part.coded[rows] for part in _shared(parts)])
        outputs, losses = stack.evaluate(inputs, coded)
        for sums, own, loss, part, problem in zip(all_sums, outputs, losses, parts, problems, strict=True):
            sums.add(problem.in_units(own), float(loss), part.targets[rows], decode)
    return all_sums


def _shared(parts: Sequence[Part]) -> Sequence[Part]:
    """Return one of them where all are the same."""
    return parts[:1] if all(part is parts[0] for part in parts) else parts


def one_or_stacked(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Return the only array, or all in one with the runs in front."""
    return arrays[0] if len(arrays) == 1 else np.stack(arrays)
