"""`tui-nn sweep`: many runs that differ in some settings, on all cores or a cluster, then a table."""

from __future__ import annotations

import json
import os
import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from tui_nn.commands.interruptible import Interruptible
from tui_nn.commands.number_flags import read_count
from tui_nn.commands.sweep_progress import make_progress, plan_in_words
from tui_nn.commands.sweep_table import result_in_words
from tui_nn.data import DataError
from tui_nn.files.errors import FileError, complain
from tui_nn.files.paths import full_path
from tui_nn.files.visible import say
from tui_nn.settings.config import Config
from tui_nn.settings.flags import SEEDS, Parser, UsageError, add_settings, read_config
from tui_nn.sweeps.errors import SweepError
from tui_nn.sweeps.estimate import Estimate, measure
from tui_nn.sweeps.journal import open_journal
from tui_nn.sweeps.planning import SEARCHES, make_search
from tui_nn.sweeps.processes import Processes, n_cores
from tui_nn.sweeps.report import report
from tui_nn.sweeps.results import Results
from tui_nn.sweeps.runs import Run
from tui_nn.sweeps.search import MOST_RUNS
from tui_nn.sweeps.space import Space
from tui_nn.sweeps.sweeping import Sweep
from tui_nn.sweeps.varying import Varying, moves_seeds, read_varying
from tui_nn.sweeps.workers import Workers
from tui_nn.training.run_files import check_place, write_run
from tui_nn.training.whole_run import train_with_curves

MOST_SEEDS, MOST_WORKERS = 10_000, 256


def make_parser() -> Parser:
    """Return the parser of `tui-nn sweep`."""
    parser = Parser(
        prog="tui-nn sweep", description="Train many runs that differ in some settings, and compare them."
    )
    parser.add_argument(
        "--over",
        action="append",
        default=[],
        metavar="NAME=A,B,C",
        help="a setting that varies and its values, divided at `;` where a value holds commas; "
        "1e-4..1 is a range, for searches that draw; again for more settings",
    )
    parser.add_argument("--seeds", metavar="N", help="run each choice with so many seeds (both seeds move)")
    searches = "; ".join(f"{name}: {words}" for name, words in SEARCHES.items())
    parser.add_argument("--search", metavar="NAME", default="grid", help=f"{searches} (default grid)")
    parser.add_argument("--runs", metavar="N", help="runs of a search that draws")
    parser.add_argument("--workers", metavar="N", help="processes (default: one for each core)")
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="train on a Dask cluster: tcp://HOST:PORT, tls://HOST:PORT or the scheduler's file",
    )
    parser.add_argument("--journal", metavar="FILE", help="keep each result, and go on from what is there")
    parser.add_argument("--save", metavar="FILE", help="train the best run once more and save it to a file")
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")
    add_settings(parser)
    return parser


def main(words: Sequence[str]) -> int:
    """Train all runs, print them; return 0 done, 1 nothing came to a good end, 128 + signal interrupted."""
    arguments = make_parser().read(words)
    try:
        return _sweep(arguments)
    except DataError as error:
        raise UsageError(str(error)) from None
    except FileError as error:
        return complain(error)
    except SweepError as error:
        return complain(FileError(str(error)))


def read_space(arguments: Namespace, environment: Mapping[str, str]) -> Space:
    """Return what varies; raise UsageError where nothing does, or one setting twice."""
    varied = tuple(map(read_varying, arguments.over))
    n_seeds = read_count("--seeds", arguments.seeds, 0, MOST_SEEDS)
    if not varied and not n_seeds:
        raise UsageError("nothing varies: add --over NAME=A,B,C or --seeds N; see tui-nn sweep --help")
    _check_names(varied)
    if n_seeds:
        _check_seeds(arguments, varied)
    named = Namespace(**{**vars(make_parser().read([])), "seed": arguments.seed, "preset": arguments.preset})
    first = read_config(named, environment).weights_seed
    seeds = tuple(range(first, first + n_seeds))

    def configure(changes: Mapping[str, str]) -> Config:
        return read_config(Namespace(**{**vars(arguments), **changes}), environment)

    return Space(varied, seeds, configure)


