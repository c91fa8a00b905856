"""A search that asks Optuna for the next settings and tells it how they did; nothing else of it is used.

Its own storage locks, its own parallel runs are threads. So one study in memory is asked and told here, and
the journal is what lasts: runs that it holds are told first.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping, Sequence
from typing import Any

from tui_nn.sweeps.errors import SweepError
from tui_nn.sweeps.results import choose_measure
from tui_nn.sweeps.runs import Run
from tui_nn.sweeps.search import draw_choices
from tui_nn.sweeps.space import Choice, Space
from tui_nn.sweeps.varying import Range, Varying

MOST_OPEN = 4
"""Choices that are worked on at a time: what is asked for later learns from what has ended."""


class OptunaSearch:
    """Asks for a choice whenever a worker is free, with what has been told by then.

    A choice is told when all its seeds have ended, by the median of their losses; one that comes to no good
    end counts as failed. The same seed asks the same only with one worker: with more, the order in which
    runs end decides.
    """

    def __init__(self, space: Space, n_runs: int, seed: int) -> None:
        try:
            import optuna
        except ImportError:
            words = "--search optuna needs Optuna, which is not installed: pip install 'tui-nn[optuna]'"
            raise SweepError(words) from None
        logging.getLogger("optuna").setLevel(logging.ERROR)
        self._space, self._n_runs, self._optuna = space, n_runs, optuna
        self._study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
        self._stand_ins = [
            run for c in draw_choices(space, -(-n_runs // space.n_seeds), seed) for run in space.runs(c)
        ]
        self._asked: list[Run] = []
        self._queue: list[Run] = []
        self._open: dict[Choice, tuple[Any, int, list[tuple[Run, Mapping[str, Any]]]]] = {}
        self._known: dict[Choice, float | None] = {}

    @property
    def planned(self) -> Sequence[Run]:
        """The runs that will be: what is not asked for yet is counted as if drawn at random."""
        n_asked = len(self._asked)
        missing = self._n_runs - n_asked
        more = [self._stand_ins[i % len(self._stand_ins)] for i in range(n_asked, n_asked + missing)]
        return [*self._asked, *more]

    def next(self) -> Run | None:
        """Ask Optuna for the next choice."""
        while not self._queue and len(self._asked) < self._n_runs and len(self._open) < MOST_OPEN:
            self._ask()
        return self._queue.pop(0) if self._queue else None

    def told(self, run: Run, record: Mapping[str, Any]) -> None:
        """Tell Optuna how a choice ended."""
        trial, n_runs, ended = self._open[run.choice]
        ended.append((run, record))
        if len(ended) == n_runs:
            del self._open[run.choice]
            self._known[run.choice] = _value(ended)
            self._tell(trial, self._known[run.choice])

    def _ask(self) -> None:
        """Ask for a choice; one that was there before is told at once, and counts as a run all the same."""
        for _ in range(self._n_runs):
            trial = self._study.ask()
            choice = tuple((v.setting.name, _suggest(trial, v)) for v in self._space.varied)
            if choice not in self._known and choice not in self._open:
                break
            self._tell(trial, self._known.get(choice))
        else:
            self._n_runs = len(self._asked)  # there is nothing new to ask for
            return
        runs = self._space.runs(choice)[: self._n_runs - len(self._asked)]
        self._open[choice] = trial, len(runs), []
        self._asked += runs
        self._queue += runs

    def _tell(self, trial: Any, value: float | None) -> None:
        if value is None:
            self._study.tell(trial, state=self._optuna.trial.TrialState.FAIL)
        else:
            self._study.tell(trial, value)


def _value(ended: Sequence[tuple[Run, Mapping[str, Any]]]) -> float | None:
    """Return the middle of what the seeds of a choice came to; None where that is no good end."""
    measure = choose_measure(ended)
    badness = sorted(measure.badness(record) for _, record in ended)
    middle = badness[len(badness) // 2]
    return middle if math.isfinite(middle) else None


def _suggest(trial: Any, varying: Varying) -> str:
    """Return a value of a setting as it is written."""
    name = varying.setting.name
    if not isinstance(varying, Range):
        return str(trial.suggest_categorical(name, varying.texts))
    if varying.is_whole:
        return varying.text(trial.suggest_int(name, int(varying.low), int(varying.high), log=varying.is_log))
    return varying.text(trial.suggest_float(name, varying.low, varying.high, log=varying.is_log))
