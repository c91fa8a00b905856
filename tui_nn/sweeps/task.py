"""What a worker does: it trains some runs, together where their networks have one shape."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from tui_nn.data import DataError, DatasetSpec
from tui_nn.data.registry import keep
from tui_nn.engine import EngineError
from tui_nn.settings.config import Config
from tui_nn.settings.setting import ConfigError
from tui_nn.sweeps.datasets import Datasets
from tui_nn.sweeps.runs import FAILED, no_record
from tui_nn.training.stacked.groups import can_stack
from tui_nn.training.stacked.whole_runs import train_together
from tui_nn.training.whole_run import train_whole

Outcome = tuple[dict[str, Any], float]
"""The record of a run, and the seconds that it took in all."""


def run_task(configs: Sequence[Mapping[str, Any]], own: DatasetSpec | None = None) -> list[Outcome]:
    """Train runs, given as `Config.to_dict` gives them; one that fails says so in its record.

    own: a person's rows, which some of the settings name.
    """
    if own is not None:
        keep(own)
    made: dict[int, Config] = {}
    outcomes: dict[int, Outcome] = {}
    for i, values in enumerate(configs):
        try:
            made[i] = Config.from_dict(values)
        except (ConfigError, DataError) as error:
            outcomes[i] = no_record(FAILED, str(error)), 0.0
    places = list(made)
    for group in can_stack(list(made.values())):
        members = [places[i] for i in group]
        outcomes |= zip(members, _train([made[i] for i in members]), strict=True)
    return [outcomes[i] for i in range(len(configs))]


def _train(configs: Sequence[Config]) -> list[Outcome]:
    """Train runs that can be one stack; alone where one of them fails."""
    datasets = Datasets()
    if len(configs) > 1:
        try:
            return _train_stacked(configs, datasets)
        except Exception:  # whatever it is, the run that it is of says so when it is alone
            pass
    return [_train_alone(config, datasets) for config in configs]


def _train_stacked(configs: Sequence[Config], datasets: Datasets) -> list[Outcome]:
    """Train runs together; each is said to have taken its share of the time."""
    began = time.perf_counter()
    _, records = train_together(configs, [datasets.problem(config) for config in configs])
    share = (time.perf_counter() - began) / len(configs)
    return [(record, share) for record in records]


def _train_alone(config: Config, datasets: Datasets) -> Outcome:
    began = time.perf_counter()
    try:
        _, record = train_whole(config, datasets.problem(config))
    except (ConfigError, DataError, EngineError) as error:
        record = no_record(FAILED, str(error))
    except MemoryError:
        record = no_record(FAILED, "not enough memory for this run")
    except Exception as error:  # the other runs of the sweep must not be lost with it
        record = no_record(FAILED, f"{type(error).__name__}: {error}")
    return record, time.perf_counter() - began
