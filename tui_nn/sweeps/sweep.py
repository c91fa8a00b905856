"""`tui_nn.sweep`: many runs that differ in some settings, from Python."""

from __future__ import annotations

import warnings
from argparse import Namespace
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy.typing as npt

from tui_nn.data import array_dataset
from tui_nn.data.own import OWN
from tui_nn.data.registry import OWN_DATASETS, keep
from tui_nn.files.paths import full_path
from tui_nn.settings.config import SETTINGS
from tui_nn.settings.flags import UsageError
from tui_nn.settings.setting import ConfigError
from tui_nn.sweeps.estimate import measure
from tui_nn.sweeps.journal import open_journal
from tui_nn.sweeps.planning import make_search
from tui_nn.sweeps.processes import n_cores
from tui_nn.sweeps.space_of import no_settings, space_of
from tui_nn.sweeps.sweeping import Sweep
from tui_nn.sweeps.varying import Varying, find_setting, listed, read_varying, text_of
from tui_nn.sweeps.working import check_some, own_data, working

NO_SETTINGS = ("preset", "seed")
"""What is given like a setting and is none."""


def sweep(
    over: Mapping[str, Sequence[Any] | str] | None = None,
    seeds: int = 0,
    *,
    inputs: npt.ArrayLike | None = None,
    targets: npt.ArrayLike | None = None,
    task: str = "auto",
    search: str = "grid",
    runs: int | None = None,
    workers: int | None = None,
    journal: str | Path | None = None,
    scheduler: str | None = None,
    **settings: Any,
) -> Any:
    """Train all runs; return a row for each: a DataFrame where pandas is there, else a list of dicts.

    over: values by the name of a setting, or a text such as "1e-4..1" for searches that draw. seeds: so many
    for each choice, 0: those of the settings. inputs, targets, task: a person's own data, as `show` takes it.
    settings: the others, with preset and seed. The rest is as in `tui-nn sweep`, where a row is told of too.
    Raises UsageError, ConfigError, DataError, FileError, SweepError in one sentence each.
    """
    arguments = no_settings()
    own = None if inputs is None else array_dataset(OWN, inputs, [] if targets is None else targets, task)
    _put(arguments, settings)
    others = dict(OWN_DATASETS)
    try:
        if own is not None:
            keep(own)
            arguments.dataset = own.name
            arguments.samples = arguments.samples or str(max(10, own.n_samples or 0))
        varied = [_varying(name, values) for name, values in (over or {}).items()]
        found = make_search(space_of(varied, seeds, arguments, {}), search, runs)
        check_some(found)
        with open_journal(None if journal is None else full_path(journal)) as kept:
            todo = [run for run in found.planned if run.config is not None and kept.record(run) is None]
            started = Sweep(found, kept, measure(todo))
            n_workers = min(workers or n_cores(), max(1, len(todo)))
            rows = own_data(run.config for run in todo if run.config is not None)
            with working(
                scheduler, n_workers, rows, lambda words: warnings.warn(words, stacklevel=3)
            ) as them:
                started.run(them, lambda standing: None, lambda: False)
            if kept.trouble is not None:
                warnings.warn(str(kept.trouble), stacklevel=2)
    finally:
        for name in OWN_DATASETS.keys() - others:
            del OWN_DATASETS[name]
    return as_table(started.results.rows)


def as_table(rows: list[dict[str, Any]]) -> Any:
    """Return rows as a DataFrame where pandas is there."""
    try:
        return import_module("pandas").DataFrame(rows)
    except ImportError:
        return rows


def _put(arguments: Namespace, settings: Mapping[str, Any]) -> None:
    """Write settings into what a command line is read as."""
    for name, value in settings.items():
        if name in NO_SETTINGS:
            setattr(arguments, name, str(value))
        elif name in SETTINGS:
            setattr(arguments, name, text_of(SETTINGS[name], value))
        else:
            raise ConfigError(name, "this name", f"one of {', '.join(SETTINGS)}")


def _varying(name: str, values: Sequence[Any] | str) -> Varying:
    if isinstance(values, str):
        return read_varying(f"{name}={values}")
    setting = find_setting(name)
    try:
        return listed(setting, [text_of(setting, value) for value in values])
    except TypeError:
        raise UsageError(f"over: {name} is given {values!r}, and not a list of values") from None