def _check_names(varied: Sequence[Varying]) -> None:
    names = [v.setting.name for v in varied]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"--over: {name} is given twice; all its values go behind one --over")


def _check_seeds(arguments: Namespace, varied: Sequence[Varying]) -> None:
    if name := moves_seeds(varied):
        raise UsageError(f"--seeds: it moves {name} already, which --over varies; leave one of them out")
    for name in SEEDS:
        if getattr(arguments, name) is not None:
            flag = f"--{name.replace('_', '-')}"
            raise UsageError(
                f"--seeds: it moves both seeds, so {flag} cannot be held; --over {name}=0,1,2 can"
            )


def _sweep(arguments: Namespace) -> int:
    space = read_space(arguments, os.environ)
    n_workers = read_count("--workers", arguments.workers, n_cores(), MOST_WORKERS)
    n_runs = None if arguments.runs is None else read_count("--runs", arguments.runs, 0, MOST_RUNS)
    search = make_search(space, arguments.search, n_runs)
    check_some(search.planned)
    if arguments.save is not None:
        check_place("--save", arguments.save)
    if arguments.scheduler is not None and arguments.workers is not None:
        raise UsageError("--workers: a cluster has the workers that it has; leave one of the two out")
    place = None if arguments.journal is None else full_path(arguments.journal)
    interruption = Interruptible()
    with open_journal(place) as journal:
        began = time.monotonic()
        todo = [run for run in search.planned if run.config is not None and journal.record(run) is None]
        sweep = Sweep(search, journal, Estimate(measure(todo)))
        with _workers(arguments.scheduler, min(n_workers, max(1, len(todo)))) as workers:
            say(plan_in_words(search.planned, todo, sweep.standing(workers.n_slots)), to=sys.stderr)
            lost = _train(sweep, workers, interruption)
        seconds = time.monotonic() - began
    results = sweep.results
    trouble = _save(arguments.save, results) or journal.trouble
    if arguments.json:
        say(json.dumps(report(results, seconds)))
    else:
        say(*result_in_words(results, seconds))
    if lost is not None:
        rest = "the same command goes on from the journal" if place else "--journal FILE would have kept them"
        return complain(FileError(f"{lost}: {len(results.ended):,} runs have ended; {rest}"))
    if trouble is not None:
        return complain(trouble)
    if interruption.signal:
        return 128 + interruption.signal
    if results.best() is None:
        return complain(FileError("no run came to a good end: all diverged, failed or were refused"))
    return 0


@contextmanager
def _workers(scheduler: str | None, n_workers: int) -> Iterator[Workers]:
    """Start processes, or connect to a cluster; let go of them at the end."""
    workers: Workers
    if scheduler is None:
        workers = Processes(n_workers)
    else:
        from tui_nn.sweeps.cluster import connect  # Dask takes half a second

        workers = connect(scheduler, None, lambda sentence: say(f"tui-nn: {sentence}", to=sys.stderr))
    try:
        yield workers
    finally:
        workers.stop()


def _train(sweep: Sweep, workers: Workers, interruption: Interruptible) -> SweepError | None:
    """Train all runs; return why the workers were lost, if they were."""
    try:
        with interruption.interruptible(), make_progress() as progress:
            sweep.run(workers, progress.show, lambda: interruption.signal != 0)
    except SweepError as error:
        return error
    return None


def _save(path: str | None, results: Results) -> FileError | None:
    """Train the best run once more, with its curves, and write it; return what went wrong."""
    best = results.best()
    if path is None:
        return None
    config = None if best is None else results.ended[best][0].config
    if config is None:
        return FileError(f"{path} was not saved: no run came to a good end")
    try:
        write_run(path, train_with_curves(config))
    except FileError as error:
        return error
    return None


def check_some(planned: Sequence[Run]) -> None:
    """Raise UsageError where no run can be made, with the reason of the first."""
    if planned and all(run.config is None for run in planned):
        raise UsageError(planned[0].trouble)
