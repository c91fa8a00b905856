"""A sweep from its space to its results, for whoever has workers to give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tui_nn.data import DatasetSpec
from tui_nn.data.registry import OWN_DATASETS
from tui_nn.settings.config import Config
from tui_nn.settings.flags import UsageError
from tui_nn.settings.idle import CAUSES, why_idle
from tui_nn.sweeps.processes import Processes
from tui_nn.sweeps.runs import Run
from tui_nn.sweeps.search import Search
from tui_nn.sweeps.workers import Workers


def own_data(configs: Iterable[Config]) -> DatasetSpec | None:
    """Return a person's own data that runs are about, which workers cannot make; None where there is none."""
    return next((OWN_DATASETS[c.dataset] for c in configs if c.dataset in OWN_DATASETS), None)


@contextmanager
def working(
    scheduler: str | None, n_workers: int, own: DatasetSpec | None, tell: Callable[[str], None]
) -> Iterator[Workers]:
    """Start processes, or connect to a cluster; let go of them at the end. Raises SweepError, FileError."""
    workers: Workers
    if scheduler is None:
        workers = Processes(n_workers, own)
    else:
        from tui_nn.sweeps.cluster import connect  # Dask takes half a second

        workers = connect(scheduler, own, tell)
    try:
        yield workers
    finally:
        workers.stop()


def check_some(search: Search) -> None:
    """Raise UsageError where no run can be made, with the reason of the first, or a setting does nothing."""
    planned = search.planned
    if planned and all(run.config is None for run in planned):
        raise UsageError(planned[0].trouble)
    for name, (whys, n_runs) in _idle(planned).items():
        if sum(whys.values()) == n_runs:
            raise UsageError(f"--over: {name} cannot vary here: it does nothing while {next(iter(whys))}")


def idle_in_words(search: Search) -> list[str]:
    """Say of each setting that varies in how many runs it does nothing, so that they come out alike."""
    return [
        f"{name} does nothing in {n_idle:,} of {n_runs:,} runs, in which {why}: these come out alike"
        for name, (whys, n_runs) in _idle(search.planned).items()
        for why, n_idle in whys.items()
    ]


def _idle(planned: Sequence[Run]) -> dict[str, tuple[Counter[str], int]]:
    """Return by setting that varies why it does nothing, in how many runs, and how many runs there are."""
    configs = [run.config for run in planned if run.config is not None]
    names = dict.fromkeys(name for run in planned if run.config is not None for name, _ in run.choice)
    return {name: (_whys(configs, name), len(configs)) for name in names}


def _whys(configs: Sequence[Config], name: str) -> Counter[str]:
    known: dict[tuple[Any, ...], str] = {}
    found: Counter[str] = Counter()
    for config in configs:
        key = (config.is_relevant(name), *(getattr(config, cause) for cause in CAUSES))
        if key[0] or key not in known:
            known[key] = why_idle(config, name)
        found[known[key]] += 1
    del found[""]
    return found
