"""`tui-nn evaluate`: an honest verdict on a saved network, in words or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from tui_nn.commands.labeled import read_rows
from tui_nn.commands.models import MODEL_HELP, check_given, model_path
from tui_nn.commands.verdict_text import describe
from tui_nn.engine import EngineError
from tui_nn.files.errors import FileError
from tui_nn.files.paths import shown
from tui_nn.files.visible import say
from tui_nn.settings.flags import Parser
from tui_nn.training.run_files import open_run
from tui_nn.training.saved_run import SavedRun
from tui_nn.training.trained_rows import SEEN_WORDS
from tui_nn.training.verdict.judging import ClassVerdict, ValueVerdict, judge
from tui_nn.training.verdict.rows import Rows, compared_with_trained, own_test_set

MOST_MISTAKES = 5
SHUFFLING_SEED = 0
"""The same columns are shuffled the same way each time."""
TRAINED_WORDS = "The network was trained on some of these samples, so they say less of how it does on others."


def make_parser() -> Parser:
    """Return the parser of `tui-nn evaluate`."""
    parser = Parser(
        prog="tui-nn evaluate",
        usage="tui-nn evaluate MODEL [--csv FILE] [--json]",
        description="Judge a saved network by samples that it was not trained on: those of its own test set, "
        "or those of a table.",
    )
    parser.add_argument("model", metavar="MODEL", nargs="?", help=MODEL_HELP)
    parser.add_argument(
        "--csv",
        metavar="FILE",
        help="a table: columns by name where it names them, the class or value in the column class, target, "
        "label or value, else in the last; - is standard input",
    )
    parser.add_argument("--json", action="store_true", help="print one object")
    return parser


def main(words: Sequence[str]) -> int:
    """Print the verdict. Raises FileError where one cannot be read or there is nothing to judge by."""
    arguments = make_parser().read(words)
    check_given("evaluate", arguments.model)
    try:
        run = open_run(model_path(arguments.model))
        rows = own_test_set(run) if arguments.csv is None else _others(arguments.csv, run)
        verdict = judge_alike(run, rows)
    except EngineError as error:
        raise FileError(f"{arguments.model} was not evaluated: {error}") from None
    if arguments.json:
        say(json.dumps(record(verdict, run) | {"is_test_seen": rows.is_seen}))
        return 0
    source = {None: "its test set", "-": "standard input"}.get(arguments.csv) or shown(arguments.csv)
    lines = describe(verdict, run)
    seen = [SEEN_WORDS if arguments.csv is None else TRAINED_WORDS] if rows.is_seen else []
    say(f"{verdict.n:,} sample{'s' if verdict.n > 1 else ''} of {source}", *seen, *lines)
    return 0


def judge_alike(run: SavedRun, rows: Rows) -> ClassVerdict | ValueVerdict:
    """Return the verdict that the same rows give each time. Raises EngineError."""
    return judge(run, rows, MOST_MISTAKES, np.random.default_rng(SHUFFLING_SEED))


def _others(path: str, run: SavedRun) -> Rows:
    return compared_with_trained(read_rows(path, run), run)


def record(verdict: ClassVerdict | ValueVerdict, run: SavedRun) -> dict[str, Any]:
    """Return the verdict as an object; what cannot be said is None."""
    shared = {
        "samples": verdict.n,
        "importance": None
        if verdict.importance is None
        else dict(zip(run.input_names, verdict.importance.tolist(), strict=True)),
    }
    if isinstance(verdict, ValueVerdict):
        return {
            "r2": verdict.r2,
            "rmse": verdict.rmse,
            "mae": verdict.mae,
            "baseline_rmse": verdict.baseline_rmse,
            **shared,
        }
    curve, calibration = verdict.roc, verdict.reliability
    return {
        "accuracy": verdict.accuracy,
        "accuracy_interval": list(verdict.interval),
        "baseline_accuracy": verdict.baseline_accuracy,
        "best_possible_accuracy": verdict.best_possible_accuracy,
        "confusion_matrix": verdict.confusion.tolist(),
        "classes": list(run.class_names),
        "precision": verdict.scores.precision.tolist(),
        "recall": verdict.scores.recall.tolist(),
        "f1": verdict.scores.f1.tolist(),
        "calibration_error": None if calibration is None else calibration.error,
        "roc_area": None if curve is None else curve.area,
        **shared,
        "mistakes": [
            {
                "sample": mistake.row + 1,
                "class": run.class_names[mistake.truth],
                "predicted": run.class_names[mistake.said],
                "probability": mistake.confidence,
            }
            for mistake in verdict.mistakes
        ],
    }
