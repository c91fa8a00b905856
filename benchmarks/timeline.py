"""What does the timeline cost: memory, training speed, and a key until its moment is on the screen?

    python benchmarks/timeline.py [--only bytes|speed|keys] [--pairs 9] [--seconds 1.5] [--json]

bytes: 2-8-8-1 for 100,000 epochs (in full batches: as many frames, sooner there) and 784-128-10 until its
timeline is full; everything a frame is made of is counted. speed: two trainers of the same run, one that
keeps its moments and one that keeps none, take turns in one process; the first seconds are the dearest, for
later frames are ever further apart. keys: tui-nn in a terminal, trained, paused; from `,` to the step of the
moment before in the bar of the timeline. The exit status is 1 where a target is missed: 30 MB and 200 MB,
10 % of speed, 80 ms at the 95th percentile.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from window import Window, plain, tui_nn

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tui_nn.settings.config import Config
from tui_nn.training.timeline import MOST_BYTES, Timeline
from tui_nn.training.trainer import Trainer

SMALL = Config(hidden_sizes=(8, 8), dataset="moons")
LARGE = Config(dataset="digits", samples=4000, hidden_sizes=(128,), batch_size=128, activation="relu")
RUNS = {"2-8-8-1": SMALL, "784-128-10": LARGE}
MOST_MB = {"2-8-8-1": 30, "784-128-10": 200}
MOST_SLOWER, MOST_MS = 0.10, 80.0
EPOCHS = 100_000
PATIENCE_S = 5.0
WARM_UP_S = 0.3


def size_of(timeline: Timeline) -> int:
    """Return the bytes of all frames: arrays, their headers, and the objects around them."""
    total = sys.getsizeof(timeline.frames)
    for frame in timeline.frames:
        parts = [frame, frame.state, frame.metrics, frame.parameters, *frame.state.values()]
        total += sum(sys.getsizeof(part) for part in parts)
    return total


def measure_bytes() -> dict[str, Any]:
    """Return for each run how many frames it keeps, and their megabytes."""
    found = {}
    for name, config in RUNS.items():
        trainer = Trainer(config.replace(batch_size=None) if name == "2-8-8-1" else config)
        if name == "2-8-8-1":
            while trainer.epoch < EPOCHS:
                trainer.advance()
        else:
            timeline = trainer.timeline
            while timeline.n_bytes + timeline.frames[-1].n_bytes <= MOST_BYTES:
                trainer.advance()
        megabytes = size_of(trainer.timeline) / 1e6
        n_frames, target = len(trainer.timeline.frames), MOST_MB[name]
        found[name] = {"step": trainer.step, "frames": n_frames, "mb": megabytes, "target": target}
    return found


def measure_speed(pairs: int, seconds: float) -> dict[str, Any]:
    """Return for each run the median of how much slower it is with a timeline, over pairs of fresh runs."""
    found = {}
    for name, config in RUNS.items():
        ratios = []
        problem = Trainer(config).problem
        for number in range(pairs):
            budgets = (MOST_BYTES, 0) if number % 2 else (0, MOST_BYTES)
            trainers = [Trainer(config, problem, timeline_bytes=budget) for budget in budgets]
            took = [0.0, 0.0]
            for trainer in trainers:
                train(trainer, WARM_UP_S)
            steps = max(1, round(trainers[0].step * 0.1))
            while sum(took) < 2 * seconds:
                for index, trainer in enumerate(trainers):
                    began = time.perf_counter()
                    for _ in range(steps):
                        trainer.advance()
                    took[index] += time.perf_counter() - began
            with_it = budgets.index(MOST_BYTES)
            ratios.append(took[with_it] / took[1 - with_it] - 1)
        found[name] = {"slower": statistics.median(ratios), "pairs": ratios, "target": MOST_SLOWER}
    return found


def train(trainer: Trainer, seconds: float) -> None:
    """Train for so long."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        trainer.advance()


def measure_keys(n_keys: int) -> dict[str, Any]:
    """Return milliseconds from `,` to its moment on the screen, at 120x36 and with the Digits screen."""
    found = {}
    for name, words in {"playground": ("--hidden", "8,8"), "digits": ("--screen", "digits")}.items():
        window = Window(tui_nn(*words, "--speed", "full", "--paused"))
        try:
            window.until_text()
            window.watch(1.5)
            window.type(" ")
            window.watch(4.0)
            window.type(" ")
            window.watch(0.5)
            times = [press_comma(window) for _ in range(n_keys)]
        finally:
            window.close()
        cuts = statistics.quantiles(times, n=20)
        found[name] = {"p50": statistics.median(times), "p95": cuts[18], "n": n_keys, "target": MOST_MS}
    return found


def press_comma(window: Window) -> float:
    """Go one moment back at some odd time; return the milliseconds until a bar names another step."""
    window.watch(random.uniform(0.12, 0.3))
    begin = len(window.written)
    began = time.perf_counter()
    window.type(",")
    while not re.search(rb"step +[\d,]+ of [\d,]+", plain(window.written[begin:])):
        window.read(0.02)
        if time.perf_counter() - began > PATIENCE_S:
            raise SystemExit("no moment was shown")
    return 1e3 * (time.perf_counter() - began)


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=("bytes", "speed", "keys"))
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=1.5)
    parser.add_argument("--keys", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()

    found: dict[str, Any] = {}
    if chosen.only in (None, "bytes"):
        found["bytes"] = measure_bytes()
    if chosen.only in (None, "speed"):
        found["speed"] = measure_speed(chosen.pairs, chosen.seconds)
    if chosen.only in (None, "keys"):
        found["keys"] = measure_keys(chosen.keys)
    print(json.dumps(found) if chosen.json else "\n".join(lines_of(found)))
    values = {"bytes": "mb", "speed": "slower", "keys": "p95"}
    missed = [
        run for kind, runs in found.items() for run in runs.values() if run[values[kind]] > run["target"]
    ]
    return int(bool(missed))


def lines_of(found: dict[str, Any]) -> list[str]:
    """Return what was measured in words."""
    lines = []
    for name, run in found.get("bytes", {}).items():
        words = f"{run['frames']} frames at step {run['step']:,}: {run['mb']:.2f} MB"
        lines.append(f"{name:>11}  {words} (target {run['target']} MB)")
    for name, run in found.get("speed", {}).items():
        lines.append(f"{name:>11}  {run['slower']:+.1%} time a step (target {run['target']:.0%})")
    for name, run in found.get("keys", {}).items():
        words = f", to its moment: p50 {run['p50']:.0f} ms, p95 {run['p95']:.0f} ms"
        lines.append(f"{name:>11}  key{words} (target {run['target']:.0f} ms)")
    return lines


if __name__ == "__main__":
    sys.exit(main())
