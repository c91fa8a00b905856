"""The rows of a comparison: runs that keep their numbers, and settings that were refused and say why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui_nn.data import DataError
from tui_nn.engine import EngineError
from tui_nn.settings.config import Config
from tui_nn.settings.setting import ConfigError
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.commands import CompareRuns
from tui_nn.training.comparing.comparison import Comparison, Standing
from tui_nn.training.comparing.kept import KeptRun, KeptRuns
from tui_nn.training.stacked.trainer import Outcome

REFUSALS = (ConfigError, DataError, EngineError)


@dataclass(frozen=True)
class Refusal:
    """Settings that no run can have, and why."""

    config: Config
    why: str


class Rows:
    """Numbers rows from 1 in the order in which they came; a number is never used again."""

    def __init__(self, wanted: CompareRuns) -> None:
        self.version = 0
        """Another one after each change of what is compared."""
        self.numbers: list[int] = []
        """Of the runs, in the order of the comparison."""
        self.refused: dict[int, Refusal] = {}
        self.next_number = len(wanted.configs) + 1
        """That of the row that is added next."""
        self.runs, whys = _begin(wanted)
        for number, config in enumerate(wanted.configs, start=1):
            if config in whys:
                self.refused[number] = Refusal(config, whys[config])
            else:
                self.numbers.append(number)

    @classmethod
    def restored(cls, kept: KeptRuns) -> Rows:
        """Return rows that go on where they were kept; what cannot go on so begins from the start."""
        rows = cls(CompareRuns(()))
        going_on = [run for run in kept.runs if run.checkpoint is not None]
        try:
            rows.runs = Comparison.going_on([_where(run) for run in going_on])
            rows.numbers = [run.number for run in going_on]
        except REFUSALS:
            going_on = []
        for run in kept.runs:
            if run not in going_on:
                try:
                    rows._enter(run.number, run.config)
                except REFUSALS as error:
                    rows.refused[run.number] = Refusal(run.config, str(error))
        rows.next_number = kept.next_number
        return rows

    def position(self, number: int) -> int | None:
        """Return where the run of a number is in the comparison; None where there is none."""
        return self.numbers.index(number) if number in self.numbers else None

    def config(self, number: int) -> Config | None:
        """Return the settings of a row."""
        position = self.position(number)
        if position is not None:
            return self.runs.trainer(position).config
        return self.refused[number].config if number in self.refused else None

    def standings(self) -> list[tuple[int, Standing]]:
        """Return the number of each run and where it is."""
        return list(zip(self.numbers, self.runs.standings(), strict=True))

    def change(self, changes: Sequence[tuple[int, Config]]) -> list[str]:
        """Let rows have other settings; return what is to be said of it, refusals included."""
        self.version += 1
        said = []
        for number, config in changes:
            position = self.position(number)
            try:
                if position is not None:
                    said.append(self.runs.change(position, config))
                elif number in self.refused:
                    self._enter(number, config)
                    del self.refused[number]
            except REFUSALS as error:
                said.append(f"Run {number}: {error}")
        return [words for words in said if words]

    def add(self, config: Config) -> int:
        """Put a row behind the others; return its number."""
        self.version += 1
        number, self.next_number = self.next_number, self.next_number + 1
        try:
            self._enter(number, config)
        except REFUSALS as error:
            self.refused[number] = Refusal(config, str(error))
        return number

    def drop(self, number: int) -> None:
        """Take a row out."""
        self.version += 1
        self.refused.pop(number, None)
        position = self.position(number)
        if position is not None:
            self.runs.drop(position)
            del self.numbers[position]

    def _enter(self, number: int, config: Config) -> None:
        self.runs.add(config)
        self.numbers.append(number)


def _where(run: KeptRun) -> tuple[Checkpoint, Config, Outcome | None]:
    assert run.checkpoint is not None
    return run.checkpoint, run.config, None if run.outcome is None else Outcome(*run.outcome)


def _begin(wanted: CompareRuns) -> tuple[Comparison, dict[Config, str]]:
    """Return the runs that can begin, and why the others cannot."""
    try:
        return _compared(wanted, wanted.configs), {}
    except REFUSALS:
        whys: dict[Config, str] = {}
        for config in wanted.configs:
            try:
                _compared(wanted, [config])
            except REFUSALS as error:
                whys[config] = str(error)
        return _compared(wanted, [config for config in wanted.configs if config not in whys]), whys


def _compared(wanted: CompareRuns, configs: Sequence[Config]) -> Comparison:
    return Comparison.of(configs) if wanted.moment is None else Comparison.from_moment(wanted.moment, configs)
