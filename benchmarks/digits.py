"""Can networks read digits? Trains on generated ones and on MNIST, and counts what is read.

    python benchmarks/digits.py --mnist FOLDER --drawings FILE [--only NAME] [--json]

FOLDER holds the four files of MNIST. FILE holds digits drawn with keys, a JSON list of {"label", "brush",
"path", "grid"}: rows of "#" and ".", and the moves that made them. Lines that need what is not given are left
out. Every training is a `tui-nn train` with the flags that `--flags` prints. The exit status is 1 if a target
is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from key_redrawings import redraw
from numpy.typing import NDArray

from tui_nn.data import fit_drawings, generate_digits, load_idx_folder, parse_drawings, to_pixels
from tui_nn.files.assets import asset_path
from tui_nn.training.saved_run import SavedRun, load_run

MNIST, OWN, DRAWINGS, REDRAWINGS = "MNIST's test set", "its own test set", "drawings", "600 redrawings"
MNIST_SETTINGS = "--dataset mnist --optimizer adam --learning-rate 0.001 --batch-size 128"


@dataclass(frozen=True)
class Training:
    """A network, and how much of which digits it has to read."""

    name: str
    words: str
    """Flags of `tui-nn train`; empty: the network that is shipped."""
    targets: dict[str, float]
    """Set -> least accuracy."""

    @property
    def needs_mnist(self) -> bool:
        return "--dataset mnist" in self.words


TRAININGS = (
    Training(
        "generated digits, 784-128-10",
        "--dataset digits --samples 60000 --train-fraction 0.95 --epochs 6",
        {MNIST: 0.94, OWN: 0.95, DRAWINGS: 0.94, REDRAWINGS: 0.94},
    ),
    Training(
        "generated digits, quickly",
        "--dataset digits --samples 12000 --train-fraction 0.95 --epochs 6",
        {MNIST: 0.92},
    ),
    Training("shipped, 784-256-128-10", "", {MNIST: 0.95, DRAWINGS: 0.95, REDRAWINGS: 0.94}),
    Training("MNIST, 784-128-10", f"{MNIST_SETTINGS} --hidden 128 --epochs 5", {MNIST: 0.97}),
    Training(
        "MNIST, 784-256-128-10",
        f"{MNIST_SETTINGS} --hidden 256,128 --schedule cosine --epochs 10",
        {MNIST: 0.98},
    ),
    Training(
        "MNIST, small CNN",
        "--dataset mnist --hidden 8c3,p2,16c3,p2 --schedule cosine --learning-rate 0.003 --epochs 10",
        {MNIST: 0.987},
    ),
    Training(
        "MNIST and drawn, 784-128-10",
        f"{MNIST_SETTINGS} --mix-drawn 0.2 --hidden 128 --epochs 5",
        {MNIST: 0.967, DRAWINGS: 0.94, REDRAWINGS: 0.94},
    ),
)

Sets = dict[str, tuple[NDArray[np.uint8], NDArray[np.int64]]]
"""Name -> images (n, 28, 28) as a network sees them, digits (n,)."""


@dataclass(frozen=True)
class Outcome:
    """How much of one set was read."""

    network: str
    on: str
    target: float
    accuracy: float
    training_seconds: float | None
    """Of the training loop alone."""
    command_seconds: float | None
    """Of the whole command: start, generation or reading, training, evaluation, saving."""

    @property
    def is_kept(self) -> bool:
        return self.accuracy >= self.target

    def row(self) -> list[str]:
        seconds = [self.training_seconds, self.command_seconds]
        return [
            self.network,
            self.on,
            *(f"{100 * value:.2f}" for value in (self.target, self.accuracy)),
            *("-" if value is None else f"{value:.1f}" for value in seconds),
            "kept" if self.is_kept else "MISSED",
        ]


HEADER = ["network", "reads", "target %", "read %", "training s", "command s", ""]


def load_sets(mnist: Path | None, drawings: Path | None) -> Sets:
    """Return the sets that are at hand."""
    sets: Sets = {}
    if mnist is not None:
        data = load_idx_folder(mnist)
        sets[MNIST] = data.inputs[data.n_given_train :], data.targets[data.n_given_train :]
    if drawings is not None:
        records = json.loads(drawings.read_text(encoding="utf-8"))
        digits = np.array([record["label"] for record in records])
        grids = parse_drawings("\n\n".join("\n".join(record["grid"]) for record in records))
        sets[DRAWINGS] = to_pixels(fit_drawings(np.stack(grids))), digits
        rng = np.random.default_rng(0)
        times = 600 // len(records)
        again = [redraw(record["path"], record["brush"], rng) for _ in range(times) for record in records]
        sets[REDRAWINGS] = to_pixels(fit_drawings(np.stack(again))), np.tile(digits, times)
    return sets


def measure(training: Training, sets: Sets, folder: Path) -> Iterator[Outcome]:
    """Train if there is something to train, and read all sets that have a target and are at hand."""
    path, record, seconds = asset_path("digits.npz") if not training.words else folder / "run.npz", None, None
    if training.words:
        command = [sys.executable, "-m", "tui_nn", "train", *training.words.split(), "--seed", "0"]
        environment = {**os.environ, "TUI_NN_CACHE": str(folder)}
        began = time.perf_counter()
        ended = subprocess.run(
            [*command, "--json", "--save", str(path)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=True,
        )
        seconds = time.perf_counter() - began
        record = json.loads(ended.stdout)
    run = load_run(path)
    for on, target in training.targets.items():
        if on == OWN and record is not None:
            reached = record["test_accuracy"]
        elif on in sets:
            reached = accuracy(run, *sets[on])
        else:
            continue
        yield Outcome(training.name, on, target, reached, record and record["seconds"], seconds)


def accuracy(run: SavedRun, images: NDArray[np.uint8], digits: NDArray[np.int64]) -> float:
    """Return the part of the images that is read right."""
    return float((run.predict(images).classes == digits).mean())


def digits_per_second(count: int = 20_000) -> float:
    """Return how many digits are generated a second on this core: the median of five times."""
    speeds = []
    for seed in range(5):
        began = time.perf_counter()
        generate_digits(count, np.random.default_rng(seed))
        speeds.append(count / (time.perf_counter() - began))
    return float(np.median(speeds))


def print_row(row: list[str]) -> None:
    widths = (30, 18, 10, 8, 12, 11)
    parts = [
        part.ljust(width) if i < 2 else part.rjust(width)
        for i, (part, width) in enumerate(zip(row, widths, strict=False))
    ]
    print("".join(parts) + f"  {row[-1]}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mnist", type=Path, metavar="FOLDER")
    parser.add_argument("--drawings", type=Path, metavar="FILE")
    parser.add_argument("--only", default="", metavar="NAME", help="networks whose name holds this")
    parser.add_argument("--flags", action="store_true", help="print the flags of each training and leave")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    chosen = [training for training in TRAININGS if arguments.only in training.name]
    if arguments.flags:
        for training in chosen:
            print(f"{training.name}: {training.words or 'see benchmarks/ship_digits.py'}")
        return 0
    sets = load_sets(arguments.mnist, arguments.drawings)
    speed = digits_per_second()
    outcomes: list[Outcome] = []
    if not arguments.json:
        print(f"{speed:,.0f} digits generated a second on one core (target 8,000)\n")
        print_row(HEADER)
    with TemporaryDirectory() as folder:
        if arguments.mnist is not None:
            (Path(folder) / "mnist").symlink_to(arguments.mnist.resolve())
        for training in chosen:
            if training.needs_mnist and arguments.mnist is None:
                continue
            for outcome in measure(training, sets, Path(folder)):
                outcomes.append(outcome)
                if not arguments.json:
                    print_row(outcome.row())
    if arguments.json:
        rows = [asdict(outcome) | {"kept": outcome.is_kept} for outcome in outcomes]
        print(json.dumps({"digits_per_second": speed, "outcomes": rows}))
    return 0 if all(outcome.is_kept for outcome in outcomes) and speed >= 8000 else 1


if __name__ == "__main__":
    sys.exit(main())
