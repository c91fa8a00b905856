"""How long from choosing a lesson in the course to its first step with the first picture of its run?

    python benchmarks/lesson_start.py [--rounds 9] [--lesson 3] [--target-ms 300] [--json]

The course is open in a terminal of 80x24, and a person has just read it; enter chooses the lesson. The exit
status is 1 if the median misses the target.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import tempfile

from window import Window, tui_nn

from tui_nn.lessons.course import read_course, shipped_folder

READING_S = 1.5
"""So long the map of the course is looked at."""


def lesson_start(number: int) -> float:
    """Return the milliseconds from enter to the first step of a lesson, with its run in the state line."""
    lesson = read_course(shipped_folder()).lessons[number - 1]
    with tempfile.TemporaryDirectory() as state:
        window = Window(tui_nn(), (80, 24), variables={"TUI_NN_STATE": state})
        try:
            window.until(rb"epoch")
            window.type("5")
            window.until(lesson.title.encode() if number < 10 else rb"Lessons")
            window.type("\x1b[B" * (number - 1))
            window.watch(READING_S)
            since, pressed = len(window.written), window.type("\r")
            shown = window.until(re.escape(lesson.steps[0].title.encode()), since)
            drawn = window.until(rb"1/\d", since)
            if shown is None or drawn is None:
                raise TimeoutError(f"{lesson.name} did not begin")
            return 1000 * (max(shown, drawn) - pressed)
        finally:
            window.close()


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--lesson", type=int, default=3, help="its number in the course")
    parser.add_argument("--target-ms", type=float, default=300.0)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()

    lesson_start(chosen.lesson)  # compiles the modules
    median = statistics.median(lesson_start(chosen.lesson) for _ in range(chosen.rounds))
    if chosen.json:
        print(json.dumps({"lesson": chosen.lesson, "median_ms": median, "target_ms": chosen.target_ms}))
    else:
        print(f"lesson {chosen.lesson}: {median:.0f} ms (target {chosen.target_ms:.0f})")
    return 1 if median > chosen.target_ms else 0


if __name__ == "__main__":
    sys.exit(main())
