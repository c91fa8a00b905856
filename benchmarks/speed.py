"""How fast are the presets without a screen? Steps, samples and epochs per second of the training loop alone.

    python benchmarks/speed.py [--only NAME] [--threads 1] [--rounds 3] [--seconds 0.5] [--json]

A step is one update of the weights by one batch, an epoch one pass over the training set. Each preset is run
through a Session as `tui-nn train` does it; the rounds go over all presets in turn, and the median counts.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui_nn.config import Config


@dataclass(frozen=True)
class Speed:
    """What a preset reached."""

    name: str
    layer_sizes: list[int]
    optimizer: str
    batch_size: int
    n_train: int
    steps_per_second: float
    samples_per_second: float
    epochs_per_second: float

    def row(self) -> list[str]:
        numbers = (self.steps_per_second, self.samples_per_second, self.epochs_per_second)
        return [
            self.name,
            "-".join(map(str, self.layer_sizes)),
            self.optimizer,
            f"{self.batch_size} of {self.n_train}",
            *(f"{number:,.0f}" for number in numbers),
        ]


HEADER = ["preset", "network", "optimizer", "batch", "steps/s", "samples/s", "epochs/s"]


def configs(only: str | None) -> dict[str, Config]:
    """Return the config of every preset whose name holds `only`."""
    from tui_nn.config import Config
    from tui_nn.presets import presets

    return {
        name: Config.from_dict(preset.settings)
        for name, preset in presets().items()
        if only is None or only in name
    }


def measure(config: Config, seconds: float) -> Any:
    """Return the record of a run of about so many seconds."""
    from tui_nn.training.commands import Play
    from tui_nn.training.record import make_record
    from tui_nn.training.session import Session
    from tui_nn.training.snapshot import Metrics

    session = Session(config.replace(speed=None))
    ends_at = time.perf_counter() + seconds
    commands: list[Any] = [[Play()]]

    def receive(wait_s: float | None) -> Any:
        if commands:
            return commands.pop()
        return () if time.perf_counter() < ends_at else None

    session.run(receive, lambda message: None)
    record = make_record(session.trainer, Metrics(), session.training_seconds, "finished")
    return record | {"steps_per_epoch": session.trainer.batches.steps_per_epoch}


def summarize(name: str, config: Config, records: list[dict[str, Any]]) -> Speed:
    """Return the medians over the rounds."""
    steps = statistics.median(record["steps_per_second"] for record in records)
    return Speed(
        name=name,
        layer_sizes=list(config.layer_sizes),
        optimizer=config.optimizer,
        batch_size=config.batch_size or config.n_train,
        n_train=config.n_train,
        steps_per_second=steps,
        samples_per_second=statistics.median(record["samples_per_second"] for record in records),
        epochs_per_second=steps / records[0]["steps_per_epoch"],
    )


def print_row(row: list[str]) -> None:
    print(f"{row[0]:<16}{row[1]:<13}{row[2]:<10}{row[3]:>13}" + "".join(f"{part:>14}" for part in row[4:]))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", metavar="NAME", help="presets whose name holds this")
    parser.add_argument("--threads", type=int, default=1, help="threads of matrix products (default 1)")
    parser.add_argument(
        "--rounds", type=int, default=3, help="rounds, of which the median counts (default 3)"
    )
    parser.add_argument("--seconds", type=float, default=0.5, help="for each preset and round (default 0.5)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()

    from tui_nn.cli import limit_threads

    limit_threads([f"--threads={arguments.threads}"], os.environ)  # before anything loads NumPy
    chosen = configs(arguments.only)
    rounds = [
        {name: measure(config, arguments.seconds) for name, config in chosen.items()}
        for _ in range(arguments.rounds)
    ]
    speeds = [summarize(name, config, [r[name] for r in rounds]) for name, config in chosen.items()]
    if arguments.json:
        print(json.dumps([asdict(speed) for speed in speeds]))
        return 0
    print_row(HEADER)
    for speed in speeds:
        print_row(speed.row())
    return 0


if __name__ == "__main__":
    sys.exit(main())
