"""`tui-nn explain MODEL --ablation`: what a saved network loses without each of its hidden neurons."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from tui_nn.commands.models import model_path
from tui_nn.commands.table import Tabled, table
from tui_nn.commands.wording import number
from tui_nn.engine import EngineError
from tui_nn.files.errors import FileError
from tui_nn.files.visible import say
from tui_nn.training.run_files import open_run
from tui_nn.training.saved_run import SavedRun
from tui_nn.training.verdict.ablation import (
    Ablation,
    Score,
    SilentUnit,
    ablate,
    by_loss,
    change,
    change_in_words,
)
from tui_nn.training.verdict.rows import problem_of

SILENT = "Without: the activation of this neuron or filter is zero for every row."


def explain_ablation(model: str, is_json: bool) -> None:
    """Print the ablation of a model. Raises FileError where it cannot be read or has nothing to silence."""
    try:
        found = ablate_run(open_run(model_path(model)))
    except EngineError as error:
        raise FileError(f"{model} has no ablation: {error}") from None
    say(json.dumps(record(found))) if is_json else say(*describe(found))


def ablate_run(run: SavedRun) -> Ablation:
    """Return the ablation of a saved run. Raises EngineError."""
    problem = problem_of(run)
    train, test = (replace(part, encode=run.encode) for part in (problem.train, problem.test))
    return ablate(run.network, replace(problem, train=train, test=test, encode=run.encode))


def record(found: Ablation) -> dict[str, Any]:
    """Return the ablation as JSON can hold it, the most needed neuron first; None: not a finite number."""
    score = "accuracy" if found.is_classification else "r2"
    return {
        "part": found.part,
        "rows": found.n_rows,
        "rows_of": found.n_all,
        "loss": found.whole.loss,
        score: found.whole.score,
        "neurons": [_unit_record(unit, found.whole, score) for unit in by_loss(found)],
    }


def _unit_record(unit: SilentUnit, whole: Score, score: str) -> dict[str, Any]:
    changed = change(unit, whole)
    return {
        "name": unit.name,
        "kind": "filter" if unit.is_filter else "neuron",
        "layer": unit.node[0],
        "number": unit.number + 1,
        "loss": unit.without.loss,
        score: unit.without.score,
        "loss_change": changed.loss,
        f"{score}_change": changed.score,
    }


def describe(found: Ablation, tabled: Tabled = table) -> list[str]:
    """Return the ablation as lines for a person, the most needed neuron first; tabled: see verdict_text."""
    of = "" if found.n_rows == found.n_all else f" of {found.n_all:,}"
    rows = [["nothing silent", number(found.whole.loss), found.score_text(found.whole.score), "", ""]]
    for unit in by_loss(found):
        changed = change(unit, found.whole)
        rows.append(
            [
                unit.name,
                number(unit.without.loss),
                found.score_text(unit.without.score),
                change_in_words(changed.loss),
                found.change_text(changed.score),
            ]
        )
    head = ["without", f"{found.part} loss", found.score_name, "loss change", f"{found.score_name} change"]
    return [
        f"{found.n_rows:,}{of} {found.part} rows, the most needed neuron first",
        *tabled(head, rows),
        "",
        SILENT,
    ]
