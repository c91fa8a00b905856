"""Does a run that is watched for long stay as it was: memory, keys, curves, timeline?

    python benchmarks/soak.py [--minutes 20] [--every 30] [--most-growth 0.1] [--json] [settings ...]

tui-nn runs in a terminal of 120x36. At even times the proportional memory of app and trainer is read from
/proc (Linux), and ten keys are timed from press to word. The first quarter, in which curves and timeline fill
up, is left out of the slope. At the end the run is saved with its history and read back: its curves and its
timeline are whole if they begin at the first steps, ascend, and end where the run does. The exit status is 1
where memory grows by more MB a minute, the last keys take twice as long as the first, or something is
missing. Settings are those of tui-nn.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from window import Window, tui_nn

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tui_nn.training.saved_run import load_run

KEYS = 10
WORDS = {"t": rb"Train and test points|Training points only"}
"""A key, and what is said when it has been taken."""
BEGINNING = 0.02
"""The first moment that is kept lies within this part of the run."""
KEPT_BYTES = 1 << 16
SLOWER, ALLOWED_MS = 2.0, 45.0


def main() -> int:
    """Run, measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--every", type=float, default=30, metavar="SECONDS")
    parser.add_argument("--most-growth", type=float, default=0.1, metavar="MB/MINUTE")
    parser.add_argument("--json", action="store_true")
    chosen, settings = parser.parse_known_args()

    with tempfile.TemporaryDirectory() as folder:
        found = soak(chosen.minutes * 60, chosen.every, settings, Path(folder) / "soak.npz")
    grows = {name: found[name]["mb_per_minute"] for name in ("app", "trainer")}
    first, last = found["key_ms_first"], found["key_ms_last"]
    is_slower = last > max(SLOWER * first, ALLOWED_MS)
    is_whole = not found["missing"]
    if chosen.json:
        print(json.dumps(found))
    else:
        for name in ("app", "trainer"):
            print(
                f"{name:8} {found[name]['first_mb']:.1f} MB, {found[name]['last_mb']:.1f} MB at the end, "
                f"{grows[name]:+.3f} MB a minute"
            )
        print(f"keys     {first:.0f} ms at the beginning, {last:.0f} ms at the end (medians)")
        print(f"curves and timeline of {found['steps']:,} steps: {found['missing'] or 'whole'}")
    return int(max(grows.values()) > chosen.most_growth or is_slower or not is_whole)


def soak(seconds: float, every_s: float, settings: Sequence[str], path: Path) -> dict[str, Any]:
    """Watch a run for so long; return what was measured."""
    window = Window(tui_nn(*settings), variables={"TUI_NN_STATE": str(path.parent)})
    try:
        window.until_text()
        window.watch(min(5.0, seconds))
        pids = {"app": window.process.pid, "trainer": trainer_of(window.process.pid)}
        samples: list[tuple[float, dict[str, float]]] = []
        latencies = [key_ms(window)]
        began = time.perf_counter()
        while (passed := time.perf_counter() - began) < seconds:
            samples.append((passed / 60, {name: proportional_mb(pid) for name, pid in pids.items()}))
            watch(window, min(every_s, seconds - passed))
            latencies.append(key_ms(window))
        window.type(" ")
        window.watch(2.0)
        since = len(window.written)
        window.type("W")
        window.watch(1.0)
        window.type(f"\x15{path}\r")  # ctrl+u empties the field
        if window.until(rb"[Ss]aved|[Ww]ritten|cannot", since) is None:
            raise TimeoutError("the run was not saved")
        deadline = time.perf_counter() + 10
        while not path.exists() and time.perf_counter() < deadline:
            window.watch(0.2)
    finally:
        window.close()
    found: dict[str, Any] = {
        name: slope([(at, values[name]) for at, values in samples]) for name in ("app", "trainer")
    }
    steps, missing = what_is_missing(path)
    return found | {
        "key_ms_first": latencies[0],
        "key_ms_last": latencies[-1],
        "steps": steps,
        "missing": missing,
        "minutes": seconds / 60,
    }


def watch(window: Window, seconds: float) -> None:
    """Read for so many seconds, and forget what was read."""
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        window.watch(min(left, 1.0))
        window.written = window.written[-KEPT_BYTES:]
        window.log = window.log[-1:]
        window.queries.clear()


def key_ms(window: Window) -> float:
    """Return the median milliseconds from a key to its words."""
    found = []
    for key, words in list(WORDS.items()) * KEYS:
        since = len(window.written)
        pressed = window.type(key)
        shown = window.until(words, since, patience_s=10)
        if shown is None:
            raise TimeoutError(f"nothing was said to {key}")
        found.append(1e3 * (shown - pressed))
        window.watch(0.3)
    return statistics.median(found)


def trainer_of(pid: int) -> int:
    """Return the process that trains."""
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


def proportional_mb(pid: int) -> float:
    """Return the memory of a process, with its part of what it shares."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024


def slope(samples: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Return first and last, and how much is added a minute after the first quarter (least squares)."""
    settled = samples[len(samples) // 4 :]
    minutes, sizes = zip(*settled, strict=True)
    growth = statistics.linear_regression(minutes, sizes).slope if len(settled) > 1 else 0.0
    return {"first_mb": samples[0][1], "last_mb": samples[-1][1], "mb_per_minute": growth}


def what_is_missing(path: Path) -> tuple[int, str]:
    """Return the steps of a saved run, and what of its curves and its timeline is not there, in words."""
    run = load_run(path)
    timeline = run.timeline()
    if timeline is None:
        return 0, "there is no timeline"
    checkpoint = run.checkpoint()
    curves = [int(record[0]) for record in checkpoint.history_state["records"]]
    frames = [frame.step for frame in timeline.frames]
    steps = checkpoint.step
    for name, kept in (("curves", curves), ("timeline", frames)):
        if kept[0] > BEGINNING * steps:
            return steps, f"the {name} begin at step {kept[0]:,}"
        if any(b <= a for a, b in pairwise(kept)):
            return steps, f"the {name} do not ascend"
        if kept[-1] < (1 - 2 * BEGINNING) * steps:
            return steps, f"the {name} end at step {kept[-1]:,} of {steps:,}"
    return steps, ""


if __name__ == "__main__":
    sys.exit(main())
