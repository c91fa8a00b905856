"""The runs of a sweep as the table of a comparison shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn import __version__
from tui_nn.data import DataError
from tui_nn.files.visible import visible
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import ConfigError
from tui_nn.sweeps.following import Followed, JournalFollower
from tui_nn.sweeps.journal_lines import Line
from tui_nn.sweeps.results import Results
from tui_nn.sweeps.runs import NO_RECORD, Run
from tui_nn.sweeps.space import Choice
from tui_nn.sweeps.spread import Spread, Verdict, compare, spreads_of
from tui_nn.training.snapshot import Metrics
from tui_nn.views.compare.values import SEEDS, RunSeen
from tui_nn.views.compare.words import loss_words
from tui_nn.views.sweep.axes import Axis, axes_of

METRICS = tuple(Metrics.__dataclass_fields__)
LARGEST = 1e300
"""What is larger is no result."""
NUMBERS = (*METRICS, "epochs", "steps")
"""What of a record is counted with."""


@dataclass(frozen=True)
class Row:
    """A run of a sweep."""

    seen: RunSeen
    line: Line
    missing: str = ""
    """Why it cannot be trained here, in words; empty: it can."""
    remark: str = ""
    """Why it may come to another result here, in words."""

    @property
    def choice(self) -> Choice:
        """What varies over the sweep but for the seeds, as it is written."""
        names = [name for name in self.line.settings if name in SETTINGS and name not in SEEDS]
        return tuple((name, SETTINGS[name].kind.format(getattr(self.seen.config, name))) for name in names)


@dataclass(frozen=True, eq=False)
class Watched:
    """A moment of a sweep, with its runs as rows."""

    followed: Followed = field(default=Followed())
    rows: tuple[Row, ...] = ()
    results: Results = field(default_factory=Results)
    """The same runs, to be compared."""
    spreads: tuple[Spread, ...] = ()
    """Groups of runs that differ in their seeds alone, the best first; empty where all runs are single."""
    verdicts: tuple[Verdict, ...] = ()
    """How the first group compares with each of the others."""
    axes: tuple[Axis, ...] = ()
    """Of the settings that vary and of the result; empty where no run came to a good end."""
    places: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0)))
    """(n_runs, n_axes), where each run is on them, the best first."""
    drawn: tuple[int, ...] = ()
    """The numbers of these runs."""

    def row(self, number: int) -> Row | None:
        """Return the row of a run."""
        return self.rows[number - 1] if 0 < number <= len(self.rows) else None


class SweepReader:
    """Follows the journal of a sweep; a row is made once, for a sweep can have many."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._follower = JournalFollower(path)
        self._made: dict[str, Row] = {}
        self._last = Watched()

    def look(self) -> Watched:
        """Return the sweep as it is now. Blocks: call it in a thread."""
        followed = self._follower.look()
        if followed.state == self._last.followed.state:
            return self._last
        rows = tuple(self._row(line, number) for number, line in enumerate(followed.lines, start=1))
        results = results_of(rows)
        spreads = spreads_of(results)
        if all(len(spread.badness) < 2 for spread in spreads):
            spreads = []
        axes, places = axes_of(results, loss_words)
        self._last = Watched(
            followed,
            rows,
            results,
            tuple(spreads),
            tuple(compare(spreads)),
            tuple(axes),
            places,
            tuple(place + 1 for place in results.order()[: len(places)]),
        )
        return self._last

    def _row(self, line: Line, number: int) -> Row:
        row = self._made.get(line.key)
        if row is None or row.line is not line or row.seen.number != number:
            row = self._made[line.key] = row_of(line, number)
        return row


def results_of(rows: Sequence[Row]) -> Results:
    """Return runs as a sweep compares them; those that differ in their seeds alone are of one choice."""
    results = Results()
    for row in rows:
        numbers = {name: _number(row.line.record.get(name)) for name in NUMBERS}
        record = {**dict.fromkeys(NO_RECORD), **numbers, "status": row.line.record.get("status")}
        results.add(Run(row.choice, row.seen.number, row.seen.config, is_part=row.line.is_part), record)
    return results


def row_of(line: Line, number: int) -> Row:
    """Return a run with its settings as far as they can be had here."""
    config, missing = _settings(line)
    record = line.record
    status = str(record.get("status"))
    ended = "" if status == "finished" else status
    why = str(record.get("trouble") or "")
    metrics = Metrics(**{name: _number(record.get(name)) for name in METRICS})
    steps, epochs = (int(_number(record.get(name)) or 0) for name in ("steps", "epochs"))
    seen = RunSeen(number, config, steps, epochs, metrics, visible(ended), visible(why))
    if why and not missing:
        missing = why if status == "refused" else ""
    other = line.version and line.version != __version__
    remark = f"trained by version {visible(line.version)}, and this is {__version__}" if other else ""
    return Row(seen, line, missing, remark)


def _settings(line: Line) -> tuple[Config, str]:
    """Return settings, with the usual values of those that cannot be had, and which these are in words."""
    if line.config is not None:
        config, refused = _made_of({**line.config})
    elif line.record.get("dataset") is None:
        return _made_of({**line.settings})[0], "its settings are not known"
    else:
        seeds = {name: line.record.get(name) for name in ("dataset", "data_seed", "weights_seed")}
        config, refused = _made_of({**seeds, **line.settings})
        if not refused and Run((), 0, config).key != line.key:
            return config, "its journal is of an older version, which kept only the settings that vary"
    if not refused:
        return config, ""
    name, value = next(iter(refused.items()))
    if name == "dataset":
        return config, f"its data set {visible(str(value))} is not here"
    return config, f"{visible(name)}={visible(str(value))} is not allowed here"


def _made_of(values: dict[str, Any]) -> tuple[Config, Mapping[str, Any]]:
    """Return settings, and those of the values that are not allowed, which are left out."""
    refused: dict[str, Any] = {}
    while True:
        try:
            return Config.from_dict(values), refused
        except (ConfigError, DataError, TypeError, ValueError) as error:
            name = getattr(error, "name", "dataset")
            if name not in values:
                return Config(), {**refused, **values}
            refused[name] = values.pop(name)


def _number(value: Any) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < LARGEST:
        return None
    return float(value)
