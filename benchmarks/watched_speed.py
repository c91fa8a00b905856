"""How much of the headless speed is left when a run is watched?

    python benchmarks/watched_speed.py [--pairs 5] [--seconds 5] [--target 0.8] [--json]

Runs tui-nn in a terminal, flat out on 2-8-8-1 moons, and reads steps/s from its state line; then the headless
`tui-nn train` with the same settings, which prints its own. Such pairs follow each other, so that a busy
machine slows both. The exit status is 1 if the median ratio misses the target.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys

from window import ROOT, Window, plain, tui_nn

SETTINGS = ("--dataset", "moons", "--hidden", "8,8", "--threads", "1")
SIZE = (160, 48)
"""Wide enough for the state line to hold its speeds."""
WARM_UP_S = 2.0
STEPS_PER_S = re.compile(rb"([\d,]+) steps/s")


def watched(seconds: float) -> float:
    """Return the median of the steps/s that the state line shows, after a moment to warm up."""
    window = Window(tui_nn(*SETTINGS, "--speed", "full"), SIZE)
    try:
        window.until_text()
        window.watch(WARM_UP_S)
        begin = len(window.written)
        window.watch(seconds)
        shown = STEPS_PER_S.findall(plain(window.written[begin:]))
    finally:
        window.close()
    return statistics.median(int(number.replace(b",", b"")) for number in shown)


def headless(epochs: int) -> float:
    """Return the steps/s that the headless command prints."""
    command = tui_nn("train", *SETTINGS, "--epochs", str(epochs), "--json")
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(json.loads(ended.stdout)["steps_per_second"])


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--epochs", type=int, default=3000, help="of each headless run")
    parser.add_argument("--target", type=float, default=0.8)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()

    pairs = []
    for number in range(chosen.pairs):
        pairs.append((watched(chosen.seconds), headless(chosen.epochs)))
        if not chosen.json:
            seen, alone = pairs[-1]
            print(
                f"pair {number + 1}: {seen:9,.0f} watched {alone:9,.0f} headless steps/s {seen / alone:6.2f}"
            )
    ratio = statistics.median(seen / alone for seen, alone in pairs)
    if chosen.json:
        print(json.dumps({"pairs": pairs, "median_ratio": ratio, "target": chosen.target}))
    else:
        print(f"median ratio {ratio:.2f} (target {chosen.target:.2f})")
    return int(ratio < chosen.target)


if __name__ == "__main__":
    sys.exit(main())
