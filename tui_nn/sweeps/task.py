"""What a worker does: it trains a few runs one after another and returns their records."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tui_nn.data import DATASETS, DataError, DatasetKind
from tui_nn.engine import EngineError
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import ConfigError, Reach
from tui_nn.sweeps.runs import FAILED, no_record
from tui_nn.training.problem import Problem, make_problem
from tui_nn.training.whole_run import train_whole

Outcome = tuple[dict[str, Any], float]
"""The record of a run, and the seconds that it took in all."""
MADE_OF = Reach.SAMPLES | Reach.CODES
"""Settings that reach these make the data of a run."""


def run_task(configs: Sequence[Mapping[str, Any]], own: DatasetKind | None = None) -> list[Outcome]:
    """Train runs, given as `Config.to_dict` gives them; one that fails says so in its record.

    own: a person's rows, which some of the settings name.
    """
    if own is not None:
        keep_own(own)
    return [_timed(config) for config in configs]


def keep_own(own: DatasetKind) -> None:
    """Let settings name a person's rows in this process."""
    DATASETS[own.name] = own


def _timed(values: Mapping[str, Any]) -> Outcome:
    began = time.perf_counter()
    try:
        config = Config.from_dict(values)
        _, record = train_whole(config, problem_of(config))
    except (ConfigError, DataError, EngineError) as error:
        record = no_record(FAILED, str(error))
    except MemoryError:
        record = no_record(FAILED, "not enough memory for this run")
    except Exception as error:  # the other runs of the sweep must not be lost with it
        record = no_record(FAILED, f"{type(error).__name__}: {error}")
    return record, time.perf_counter() - began


@dataclass(frozen=True)
class _Data:
    """The settings that make the data of a run; equal where these are."""

    config: Config = field(compare=False)
    values: tuple[Any, ...]


def problem_of(config: Config) -> Problem:
    """Return the data of a config; made once while runs that follow each other have the same."""
    names = [name for name, setting in SETTINGS.items() if setting.reaches & MADE_OF]
    return _made(_Data(config, tuple(getattr(config, name) for name in names)))


@lru_cache(maxsize=1)
def _made(data: _Data) -> Problem:
    return make_problem(data.config)
