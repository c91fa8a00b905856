"""The verdict on a saved run: everything that is measured on some rows, as arrays and numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import EngineError, accuracy, class_scores, confusion_matrix, r2, rmse
from tui_nn.engine.certainty import Reliability, reliability, wilson_interval
from tui_nn.engine.metrics import ClassScores, Counts, mae
from tui_nn.engine.roc import Roc, roc
from tui_nn.training.evaluation import CHUNK
from tui_nn.training.saved_run import SavedRun
from tui_nn.training.verdict.importance import importances, permutations
from tui_nn.training.verdict.rows import Rows

N_REPEATS = 5
MOST_SHUFFLED = 2000
"""At most so many rows are shuffled for the importance of columns: the first ones."""


@dataclass(frozen=True, eq=False)
class Mistake:
    """A sample that was called another class than it is."""

    row: int
    """From 0."""
    truth: int
    said: int
    confidence: float
    """The probability that the wrong class was given."""


@dataclass(frozen=True, eq=False)
class ClassVerdict:
    """What is found of a classifier."""

    n: int
    accuracy: float
    interval: tuple[float, float]
    """95 %."""
    baseline_accuracy: float
    """Of always answering the class that is most frequent in these rows."""
    best_possible_accuracy: float | None
    confusion: Counts
    scores: ClassScores
    reliability: Reliability | None
    """None where the outputs are no probabilities."""
    roc: Roc | None
    """Of the second class; None for more than two, and where the rows have one class alone."""
    mistakes: tuple[Mistake, ...]
    """The most confident first; none where the outputs are no probabilities."""
    importance: NDArray[np.float64] | None
    """(n_columns,): accuracy lost by shuffling; None for images."""


@dataclass(frozen=True, eq=False)
class ValueVerdict:
    """What is found of a regression."""

    n: int
    r2: float | None
    """None where the targets are all alike."""
    rmse: float
    mae: float
    baseline_rmse: float
    """Of always answering the mean of these rows."""
    residuals: NDArray[np.float64]
    """(n,): target - answer."""
    importance: NDArray[np.float64] | None
    """(n_columns,): R² lost by shuffling; None for images."""


def judge(
    run: SavedRun, rows: Rows, most_mistakes: int, rng: np.random.Generator
) -> ClassVerdict | ValueVerdict:
    """Measure a run on rows. rng: shuffles columns. Raises EngineError where an answer is not finite."""
    outputs = _outputs(run, rows.raw)
    if run.class_names:
        return _of_classes(run, rows, outputs, most_mistakes, rng)
    targets, answers = rows.targets.astype(np.float64), outputs[:, 0]

    def score(raw: NDArray[Any]) -> float:
        found = r2(targets[: len(raw)], _outputs(run, raw)[:, 0])
        return 0.0 if found is None else found

    return ValueVerdict(
        n=len(targets),
        r2=r2(targets, answers),
        rmse=rmse(targets, answers),
        mae=mae(targets, answers),
        baseline_rmse=float(targets.std()),
        residuals=targets - answers,
        importance=_importance(run, rows, score, rng),
    )


def _outputs(run: SavedRun, raw: NDArray[Any]) -> NDArray[Any]:
    """Return what the network answers to rows, (n, n_outputs), piece by piece."""
    with np.errstate(all="ignore"):
        pieces = [
            run.network.predict(run.encode(raw[start : start + CHUNK])) for start in range(0, len(raw), CHUNK)
        ]
    outputs = np.concatenate(pieces)
    wrong = np.flatnonzero(~np.isfinite(outputs).all(axis=1))
    if wrong.size:
        raise EngineError(f"the answer to sample {wrong[0] + 1} is no finite number: it is too far away")
    return run.in_units(outputs)


def _of_classes(
    run: SavedRun, rows: Rows, outputs: NDArray[Any], most_mistakes: int, rng: np.random.Generator
) -> ClassVerdict:
    loss, truth = run.network.loss, rows.targets
    n_classes = len(run.class_names)
    said, shares = loss.decode(outputs), loss.probabilities(outputs)
    is_right = said == truth
    confusion = confusion_matrix(truth, said, n_classes)
    confidences = None if shares is None else np.asarray(shares)[np.arange(len(said)), said]

    def score(raw: NDArray[Any]) -> float:
        return accuracy(truth[: len(raw)], loss.decode(_outputs(run, raw)))

    margins = outputs[:, 0] if outputs.shape[1] == 1 else outputs[:, -1] - outputs[:, 0]
    scores = margins if shares is None else np.asarray(shares)[:, -1]
    return ClassVerdict(
        n=len(truth),
        accuracy=float(is_right.mean()),
        interval=wilson_interval(int(is_right.sum()), len(truth)),
        baseline_accuracy=float(confusion.sum(axis=1).max() / len(truth)),
        best_possible_accuracy=rows.best_possible_accuracy,
        confusion=confusion,
        scores=class_scores(confusion),
        reliability=None if confidences is None else reliability(confidences, is_right),
        roc=roc(truth == 1, scores) if n_classes == 2 else None,
        mistakes=_mistakes(truth, said, confidences, most_mistakes),
        importance=_importance(run, rows, score, rng),
    )


def _mistakes(
    truth: NDArray[Any], said: NDArray[Any], confidences: NDArray[Any] | None, most: int
) -> tuple[Mistake, ...]:
    if confidences is None:
        return ()
    wrong = np.flatnonzero(said != truth)
    worst = wrong[np.argsort(-confidences[wrong], kind="stable")][:most]
    return tuple(Mistake(int(i), int(truth[i]), int(said[i]), float(confidences[i])) for i in worst)


def _importance(
    run: SavedRun, rows: Rows, score: Callable[[NDArray[Any]], float], rng: np.random.Generator
) -> NDArray[np.float64] | None:
    if run.image_shape is not None:
        return None
    raw = rows.raw[:MOST_SHUFFLED]
    orders = permutations(len(raw), raw.shape[1], N_REPEATS, rng)
    return np.array([lost.mean() for lost in importances(score, raw, orders)])
