"""How fast is the engine beside PyTorch eager, scikit-learn, plain Python and its own matrix products?

    python benchmarks/engine_vs_peers.py [--threads 1] [--rounds 5] [--seconds 0.4] [--only NAME] [--json]

All contestants of a workload run in one process, in turn, for several rounds; printed are medians and the
ratios between them, which carry over to other machines where the times do not. Peers that are not installed
are left out (`pip install tui-nn[bench]`). `--memory` reports the peak memory of 784-128-10 on 60,000 images
instead.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import statistics
import sys
import time
from typing import Any


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--threads", type=int, default=1, help="threads of BLAS and PyTorch (default 1)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which the median counts")
    parser.add_argument("--seconds", type=float, default=0.4, help="seconds for each contestant and round")
    parser.add_argument("--only", help="one workload by its name")
    parser.add_argument("--memory", action="store_true", help="report peak memory instead of speed")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


def workloads() -> list[Any]:
    from engine_peers import Workload

    adam, bce, softmax = "adam", "binary_cross_entropy", "softmax_cross_entropy"
    return [
        Workload(
            "2-8-8-1", (2,), "8,8", "tanh", bce, 1, 32, adam, 512, 0.01,
            {"torch": 18, "torch fused": 12, "scikit-learn": 9},
        ),
        Workload("2-4-2-1", (2,), "4,2", "tanh", "half_mse", 1, 10, "sgd", 250, 0.03, {"plain lists": 8}),
        Workload(
            "784-128-10", (784,), "128", "relu", softmax, 10, 128, adam, 6400, 0.001,
            {"torch": 1.5, "torch fused": 1.2, "scikit-learn": 1.8, "matrix products": 0.65},
        ),
        Workload(
            "784-256-128-10", (784,), "256,128", "relu", softmax, 10, 64, adam, 6400, 0.001,
            {"torch": 1.6, "torch fused": 1.15, "matrix products": 0.0},
        ),
        Workload(
            "cnn", (1, 28, 28), "8c3,p2,16c3,p2", "relu", softmax, 10, 64, adam, 1280, 0.001, {"torch": 0.9}
        ),
    ]  # fmt: skip


def contestants(workload: Any, threads: int) -> tuple[dict[str, Any], Any]:
    """Return the engine and the installed peers by name, and the counter of NumPy calls."""
    import engine_peers as peers

    _, engine, calls = peers.build_engine(workload)
    makers = {
        "torch": lambda: peers.torch_eager(workload, False, threads),
        "torch fused": lambda: peers.torch_eager(workload, True, threads),
        "scikit-learn": lambda: peers.scikit_learn(workload),
        "plain lists": lambda: peers.plain_lists(workload),
        "matrix products": lambda: peers.matrix_products(workload),
    }
    needs = {"torch": "torch", "torch fused": "torch", "scikit-learn": "sklearn"}
    found = {"engine": engine}
    for name in workload.targets:
        if name not in needs or importlib.util.find_spec(needs[name]):
            found[name] = makers[name]()
    return found, calls


def rates(found: dict[str, Any], rounds: int, seconds: float) -> dict[str, list[float]]:
    """Return steps per second of each round, the contestants in turn."""
    steps: dict[str, int] = {}
    for name, train in found.items():
        train(20)
        begun = time.perf_counter()
        train(40)
        steps[name] = max(40, round(40 * seconds / (time.perf_counter() - begun)))
    measured: dict[str, list[float]] = {name: [] for name in found}
    for _ in range(rounds):
        for name, train in found.items():
            begun = time.perf_counter()
            train(steps[name])
            measured[name].append(steps[name] / (time.perf_counter() - begun))
    return measured


def compare(workload: Any, options: argparse.Namespace) -> dict[str, Any]:
    found, calls = contestants(workload, options.threads)
    measured = rates(found, options.rounds, options.seconds)
    medians = {name: statistics.median(values) for name, values in measured.items()}
    ratios = {
        name: statistics.median(a / b for a, b in zip(measured["engine"], measured[name], strict=True))
        for name in found
        if name != "engine"
    }
    return {
        "workload": workload.name,
        "batch_size": workload.batch_size,
        "numpy_calls_per_step": calls(),
        "steps_per_second": {name: round(value, 1) for name, value in medians.items()},
        "samples_per_second": {name: round(value * workload.batch_size) for name, value in medians.items()},
        "engine_divided_by": {name: round(value, 3) for name, value in ratios.items()},
        "target": {name: target for name, target in workload.targets.items() if name in ratios and target},
    }


def print_table(results: list[dict[str, Any]]) -> None:
    print(
        f"{'workload':16}{'calls':>6}  {'peer':16}{'steps/s':>11}{'samples/s':>12}{'ratio':>9}{'target':>8}"
    )
    for row in results:
        for name, speed in row["steps_per_second"].items():
            is_engine = name == "engine"
            ratio = "" if is_engine else f"{row['engine_divided_by'][name]:.2f}"
            target = row["target"].get(name, "")
            met = "" if is_engine or target == "" else ("  met" if float(ratio) >= target else "  MISSED")
            samples = row["samples_per_second"][name]
            head = f"{row['workload']:16}{row['numpy_calls_per_step']:>6}" if is_engine else " " * 22
            print(f"{head}  {name:16}{speed:>11,.0f}{samples:>12,}{ratio:>9}{target!s:>8}{met}")


def report_memory(workload: Any) -> dict[str, Any]:
    """Train on 60,000 images held as bytes, as the files of MNIST hold them."""
    import numpy as np

    from tui_nn.engine import LOSSES, OPTIMIZERS, Dense, Network, accuracy

    images = np.random.default_rng(0).integers(0, 256, (60_000, 784), np.uint8)
    classes = np.random.default_rng(1).integers(0, 10, 60_000)
    loss = LOSSES[workload.loss]
    network = Network(
        (784,), [Dense(128, "relu"), Dense(10, "softmax")], loss=loss, rng=np.random.default_rng(0)
    )
    source = network.prepare(images, loss.encode(classes, 10, np.float32))
    optimizer = OPTIMIZERS["adam"].create(network.n_parameters)
    order = np.random.default_rng(2).permutation(60_000)
    for start in range(0, 60_000 - 127, 128):
        network.train_step(source, order[start : start + 128], optimizer, 1e-5)
    accuracy(classes, loss.decode(network.predict(images)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"workload": workload.name, "samples": 60_000, "peak_megabytes": round(peak / 1024)}


def main() -> None:
    options = arguments()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(options.threads)  # before NumPy is loaded
    sys.path[:0] = [os.path.dirname(__file__), os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]
    chosen = [w for w in workloads() if options.only in (None, w.name)]
    if options.memory:
        report = report_memory(workloads()[2])
        print(json.dumps(report) if options.json else f"peak memory {report['peak_megabytes']} MB")
        return
    results = [compare(workload, options) for workload in chosen]
    if options.json:
        print(json.dumps({"threads": options.threads, "results": results}, indent=1))
    else:
        print_table(results)


if __name__ == "__main__":
    main()
