"""The data of runs, made once while runs that follow each other share it."""

from __future__ import annotations

from typing import Any

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import Reach
from tui_nn.training.problem import Problem, make_problem

MADE_OF = Reach.SAMPLES | Reach.CODES
"""Settings that reach these make the data of a run."""


class Datasets:
    """Remembers the data that was asked for last."""

    def __init__(self) -> None:
        self._last: tuple[tuple[Any, ...], Problem] | None = None

    def problem(self, config: Config) -> Problem:
        """Return the data of a config. Raises DataError."""
        values = tuple(getattr(config, name) for name, found in SETTINGS.items() if found.reaches & MADE_OF)
        if self._last is None or self._last[0] != values:
            self._last = values, make_problem(config)
        return self._last[1]
