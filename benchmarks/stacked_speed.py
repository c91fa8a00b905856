"""How much faster do networks of one shape train as a stack than one after another, and than a stack in JAX?

    python benchmarks/stacked_speed.py [--networks 9,64] [--rounds 5] [--seconds 0.5] [--json]

2-8-8-1, tanh, batches of 32 of 512 rows, Adam, float32, one thread. Every network has rows, weights, order of
rows and learning rate of its own; orders are drawn anew each epoch and rows gathered for each step.
"solo": runs one after another in this process, as `tui-nn train` steps them. "stacked": a StackedTrainer.
"jax": `vmap` over the networks inside `scan` over the steps of an epoch, compiled before the clock starts, on
one core; only where JAX is installed (`pip install tui-nn[bench]`). The contestants take turns; printed are
medians of net-steps for a second of the processor's time, which other programs matter less to than that of a
clock, and of the ratios of the rounds.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JAX_PLATFORMS": "cpu",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
}
TARGETS = {("solo", 9): 2.5, ("solo", 64): 5.5, ("jax", 64): 1.5}
"""(peer, networks) -> the least ratio that the project asks for."""
BATCH, ROWS = 32, 512

Contestant = Callable[[int], None]
"""Trains every network for so many epochs."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--networks", default="9,64", help="how many networks in a stack (default 9,64)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which the median counts")
    parser.add_argument("--seconds", type=float, default=0.5, help="seconds for each contestant and round")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


def make_configs(count: int) -> list[Any]:
    from tui_nn.settings.config import Config

    return [
        Config(
            samples=2 * ROWS,
            hidden_sizes=(8, 8),
            batch_size=BATCH,
            learning_rate=0.001 * (1 + i % 10),
            data_seed=i,
            weights_seed=i,
        )
        for i in range(count)
    ]


def solo(configs: list[Any]) -> Contestant:
    from tui_nn.training.trainer import Trainer

    trainers = [Trainer(config, timeline_bytes=0) for config in configs]

    def train(epochs: int) -> None:
        for trainer in trainers:
            for _ in range(epochs * (ROWS // BATCH)):
                trainer.advance()

    return train


def stacked(configs: list[Any]) -> Contestant:
    from tui_nn.training.stacked.trainer import StackedTrainer

    trainer = StackedTrainer.of(configs)
    return lambda epochs: trainer.train(epochs * (ROWS // BATCH))


def in_jax(configs: list[Any]) -> Contestant:
    """The same networks from the same weights; an epoch is one compiled call."""
    import jax
    import jax.numpy as jnp

    from tui_nn.training.trainer import Trainer

    trainers = [Trainer(config, timeline_bytes=0) for config in configs]
    n_layers = len(trainers[0].network.layers)
    weights = [
        tuple(
            jnp.stack([getattr(trainer.network.layers[k], part) for trainer in trainers])
            for part in ("weights", "biases")
        )
        for k in range(n_layers)
    ]
    x = jnp.stack([trainer.problem.train.inputs() for trainer in trainers])
    t = jnp.stack([trainer.problem.train.coded for trainer in trainers])
    rates = jnp.array([config.learning_rate for config in configs], jnp.float32)

    def loss(w: Any, inputs: Any, targets: Any) -> Any:
        a = inputs
        for matrix, bias in w[:-1]:
            a = jnp.tanh(a @ matrix + bias)
        z = a @ w[-1][0] + w[-1][1]
        return jnp.mean(jnp.logaddexp(0.0, z) - targets * z)

    def adam(w: Any, g: Any, m: Any, v: Any, step: Any, rate: Any) -> Any:
        m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
        v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
        scale, corrected = 1.0 - 0.9**step, 1.0 - 0.999**step
        w = jax.tree.map(lambda w, m, v: w - rate * (m / scale) / (jnp.sqrt(v / corrected) + 1e-8), w, m, v)
        return w, m, v

    def epoch(w: Any, m: Any, v: Any, step: Any, key: Any, x: Any, t: Any, rate: Any) -> Any:
        key, drawn = jax.random.split(key)
        order = jax.random.permutation(drawn, ROWS).reshape(-1, BATCH)

        def one(carry: Any, rows: Any) -> Any:
            w, m, v, step = carry
            step = step + 1.0
            g = jax.grad(loss)(w, x[rows], t[rows])
            return (*adam(w, g, m, v, step, rate), step), None

        (w, m, v, step), _ = jax.lax.scan(one, (w, m, v, step), order)
        return w, m, v, step, key

    run = jax.jit(jax.vmap(epoch, in_axes=(0, 0, 0, None, 0, 0, 0, 0), out_axes=(0, 0, 0, None, 0)))
    zeros = jax.tree.map(jnp.zeros_like, weights)
    state = (weights, zeros, zeros, jnp.float32(0.0), jax.random.split(jax.random.key(0), len(configs)))

    def train(epochs: int) -> None:
        nonlocal state
        for _ in range(epochs):
            state = run(*state, x, t, rates)
        jax.block_until_ready(state)

    return train


def speeds(contestants: dict[str, Contestant], count: int, rounds: int, seconds: float) -> dict[str, Any]:
    """Return net-steps/s of each round, the contestants in turn."""
    epochs = {}
    for name, train in contestants.items():
        train(2)
        begun = time.process_time()
        train(2)
        epochs[name] = max(2, round(2 * seconds / (time.process_time() - begun)))
    measured: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, train in contestants.items():
            begun = time.process_time()
            train(epochs[name])
            net_steps = count * epochs[name] * (ROWS // BATCH)
            measured[name].append(net_steps / (time.process_time() - begun))
    return measured


def compare(count: int, rounds: int, seconds: float) -> dict[str, Any]:
    import numpy as np

    configs = make_configs(count)
    contestants = {"stacked": stacked(configs), "solo": solo(configs)}
    if importlib.util.find_spec("jax"):
        contestants["jax"] = in_jax(configs)
    with np.errstate(all="ignore"):
        measured = speeds(contestants, count, rounds, seconds)
    medians = {name: statistics.median(found) for name, found in measured.items()}
    ratios = {
        name: statistics.median(a / b for a, b in zip(measured["stacked"], found, strict=True))
        for name, found in measured.items()
        if name != "stacked"
    }
    return {"networks": count, "net_steps_per_second": medians, "stacked_divided_by": ratios}


def main() -> None:
    options = arguments()
    os.environ.update(ONE_THREAD)  # before NumPy and JAX are loaded
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # JAX takes what cores it is given
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    counts = [int(part) for part in options.networks.split(",")]
    results = [compare(count, options.rounds, options.seconds) for count in counts]
    if options.json:
        print(json.dumps(results, indent=1))
        return
    print(f"{'networks':>8}  {'contestant':12}{'net-steps/s':>12}{'ratio':>8}{'target':>8}")
    for row in results:
        for name, speed in row["net_steps_per_second"].items():
            ratio, target = row["stacked_divided_by"].get(name), TARGETS.get((name, row["networks"]))
            told = "" if ratio is None else f"{ratio:.2f}"
            verdict = "" if target is None or ratio is None else ("met" if ratio >= target else "MISSED")
            print(f"{row['networks']:>8}  {name:12}{speed:>12,.0f}{told:>8}{target or '':>8}  {verdict}")


if __name__ == "__main__":
    main()
