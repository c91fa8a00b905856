"""A verdict as lines for a person, at most 80 columns where names are short."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui_nn.commands.table import Tabled, table
from tui_nn.commands.wording import number, percent
from tui_nn.data.tables import shortened
from tui_nn.engine.certainty import Reliability
from tui_nn.engine.roc import Roc
from tui_nn.training.saved_run import SavedRun
from tui_nn.training.verdict.judging import ClassVerdict, ValueVerdict

WIDTH = 80
BAR = 30
MOST_COLUMNS = 10
"""Columns of the data that are listed, the most important first."""
ROC_POINTS = (0.01, 0.05, 0.1, 0.2, 0.5)
PERCENTILES = (0, 25, 50, 75, 100)


def describe(verdict: ClassVerdict | ValueVerdict, run: SavedRun, tabled: Tabled = table) -> list[str]:
    """Return a verdict as lines; tabled: how its tables are written."""
    if isinstance(verdict, ClassVerdict):
        return _describe_classes(verdict, run, tabled)
    return _describe_values(verdict, run, tabled)


def _describe_classes(verdict: ClassVerdict, run: SavedRun, tabled: Tabled) -> list[str]:
    """Return what is found of a classifier."""
    names = [shortened(name) for name in run.class_names]
    low, high = verdict.interval
    ceiling = verdict.best_possible_accuracy
    best = [] if ceiling is None else [f"best possible  {percent(ceiling)}"]
    scores = verdict.scores
    counts = verdict.confusion.sum(axis=1)
    by_class = [
        [name, str(n), percent(float(p)), percent(float(r)), f"{f:.3f}"]
        for name, n, p, r, f in zip(names, counts, scores.precision, scores.recall, scores.f1, strict=True)
    ]
    return [
        "",
        f"accuracy       {percent(verdict.accuracy)}  (95 % interval {percent(low)} to {percent(high)})",
        f"baseline       {percent(verdict.baseline_accuracy)}  (always the most frequent class)",
        *best,
        "",
        *_confusion(verdict, names, tabled),
        "",
        *tabled(["class", "samples", "precision", "recall", "F1"], by_class),
        "",
        *_calibration(verdict.reliability, tabled),
        *_roc(verdict.roc, names, tabled),
        *_mistakes(verdict, names, tabled),
        *_importance(verdict.importance, run, "accuracy", tabled),
    ]


def _describe_values(verdict: ValueVerdict, run: SavedRun, tabled: Tabled) -> list[str]:
    """Return what is found of a regression."""
    r2 = "-  (the targets are all alike)" if verdict.r2 is None else f"{verdict.r2:.4f}"
    at = np.percentile(verdict.residuals, PERCENTILES)
    marks = ["least", "25 %", "median", "75 %", "most"]
    return [
        "",
        f"R²             {r2}",
        f"RMSE           {number(verdict.rmse)}",
        f"baseline RMSE  {number(verdict.baseline_rmse)}  (always the mean)",
        f"MAE            {number(verdict.mae)}",
        "",
        *tabled(["residuals (target - answer)", *marks], [["", *(number(float(value)) for value in at)]]),
        "",
        *_importance(verdict.importance, run, "R²", tabled),
    ]


def _confusion(verdict: ClassVerdict, names: list[str], tabled: Tabled) -> list[str]:
    """Return the confusion matrix; where it is too wide, the pairs that are mixed up most."""
    counts = verdict.confusion
    rows = [[name, *map(str, row)] for name, row in zip(names, counts.tolist(), strict=True)]
    lines = tabled(["true \\ said", *names], rows)
    if max(map(len, lines)) <= WIDTH:
        return lines
    wrong = counts - np.diag(np.diag(counts))
    order = np.argsort(-wrong, axis=None, kind="stable")[:MOST_COLUMNS]
    pairs = [(int(i) // len(names), int(i) % len(names)) for i in order]
    mixed = [[names[a], names[b], str(wrong[a, b])] for a, b in pairs if wrong[a, b]]
    return tabled(["true", "said", "times"], mixed, words=2) if mixed else ["No classes were mixed up."]


def _calibration(found: Reliability | None, tabled: Tabled) -> list[str]:
    if found is None:
        return ["No calibration: the outputs are scores and no probabilities.", ""]
    n_bins, lines = len(found.counts), []
    for place in np.flatnonzero(found.counts):
        share = float(found.accuracy[place])
        mark = min(BAR - 1, int(found.confidence[place] * BAR))
        bar = ("#" * round(share * BAR)).ljust(BAR, ".")
        span = f"{100 * place // n_bins}-{100 * (place + 1) // n_bins} %"
        shown = bar[:mark] + "|" + bar[mark + 1 :]
        said = percent(float(found.confidence[place]))
        lines.append([span, str(found.counts[place]), said, percent(share), shown])
    head = ["confidence", "samples", "said", "right", "right #, said |".ljust(BAR)]
    error = f"expected calibration error {percent(found.error)}"
    return [*tabled(head, lines), error, ""]


def _roc(found: Roc | None, names: list[str], tabled: Tabled) -> list[str]:
    if len(names) != 2:
        return []
    if found is None:
        return ["No ROC: all samples are of one class.", ""]
    alarms = [
        float(found.true_positive_rate[found.false_positive_rate <= limit].max()) for limit in ROC_POINTS
    ]
    rows = [[f"{names[1]} found", *map(percent, alarms)]]
    head = ["ROC: false alarms up to", *(f"{limit:.0%}".replace("%", " %") for limit in ROC_POINTS)]
    return [*tabled(head, rows), f"area under the curve {found.area:.4f}", ""]


def _mistakes(verdict: ClassVerdict, names: list[str], tabled: Tabled) -> list[str]:
    if not verdict.mistakes:
        return []
    rows = [
        [str(mistake.row + 1), names[mistake.truth], names[mistake.said], percent(mistake.confidence)]
        for mistake in verdict.mistakes
    ]
    return ["most confident mistakes", *tabled(["sample", "true", "said", "p"], rows), ""]


def _importance(lost: NDArray[np.float64] | None, run: SavedRun, score: str, tabled: Tabled) -> list[str]:
    if lost is None:
        return []
    order = np.argsort(-lost, kind="stable")
    rows = [[shortened(run.input_names[i]), f"{lost[i]:.4f}"] for i in order[:MOST_COLUMNS]]
    more = [f"and {len(order) - len(rows):,} more"] if len(order) > len(rows) else []
    return [*tabled(["column", f"{score} lost by shuffling it"], rows), *more]
