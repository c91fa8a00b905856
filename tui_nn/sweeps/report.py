"""The result of a sweep as JSON and Python have it."""

from __future__ import annotations

from typing import Any

from tui_nn.settings.config import SETTINGS
from tui_nn.settings.setting import ConfigError
from tui_nn.sweeps.results import Results
from tui_nn.sweeps.space import Choice
from tui_nn.sweeps.spread import compare, spreads_of


def report(results: Results, seconds: float) -> dict[str, Any]:
    """Return all runs, the place of the best, and, where seeds vary, how the groups of seeds spread."""
    found: dict[str, Any] = {"runs": results.rows, "best": results.best(), "seconds": seconds}
    groups = group_rows(results)
    if any(group["seeds"] > 1 for group in groups):
        found["groups"] = groups
    return found


def group_rows(results: Results) -> list[dict[str, Any]]:
    """Return the spread of each choice over its seeds, the best first, and p of its being as good as that."""
    measure, spreads = results.measure, spreads_of(results)
    verdicts = [None, *compare(spreads)]
    return [
        {
            **_values(spread.choice),
            **spread.as_row(measure),
            "p": None if verdict is None else verdict.p,
            "told_apart": None if verdict is None else verdict.is_told_apart,
        }
        for spread, verdict in zip(spreads, verdicts, strict=False)
    ]


def _values(choice: Choice) -> dict[str, Any]:
    """Return the settings of a choice as JSON can hold them; what is no value stays as it was written."""
    values: dict[str, Any] = {}
    for name, text in choice:
        try:
            value = SETTINGS[name].parse(text)
        except ConfigError:
            value = text
        values[name] = list(value) if isinstance(value, tuple) else value
    return values
