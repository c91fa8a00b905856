"""Does it learn what it should? Runs `tui-nn train` over several seeds and compares with what is promised.

    python benchmarks/accuracy.py [--only NAME] [--seeds N] [--json]

Printed are the median and the lowest accuracy, with the best that is possible on this data. The exit status
is 1 if a promise is not kept.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Promise:
    """A training, and the accuracy that its seeds have to reach."""

    name: str
    words: str
    """Flags of `tui-nn train`."""
    median: float
    """The median over the seeds is at least this."""
    lowest: float = 0.0
    """Each seed is at least this."""
    seeds: int = 5
    on: str = "test_accuracy"


ADAM = "--noise 0 --optimizer adam --batch-size 10"

PROMISES = (
    Promise("moons-by-hand", "--preset moons-by-hand", 0.966, lowest=0.962, seeds=3),
    Promise("blobs-adam", "--preset blobs-adam", 0.985, on="train_accuracy"),
    Promise("visualizer-3d", "--preset visualizer-3d", 0.95),
    Promise("tf-playground", "--preset tf-playground", 0.95),
    Promise("forward-pass", "--preset forward-pass", 0.95),
    Promise(
        "spiral, 16,16 tanh",
        f"{ADAM} --dataset spiral --samples 1000 --hidden 16,16 --learning-rate 0.01 --epochs 200",
        0.97,
    ),
    Promise(
        "spiral, 8,8 relu",
        f"{ADAM} --dataset spiral --samples 1000 --hidden 8,8 --activation relu --initializer he "
        "--learning-rate 0.01 --epochs 300",
        0.97,
    ),
    Promise("xor, 8,8 tanh", f"{ADAM} --dataset xor --hidden 8,8 --learning-rate 0.03 --epochs 200", 0.985),
    Promise("circle, 4,2 tanh", f"{ADAM} --dataset circle --learning-rate 0.03 --epochs 200", 0.985),
)


@dataclass(frozen=True)
class Outcome:
    """What the seeds of a promise reached."""

    name: str
    on: str
    target: float
    lowest_allowed: float
    accuracies: list[float]
    best_possible: float | None
    seconds: float
    """Median of the training loops alone."""

    @property
    def median(self) -> float:
        return statistics.median(self.accuracies)

    @property
    def is_kept(self) -> bool:
        return self.median >= self.target and min(self.accuracies) >= self.lowest_allowed

    def row(self) -> list[str]:
        percents = [self.target, self.median, min(self.accuracies), self.best_possible]
        return [
            self.name,
            self.on.partition("_")[0],
            *("-" if value is None else f"{100 * value:.1f}" for value in percents),
            str(len(self.accuracies)),
            f"{self.seconds:.2f}",
            "kept" if self.is_kept else "MISSED",
        ]


HEADER = ["training", "set", "target %", "median %", "lowest %", "possible %", "seeds", "seconds", ""]


def train(words: list[str]) -> dict[str, Any]:
    """Return the record of one training."""
    command = [sys.executable, "-m", "tui_nn", "train", *words, "--json"]
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    record: dict[str, Any] = json.loads(ended.stdout)
    return record


def keep(promise: Promise, seeds: int | None) -> Outcome:
    """Train every seed of a promise."""
    words = promise.words.split()
    records = [train([*words, "--seed", str(seed)]) for seed in range(seeds or promise.seeds)]
    return Outcome(
        name=promise.name,
        on=promise.on,
        target=promise.median,
        lowest_allowed=promise.lowest,
        accuracies=[record[promise.on] for record in records],
        best_possible=records[0]["best_possible_accuracy"],
        seconds=statistics.median(record["seconds"] for record in records),
    )


def print_row(row: list[str]) -> None:
    print(
        f"{row[0]:<20}{row[1]:<7}" + "".join(f"{part:>11}" for part in row[2:-1]) + f"  {row[-1]}", flush=True
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", metavar="NAME", help="promises whose name holds this")
    parser.add_argument("--seeds", type=int, metavar="N", help="so many seeds for each, instead of its own")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    if not arguments.json:
        print_row(HEADER)
    outcomes = []
    for promise in PROMISES:
        if arguments.only is None or arguments.only in promise.name:
            outcomes.append(keep(promise, arguments.seeds))
            if not arguments.json:
                print_row(outcomes[-1].row())
    if arguments.json:
        print(json.dumps([asdict(o) | {"median": o.median, "kept": o.is_kept} for o in outcomes]))
    return 0 if all(outcome.is_kept for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
