"""`tui-nn sweep`: many runs that differ in some settings, on all cores or a cluster, then a table."""

from __future__ import annotations

import json
import os
import sys
import time
from argparse import Namespace
from collections.abc import Sequence

from tui_nn.commands.interruptible import Interruptible
from tui_nn.commands.number_flags import read_count
from tui_nn.commands.plot import width_of
from tui_nn.commands.sweep_plot import plot
from tui_nn.commands.sweep_progress import make_progress, plan_in_words
from tui_nn.commands.sweep_table import result_in_words
from tui_nn.data import DataError
from tui_nn.files.errors import FileError, complain
from tui_nn.files.paths import full_path
from tui_nn.files.visible import say, show_drawing
from tui_nn.settings.flags import Parser, UsageError, add_settings
from tui_nn.settings.precedence import line_of
from tui_nn.sweeps.errors import SweepError
from tui_nn.sweeps.estimate import measure
from tui_nn.sweeps.journal import open_journal
from tui_nn.sweeps.planning import SEARCHES, make_search
from tui_nn.sweeps.processes import n_cores
from tui_nn.sweeps.report import report
from tui_nn.sweeps.results import Results
from tui_nn.sweeps.search import MOST_RUNS
from tui_nn.sweeps.space_of import space_of
from tui_nn.sweeps.sweeping import Sweep
from tui_nn.sweeps.varying import read_varying
from tui_nn.sweeps.workers import Workers
from tui_nn.sweeps.working import check_some, idle_in_words, own_data, working
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
    parser.add_argument("--plot", action="store_true", help="draw the runs at the end, a line for each")
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")
    add_settings(parser)
    return parser


def main(words: Sequence[str]) -> int:
    """Train all runs, print them; return 0, 1 nothing came to a good end, 128 + signal. Raises FileError."""
    arguments = make_parser().read(words)
    try:
        return _sweep(arguments)
    except DataError as error:
        raise UsageError(str(error)) from None
    except SweepError as error:
        raise FileError(str(error)) from None


def _sweep(arguments: Namespace) -> int:
    n_seeds = read_count("--seeds", arguments.seeds, 0, MOST_SEEDS)
    space = space_of(list(map(read_varying, arguments.over)), n_seeds, arguments, os.environ)
    if (line := line_of(arguments)) is not None and line.weights is not None:
        _tell("The weights of the share line are left out: each run begins with first weights of its own.")
    n_workers = read_count("--workers", arguments.workers, n_cores(), MOST_WORKERS)
    n_runs = None if arguments.runs is None else read_count("--runs", arguments.runs, 0, MOST_RUNS)
    search = make_search(space, arguments.search, n_runs)
    check_some(search)
    if arguments.save is not None:
        check_place("--save", arguments.save)
    if arguments.scheduler is not None and arguments.workers is not None:
        raise UsageError("--workers: a cluster has the workers that it has; leave one of the two out")
    place = None if arguments.journal is None else full_path(arguments.journal)
    interruption = Interruptible()
    with open_journal(place) as journal:
        began = time.monotonic()
        todo = [run for run in search.planned if run.config is not None and journal.record(run) is None]
        sweep = Sweep(search, journal, measure(todo))
        own = own_data(run.config for run in todo if run.config is not None)
        with working(arguments.scheduler, min(n_workers, max(1, len(todo))), own, _tell) as workers:
            say(plan_in_words(search.planned, todo, sweep.standing(workers.n_slots)), to=sys.stderr)
            for sentence in idle_in_words(search):
                _tell(sentence)
            lost = _train(sweep, workers, interruption)
        seconds = time.monotonic() - began
    results = sweep.results
    trouble = _save(arguments.save, results) or journal.trouble
    if arguments.json:
        say(json.dumps(report(results, seconds)))
    else:
        say(*result_in_words(results, seconds, width_of(sys.stdout)))
    if arguments.plot:
        stream = sys.stderr if arguments.json else sys.stdout
        some = next(run.config for run in search.planned if run.config is not None)
        if picture := plot(results, stream, some, os.environ):
            show_drawing(picture, to=stream)
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


def _tell(sentence: str) -> None:
    say(f"tui-nn: {sentence}", to=sys.stderr)
