"""`tui-nn bench`: how fast the presets train on this machine.

Measured is the training loop alone, as `tui-nn train` runs it. A step is one update of the weights by one
batch, an epoch one pass over the training set.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from tui_nn.commands.number_flags import read_count, read_number
from tui_nn.commands.table import table
from tui_nn.data import DataError
from tui_nn.files.visible import say
from tui_nn.settings.config import Config
from tui_nn.settings.flags import Parser, UsageError
from tui_nn.settings.presets import presets
from tui_nn.settings.values import Real
from tui_nn.training.columns import column_sizes
from tui_nn.training.commands import Command, Play
from tui_nn.training.session import Session
from tui_nn.training.trainer import Trainer

ROUNDS, SECONDS = 3, 0.5
WARM_UP_STEPS = 20
GATHERS = 2
"""NumPy calls that fetch a batch: inputs and targets."""


@dataclass(frozen=True)
class Figures:
    """What a preset reached: medians over the rounds."""

    preset: str
    layer_sizes: list[int]
    optimizer: str
    batch_size: int
    n_train: int
    numpy_calls_per_step: int
    steps_per_second: float
    samples_per_second: float
    epochs_per_second: float
    run_megabytes: float
    """Data, network, optimizer and buffers, as long as the run lasts; without interpreter and libraries."""


class Bench:
    """One preset, ready to be measured again and again."""

    def __init__(self, name: str, config: Config) -> None:
        self.name = name
        self._config = config.replace(speed=None)
        self._rates: list[float] = []
        tracemalloc.start()
        try:
            self._session = Session(self._config, timeline_bytes=0)
            for _ in range(WARM_UP_STEPS):
                self._session.trainer.advance()
            self._megabytes = tracemalloc.get_traced_memory()[0] / 1e6
        finally:
            tracemalloc.stop()

    def measure(self, seconds: float) -> None:
        """Train for about so many seconds."""
        session = self._session
        steps, trained_s = session.trainer.step, session.training_seconds
        ends_at = time.perf_counter() + seconds
        commands: list[Command] = [Play()]

        def receive(wait_s: float | None) -> Sequence[Command] | None:
            if commands:
                return [commands.pop()]
            return () if time.perf_counter() < ends_at else None

        session.run(receive, lambda message: None)
        self._rates.append((session.trainer.step - steps) / (session.training_seconds - trained_s))

    def figures(self) -> Figures:
        """Return the medians of what was measured."""
        trainer = self._session.trainer
        batches, steps = trainer.batches, statistics.median(self._rates)
        rows_per_step = batches.samples_per_epoch / batches.steps_per_epoch
        return Figures(
            preset=self.name,
            layer_sizes=list(column_sizes(trainer.network)),
            optimizer=self._config.optimizer,
            batch_size=batches.batch_size,
            n_train=batches.n_samples,
            numpy_calls_per_step=calls_per_step(trainer),
            steps_per_second=steps,
            samples_per_second=steps * rows_per_step,
            epochs_per_second=steps / batches.steps_per_epoch,
            run_megabytes=self._megabytes,
        )


def calls_per_step(trainer: Trainer) -> int:
    """Return the NumPy calls of a step without penalty and clipping: gather, forward, backward, update."""
    space = trainer.network.training_workspace(trainer.batches.batch_size)
    return GATHERS + len(space.forward) + len(space.backward) + trainer.optimizer.n_calls


def make_parser() -> Parser:
    """Return the parser of `tui-nn bench`."""
    parser = Parser(prog="tui-nn bench", description="Measure how fast the presets train on this machine.")
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")
    parser.add_argument("--only", metavar="NAME", help="presets whose name holds this")
    parser.add_argument("--threads", metavar="N", help="threads of matrix products (default 1)")
    parser.add_argument(
        "--rounds", metavar="N", help=f"rounds, of which the median counts (default {ROUNDS})"
    )
    parser.add_argument(
        "--seconds", metavar="S", help=f"seconds for each preset and round (default {SECONDS:g})"
    )
    return parser


def main(words: Sequence[str]) -> int:
    """Measure, print a table; return 0."""
    arguments = make_parser().read(words)
    n_threads = read_count("--threads", arguments.threads, int(os.environ.get("OMP_NUM_THREADS", 1)), 256)
    n_rounds = read_count("--rounds", arguments.rounds, ROUNDS)
    seconds = read_number("--seconds", arguments.seconds, Real(0, 3600, (), above=True), SECONDS)
    names = [name for name in presets() if arguments.only is None or arguments.only in name]
    if not names:
        raise UsageError(f"--only: {arguments.only} is not allowed; a part of {', '.join(presets())}")
    try:
        benches = [Bench(name, Config.from_dict(presets()[name].settings)) for name in names]
    except DataError as error:
        raise UsageError(str(error)) from None
    for _ in range(n_rounds):
        for bench in benches:
            bench.measure(seconds)
    figures = [bench.figures() for bench in benches]
    machine = describe_machine(n_threads)
    if arguments.json:
        say(json.dumps({**machine, "presets": [asdict(entry) for entry in figures]}))
    else:
        say(*describe(figures, machine))
    return 0


def describe_machine(n_threads: int) -> dict[str, Any]:
    """Return what the figures depend on, and the largest memory of this process so far."""
    import resource  # not on Windows

    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "machine": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "threads": n_threads,
        "peak_process_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6,
    }


def describe(figures: Sequence[Figures], machine: dict[str, Any]) -> list[str]:
    """Return the figures as a table, with the machine below it."""
    header = ["preset", "network", "optimizer", "batch", "calls/step"]
    header += ["steps/s", "samples/s", "epochs/s", "run MB"]
    rows = [
        [
            entry.preset,
            "-".join(map(str, entry.layer_sizes)),
            entry.optimizer,
            f"{entry.batch_size} of {entry.n_train}",
            f"{entry.numpy_calls_per_step}",
            f"{entry.steps_per_second:,.0f}",
            f"{entry.samples_per_second:,.0f}",
            f"{entry.epochs_per_second:,.{0 if entry.epochs_per_second >= 10 else 2}f}",
            f"{entry.run_megabytes:.1f}",
        ]
        for entry in figures
    ]
    return [
        *table(header, rows, words=3),
        "",
        f"{machine['machine']}, {machine['processors']} processors, threads: {machine['threads']}, "
        f"Python {machine['python']}, NumPy {machine['numpy']}, "
        f"whole process at most {machine['peak_process_megabytes']:.0f} MB",
    ]
