"""How long from the command to the first words on the screen, next to an empty Textual app?

    python benchmarks/first_paint.py [--rounds 9] [--target 1.9] [--json]

Both are started in turn in a terminal of 120x36. The exit status is 1 if the median ratio misses the target.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys

from window import Window, tui_nn

EMPTY = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("text")

Empty().run()
"""


def first_paint(command: list[str]) -> float:
    """Return the seconds to the first word."""
    window = Window(command)
    try:
        return window.until_text()
    finally:
        window.close()


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--target", type=float, default=1.9)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()

    first_paint(tui_nn())  # compiles the modules
    rounds = [
        (first_paint(tui_nn()), first_paint([sys.executable, "-c", EMPTY])) for _ in range(chosen.rounds)
    ]
    ours, empty = (statistics.median(times) for times in zip(*rounds, strict=True))
    ratio = statistics.median(a / b for a, b in rounds)
    if chosen.json:
        figures = {"tui_nn_s": ours, "empty_app_s": empty, "median_ratio": ratio, "target": chosen.target}
        print(json.dumps(figures))
    else:
        print(
            f"tui-nn {ours:.3f} s, empty app {empty:.3f} s, median ratio {ratio:.2f} (target {chosen.target})"
        )
    return int(ratio > chosen.target)


if __name__ == "__main__":
    sys.exit(main())
