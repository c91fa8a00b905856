"""The result of a sweep for a person: a table of runs, one of groups of seeds, and a verdict."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from tui_nn.commands.fitted_table import fitted_table
from tui_nn.commands.wording import number, percent
from tui_nn.settings.config import SETTINGS
from tui_nn.sweeps.duration import duration
from tui_nn.sweeps.results import Measure, Results
from tui_nn.sweeps.runs import Run
from tui_nn.sweeps.space import Choice
from tui_nn.sweeps.spread import Spread, compare, name_of, p_in_words, spreads_of

MOST_ROWS = 50
"""Rows that are printed of a longer table."""
BELOW = " " * 4
"""Before what is said of a row below it."""
SHORT = {"accuracy": "acc."}
"""What stands for words of headings where there is little room."""


def result_in_words(results: Results, seconds: float, width: int) -> list[str]:
    """Return the tables in so many columns, with what they are sorted by."""
    order, ended = results.order(), results.ended
    if not order:
        return ["no run has ended"]
    names = _names(run.choice for run, _ in ended)
    lines = _runs(names, [ended[place] for place in order[:MOST_ROWS]], width)
    if len(order) > MOST_ROWS:
        lines.append(f"... and {len(order) - MOST_ROWS:,} more; --json prints all")
    measure = results.measure
    spreads = spreads_of(results)
    if any(len(spread.badness) > 1 for spread in spreads):
        lines += ["", *_groups(names, spreads, measure, width)]
    lines += ["", f"{len(order):,} runs in {duration(seconds)}, sorted by {measure.label}."]
    return lines


def _names(choices: Any) -> list[str]:
    return list(dict.fromkeys(name for choice in choices for name, _ in choice))


def _runs(names: Sequence[str], ended: Sequence[tuple[Run, dict[str, Any]]], width: int) -> list[str]:
    """Return a line for each run; what it came to, if not to its end, stands behind it."""
    is_regression = any(record.get("train_rmse") is not None for _, record in ended)
    scores = ("train_r2", "test_r2") if is_regression else ("train_accuracy", "test_accuracy")
    words = [Measure(name).label for name in ("train_loss", "test_loss", *scores)]
    header = ["", *_labels(names), "seed", "epochs", *words]
    rows = [
        [
            str(i + 1),
            *_chosen(names, run.choice),
            str(run.seed),
            "-" if record["epochs"] is None else f"{record['epochs']:,}",
            number(record["train_loss"]),
            number(record["test_loss"]),
            *(_score(record, name) for name in scores),
        ]
        for i, (run, record) in enumerate(ended)
    ]
    fitted = fitted_table(header, rows, width, 1 + len(names), SHORT)
    lines = [_with_status(line, of, width) for line, (_, of) in zip(fitted.rows, ended, strict=True)]
    return [*fitted.header, *itertools.chain.from_iterable(lines)]


def _groups(names: Sequence[str], spreads: Sequence[Spread], measure: Measure, width: int) -> list[str]:
    """Return a line for each choice with the spread over its seeds, then the verdict."""
    verdicts = compare(spreads)
    any_lost = any(spread.n_lost for spread in spreads)
    header = ["", *_labels(names), "seeds", "median", "min", "max", *["lost"] * any_lost, "p"]
    rows = []
    for i, spread in enumerate(spreads):
        row = spread.as_row(measure)
        p = "" if i == 0 else p_in_words(verdicts[i - 1].p)
        values = [number(row[name]) for name in ("median", "min", "max")]
        n_lost = [str(row["lost"] or "")] * any_lost
        rows.append([str(i + 1), *_chosen(names, spread.choice), str(row["seeds"]), *values, *n_lost, p])
    if not verdicts:
        row = spreads[0].as_row(measure)
        median, low, high = (number(row[name]) for name in ("median", "min", "max"))
        lost = f"; {row['lost']} came to no good end" if row["lost"] else ""
        return [f"{row['seeds']} seeds: {measure.label} {median} in the middle, {low} to {high}{lost}."]
    alike = [name_of(verdict.other.choice) for verdict in verdicts[1:] if not verdict.is_told_apart]
    fitted = fitted_table(header, rows, width, 1 + len(names), SHORT)
    lines = [*fitted.header, *itertools.chain.from_iterable(fitted.rows), verdicts[0].sentence(measure.label)]
    if alike:
        lines.append(
            f"Nor can the best be told apart from {', '.join(alike[:5])}{' ...' * (len(alike) > 5)}."
        )
    return lines


def _labels(names: Sequence[str]) -> list[str]:
    return [SETTINGS[name].label for name in names]


def _chosen(names: Sequence[str], choice: Choice) -> list[str]:
    chosen = dict(choice)
    return [chosen.get(name, "-") for name in names]


def _score(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return number(value) if name.endswith("r2") else percent(value)


def _with_status(lines: Sequence[str], record: Mapping[str, Any], width: int) -> list[str]:
    """Return the lines of a row with how it ended, if not as planned, behind it or below."""
    if record["status"] == "finished":
        return list(lines)
    trouble = record.get("trouble")
    words = f"{record['status']}{': ' if trouble else ''}{trouble or ''}"
    *before, last = lines
    if len(last) + 2 + len(words) <= width:
        return [*before, f"{last}  {words}"]
    return [*lines, *textwrap.wrap(words, width, initial_indent=BELOW, subsequent_indent=BELOW)]
