"""The lines of a journal: how a run that has ended is written, and read by who goes on or watches."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tui_nn import __version__
from tui_nn.settings.config import Config
from tui_nn.sweeps.runs import Run, deciding

FIRST_LINE = {"journal": "tui-nn sweep", "version": 1}
DAMAGED = (ValueError, LookupError, TypeError, OverflowError, RecursionError)
"""What reading a line that is none of a journal raises."""


@dataclass(frozen=True)
class Progress:
    """How far the sweep was when it wrote a line."""

    done: int
    runs: int
    left_s: float
    """Seconds that the rest was to take."""


@dataclass(frozen=True)
class Line:
    """A run that has ended."""

    key: str
    settings: Mapping[str, Any]
    """Those that vary over the sweep."""
    seed: int
    record: Mapping[str, Any]
    config: Mapping[str, Any] | None = None
    """All settings that are not the usual ones; None in a journal that was written before they were kept."""
    version: str = ""
    """Of the program that trained it; empty where the line does not tell."""
    is_part: bool = False
    """Whether it was trained for a part of its epochs only."""
    progress: Progress | None = field(default=None, compare=False)


def is_first_line(line: bytes) -> bool:
    """Return whether a file that begins so is a journal."""
    try:
        return bool(json.loads(line) == FIRST_LINE)
    except DAMAGED:
        return False


def write_line(run: Run, record: Mapping[str, Any], progress: Progress | None) -> str:
    """Return a run that has ended as a line, without its end."""
    line: dict[str, Any] = {"key": run.key, "settings": run.settings, "seed": run.seed}
    if run.config is not None:
        usual = deciding(Config())
        line["config"] = {n: value for n, value in deciding(run.config).items() if value != usual[n]}
    line["by"] = __version__
    if run.is_part:
        line["part"] = True
    if progress is not None:
        line["at"] = [progress.done, progress.runs, round(progress.left_s, 1)]
    return json.dumps({**line, "record": record})


def read_line(line: bytes) -> Line:
    """Return the run of a line; raise one of DAMAGED where there is none in it."""
    entry = dict(json.loads(line))
    config, at = entry.get("config"), entry.get("at")
    return Line(
        str(entry["key"]),
        dict(entry.get("settings", {})),
        int(entry.get("seed", 0)),
        dict(entry["record"]),
        None if config is None else dict(config),
        str(entry.get("by", "")),
        bool(entry.get("part", False)),
        None if at is None else Progress(int(at[0]), int(at[1]), float(at[2])),
    )
