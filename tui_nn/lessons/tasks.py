"""The task of a step out of its TOML: one reader for each kind, each of which says what it lacks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from tui_nn.lessons.condition import MEASURES, Condition, parse_condition
from tui_nn.lessons.fields import Fields
from tui_nn.lessons.lesson import KINDS, Settings, Task, Way
from tui_nn.lessons.settings_given import read_names, read_settings

MOST_ANSWERS = 6
MOST_WORDS = 150
"""Letters of what is to be done: it has two lines of the smallest window."""
PARS = ("parameters", "steps", "epochs", "keys", "neurons")
CANDIDATES = ("neuron", "sample", "input")


def read_task(fields: Fields, number: int, base: Settings, shows: tuple[str, ...]) -> Task | None:
    """Return what a step asks for; None if nothing."""
    if not fields.has("do"):
        return None
    kind = fields.text("do", "")
    if kind not in KINDS:
        fields.wrong("do", f"do: {kind or 'nothing'} is not allowed; one of {', '.join(KINDS)}")
        return None
    asks = kind in ("predict", "answer")
    words = fields.text("ask" if asks else "task")
    if len(words) > MOST_WORDS:
        fields.wrong("ask" if asks else "task", f"longer than {MOST_WORDS} letters: it stands in two lines")
    name = fields.text("name", f"step-{number}")
    found = _READERS[kind](fields, base)
    may = read_names(fields, "may_change") or shows
    known: dict[str, Any] = {
        **found,
        "kind": kind,
        "name": name,
        "words": words,
        "line": fields.line_of("do"),
        "hints": fields.texts("hints", []) if not fields.has("hint") else (fields.text("hint"),),
        "may_change": may,
        "solution": _way(fields, "solution", base),
        "wrong": _way(fields, "wrong", base),
    }
    task = Task(digest=_digest(kind, found, base), **known)
    _check_ways(fields, task)
    return task


def _press(fields: Fields, base: Settings) -> dict[str, Any]:
    return {"press": fields.texts("press")}


def _choice(fields: Fields) -> dict[str, Any]:
    answers = fields.texts("answers")
    if not 2 <= len(answers) <= MOST_ANSWERS:
        fields.wrong("answers", f"answers: from 2 to {MOST_ANSWERS}, not {len(answers)}")
    if len(set(answers)) < len(answers):
        fields.wrong("answers", "answers: two are the same")
    because = fields.texts("because", [], least=0)
    if because and len(because) != len(answers):
        fields.wrong("because", f"because: one sentence for each of the {len(answers)} answers")
    return {
        "answers": answers,
        "right": fields.integer("right", 1, max(1, len(answers))),
        "because": because,
    }


def _answer(fields: Fields, base: Settings) -> dict[str, Any]:
    if fields.has("answers"):
        return _choice(fields)
    number = fields.number("number")
    return {"number": number, "tolerance": fields.number("tolerance", 0.01)}


def _predict(fields: Fields, base: Settings) -> dict[str, Any]:
    run = read_settings(fields, "run", fields.table("run"), base)
    found: dict[str, Any] = {"run": run, "epochs": fields.integer("epochs", 1, 10_000)}
    if fields.has("until"):
        found["until"] = _condition(fields, "until")
    measure = fields.text("measure", "test_accuracy")
    if measure not in MEASURES:
        fields.wrong("measure", f"measure: {measure} is not allowed; one of {', '.join(MEASURES)}")
    found["measure"] = measure
    if fields.has("answers"):
        return {**found, **_choice(fields), "holds": _condition(fields, "holds")}
    return {**found, "tolerance": fields.number("tolerance")}


def _reach(fields: Fields, base: Settings) -> dict[str, Any]:
    par = fields.table("par")
    for name, value in par.items():
        if name not in PARS:
            fields.wrong(name, f"par: {name} is not allowed; one of {', '.join(PARS)}", "par")
        elif not isinstance(value, int) or isinstance(value, bool) or value < 0:
            fields.wrong(name, f"par: {name} must be a whole number", "par")
    return {"until": _condition(fields, "until"), "par": par}


def _find(fields: Fields, base: Settings) -> dict[str, Any]:
    from tui_nn.lessons.finding import check_where

    find, where = fields.text("find"), fields.text("where")
    if find not in CANDIDATES:
        fields.wrong("find", f"find: {find or 'nothing'} is not allowed; one of {', '.join(CANDIDATES)}")
    elif complaint := check_where(find, where):
        fields.wrong("where", f"where: {complaint}")
    return {"find": find, "where": where}


_READERS: Mapping[str, Callable[[Fields, Settings], dict[str, Any]]] = {
    "press": _press,
    "predict": _predict,
    "reach": _reach,
    "find": _find,
    "answer": _answer,
}


def _condition(fields: Fields, name: str) -> Condition | None:
    text = fields.text(name)
    if not text:
        return None
    try:
        return parse_condition(text)
    except ValueError as error:
        fields.wrong(name, f"{name}: {error}")
        return None


def read_condition(fields: Fields, table: str, text: object) -> Condition | None:
    """Return the condition that an entry of a table holds; note what is wrong with it."""
    try:
        return parse_condition(str(text))
    except ValueError as error:
        fields.wrong("until", f"until: {error}", table)
        return None


def _way(fields: Fields, name: str, base: Settings) -> Way:
    table = fields.table(name)
    keys = table.pop("keys", "")
    weights = table.pop("weights", [])
    if not isinstance(keys, str):
        fields.wrong("keys", f'{name}: keys must be text such as "] ] r space"', name)
        keys = ""
    read = []
    for entry in weights if isinstance(weights, list) else [weights]:
        if isinstance(entry, list) and len(entry) == 4 and all(isinstance(v, (int, float)) for v in entry):
            read.append((int(entry[0]), int(entry[1]), int(entry[2]), float(entry[3])))
        else:
            wanted = "[layer, source, unit, value], counted from 1; source 0 is the bias"
            fields.wrong("weights", f"{name}: weights must be {wanted}", name)
    return Way(read_settings(fields, name, table, base), tuple(read), tuple(keys.split()))


def _check_ways(fields: Fields, task: Task) -> None:
    """Note a challenge without its ways, and a way through what may not be changed."""
    if task.kind == "reach":
        for name, way in (("solution", task.solution), ("wrong", task.wrong)):
            if not fields.has(name):
                fields.wrong("do", f"{name} is missing: `lesson check` proves a challenge by it")
            for setting in way.settings:
                if task.may_change and setting not in task.may_change:
                    fields.wrong(setting, f"{name}: {setting} may not be changed in this task", name)
    if task.kind == "find" and not task.solution.keys:
        fields.wrong("do", "solution is missing: the keys that point at what is asked for")


def _digest(kind: str, found: Mapping[str, Any], base: Settings) -> str:
    """Return a hash of what a task asks for: everything but its words."""
    asked = {name: value for name, value in found.items() if name not in ("answers", "because")}
    asked |= {"kind": kind, "base": base, "n_answers": len(found.get("answers", ()))}
    for name, value in asked.items():
        if isinstance(value, Condition):
            asked[name] = value.key
    text = json.dumps(asked, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
