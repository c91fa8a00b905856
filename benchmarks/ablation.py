"""How long does it take to say which neuron matters?

    python benchmarks/ablation.py [--rows 10000] [--hidden 128] [--rounds 3] [--target 1.0] [--json]

Silences each hidden neuron of a network of digits in turn, in one process on one thread; beside it does what
a person would do by hand: cuts some neurons in copies and evaluates these. The exit status is 1 if the median
misses the target, in seconds, or the two disagree.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")

from tui_nn.settings.config import Config
from tui_nn.training.evaluation import part_loss
from tui_nn.training.holding import hold_neuron
from tui_nn.training.trainer import Trainer
from tui_nn.training.verdict.ablation import Ablation, ablate

STEPS = 50
CUT_BY_HAND = 8
"""Neurons that are cut by hand, evenly spaced; the time of all is taken from theirs."""


def by_hand(trainer: Trainer, found: Ablation) -> tuple[float, bool]:
    """Return seconds for all neurons, and whether the losses of some are the same."""
    chosen = found.units[:: max(1, len(found.units) // CUT_BY_HAND)]
    start, agrees = time.perf_counter(), True
    for unit in chosen:
        cut = trainer.network.copy()
        hold_neuron(cut, "cut", unit.node, True)
        loss = part_loss(cut, trainer.problem.test)
        agrees &= loss == unit.without.loss or found.n_rows < found.n_all
    return (time.perf_counter() - start) / len(chosen) * len(found.units), agrees


def main() -> int:
    """Print seconds and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--hidden", default="128")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--target", type=float, default=1.0)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    hidden = tuple(int(size) for size in arguments.hidden.split(","))
    trainer = Trainer(
        Config(
            dataset="digits",
            samples=arguments.rows + 2000,
            train_fraction=2000 / (arguments.rows + 2000),
            hidden_sizes=hidden,
            loss="softmax_cross_entropy",
        ),
        timeline_bytes=0,
    )
    for _ in range(STEPS):
        trainer.advance()
    seconds = []
    for _ in range(arguments.rounds):
        start = time.perf_counter()
        found = ablate(trainer.network, trainer.problem)
        seconds.append(time.perf_counter() - start)
    hand_s, agrees = by_hand(trainer, found)
    median = statistics.median(seconds)
    result = {
        "network": "-".join(map(str, trainer.network.layer_sizes)),
        "neurons": len(found.units),
        "rows": found.n_rows,
        "rows_of": found.n_all,
        "seconds": round(median, 3),
        "by_hand_s": round(hand_s, 3),
        "agrees": agrees,
    }
    if arguments.json:
        print(json.dumps(result))
    else:
        print(*(f"{name} {value}" for name, value in result.items()), sep="  ")
    return int(median > arguments.target or not agrees)


if __name__ == "__main__":
    sys.exit(main())
