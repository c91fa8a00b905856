"""What does watching cost on the line, and how soon does a key show?

    python benchmarks/output_rate.py [--seconds 8] [--keys 60] [--only NAME] [--json]

Runs tui-nn in a terminal of 120x36, flat out with a network 2-8-8-1: on moons, which are soon learned, and
on a noisy spiral, which keeps the whole map moving; in truecolor and in 256 colors, over a line of 200 kB/s,
with --fps 20, with nine runs side by side (Compare), and paused. Counts bytes and pictures per second, and
takes the time from a key of the learning rate, pressed at odd moments, until the state line shows the new
rate. The exit status is 1 if a target is
missed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from dataclasses import dataclass, field

from window import Window, processor_seconds, tui_nn

FLAT_OUT = ("--hidden", "8,8", "--speed", "full", "--threads", "1")
MOONS = (*FLAT_OUT, "--dataset", "moons")
SPIRAL = (*FLAT_OUT, "--dataset", "spiral", "--noise", "0.2")
WARM_UP_S = 2.0
BETWEEN_STARTS_S = 0.7
BETWEEN_KEYS_S = (0.15, 0.40)
RATES = (("]", rb"rate +0\.1 "), ("[", rb"rate +0\.03 "))
"""A key of the learning rate, and what the state line says when it is done."""


@dataclass(frozen=True)
class Case:
    """One way to run, and how good it should be."""

    name: str
    words: tuple[str, ...]
    bytes_per_s: float | None = None
    """How fast the line is."""
    targets: dict[str, tuple[str, float]] = field(default_factory=dict)
    """Figure -> ("<=" or ">=", limit)."""
    has_keys: bool = True
    start: tuple[str, ...] = ()
    """Keys before it is measured."""


COLORS = ("truecolor", "256")
WATCHED = {
    color: {"bytes_per_s": ("<=", limit), "p95_ms": ("<=", 60.0)}
    for color, limit in zip(COLORS, (200e3, 120e3), strict=True)
}
CASES = (
    *(Case(f"moons, {c}", (*MOONS, "--color", c), targets=WATCHED[c]) for c in COLORS),
    *(Case(f"spiral, {c}", (*SPIRAL, "--color", c), targets=WATCHED[c]) for c in COLORS),
    Case("spiral, 200 kB/s", SPIRAL, bytes_per_s=200e3, targets={"p95_ms": ("<=", 300.0)}),
    Case("spiral, --fps 20", (*SPIRAL, "--fps", "20"), targets={"pictures_per_s": (">=", 15.0)}),
    Case(
        "compare nine, 256",
        (*SPIRAL, "--color", "256", "--learning-rate", "0.1", "--paused"),
        start=("C", *"uuuuuu", " "),
        targets={
            "bytes_per_s": ("<=", 150e3),
            "pictures_per_s": (">=", 8.0),
            "p95_ms": ("<=", 60.0),
        },
    ),
    Case("paused", ("--paused",), targets={"bytes_per_s": ("<=", 0.0), "core": ("<=", 0.01)}, has_keys=False),
)


def measure(case: Case, seconds: float, n_keys: int, rng: random.Random) -> dict[str, float | None]:
    """Return the figures of one case."""
    window = Window(tui_nn(*case.words), bytes_per_s=case.bytes_per_s)
    try:
        window.until_text()
        for key in case.start:
            window.type(key)
            window.watch(BETWEEN_STARTS_S)
        window.watch(WARM_UP_S)
        begin, used = time.perf_counter(), processor_seconds(window.process.pid)
        window.watch(seconds)
        took, now_used = time.perf_counter() - begin, processor_seconds(window.process.pid)
        figures: dict[str, float | None] = {
            "bytes_per_s": window.bytes_since(begin) / took,
            "pictures_per_s": sum(at > begin for at in window.queries) / took,
            "core": None if used is None or now_used is None else (now_used - used) / took,
        }
        if case.has_keys:
            delays = sorted(press_keys(window, n_keys, rng))
            figures |= {"p50_ms": at(delays, 0.5), "p95_ms": at(delays, 0.95)}
        return figures
    finally:
        window.close()


def press_keys(window: Window, n_keys: int, rng: random.Random) -> list[float]:
    """Return the milliseconds from each key to its effect on the screen."""
    delays = []
    for number in range(n_keys):
        window.watch(rng.uniform(*BETWEEN_KEYS_S))
        key, shown = RATES[number % 2]
        since = len(window.written)
        pressed = window.type(key)
        seen = window.until(shown, since, patience_s=5.0)
        delays.append(float("inf") if seen is None else 1e3 * (seen - pressed))
    return delays


def at(ordered: list[float], part: float) -> float:
    """Return the value below which that part of the ordered values is."""
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def missed(case: Case, figures: dict[str, float | None]) -> list[str]:
    """Return the targets that are not met, in words."""
    words = []
    for name, (sign, limit) in case.targets.items():
        value = figures.get(name)
        if value is not None and (value > limit if sign == "<=" else value < limit):
            words.append(f"{name} {value:,.3g} (target {sign} {limit:,.3g})")
    return words


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--keys", type=int, default=60)
    parser.add_argument("--only", help="the name of one case")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()

    rng, measured, complaints = random.Random(0), {}, []
    if not chosen.json:
        print(f"{'':18}{'kB/s':>8}{'pictures/s':>12}{'core':>7}{'key p50':>10}{'p95 ms':>8}")
    for case in CASES:
        if chosen.only not in (None, case.name):
            continue
        figures = measured[case.name] = measure(case, chosen.seconds, chosen.keys, rng)
        complaints += [f"{case.name}: {words}" for words in missed(case, figures)]
        if not chosen.json:
            print(row(case.name, figures), flush=True)
    if chosen.json:
        print(json.dumps({"figures": measured, "missed": complaints}))
    else:
        print("\n".join(f"missed: {words}" for words in complaints) or "all targets are met")
    return int(bool(complaints))


def row(name: str, figures: dict[str, float | None]) -> str:
    """Return a line of the table."""

    def cell(figure: str, form: str, width: int, scale: float = 1.0) -> str:
        value = figures.get(figure)
        return f"{'-' if value is None else format(value * scale, form):>{width}}"

    line = f"{name:18}{cell('bytes_per_s', '.1f', 8, 1e-3)}{cell('pictures_per_s', '.1f', 12)}"
    return line + f"{cell('core', '.3f', 7)}{cell('p50_ms', '.0f', 10)}{cell('p95_ms', '.0f', 8)}"


if __name__ == "__main__":
    sys.exit(main())
