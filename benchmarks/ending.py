"""How soon is the app gone after hang-up, end, stop and going on, in any order?

    python benchmarks/ending.py [--rounds 1] [--target-s 0.5] [--json]

Starts the app in a pseudo-terminal, sends it signals with a pause of 0.02 to 0.5 s between them, closes the
terminal, and takes the time until the process is gone; on a quiet machine, and with a busy process for each
core. The exit status is 1 if one takes longer than the target.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fuzz import Session

ORDERS = ("HUP CONT", "TERM CONT", "CONT HUP", "TSTP CONT HUP", "TSTP HUP CONT", "HUP TSTP CONT", "CONT", "")
PAUSES_S = (0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
WARM_UP_S = 0.5
GIVE_UP_S = 10.0
BUSY = "while True: pass"


def ending(order: str, pause_s: float, folder: Path) -> float:
    """Return the seconds from the last event, the closing of the terminal, until the process is gone."""
    session = Session(("--paused",), (80, 24), folder)
    session.begin()
    session.rest(WARM_UP_S)
    for name in order.split():
        if session.process.poll() is None:
            os.kill(session.process.pid, getattr(signal, f"SIG{name}"))
        session.rest(pause_s)
    session.hang_up()
    closed = time.monotonic()
    while session.process.poll() is None and time.monotonic() < closed + GIVE_UP_S:
        time.sleep(0.005)
    took = time.monotonic() - closed
    session.process.kill()
    session.process.wait()
    return took


def main() -> int:
    """Measure, print, and compare with the target."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--target-s", type=float, default=0.5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    slowest: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for load in ("quiet", "busy"):
            n_busy = os.cpu_count() or 1 if load == "busy" else 0
            busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(n_busy)]
            try:
                for order in ORDERS:
                    times = [
                        ending(order, pause, Path(folder))
                        for pause in PAUSES_S
                        for _ in range(options.rounds)
                    ]
                    slowest[f"{load}: {order} close"] = round(max(times), 3)
                    if not options.json:
                        print(f"{load:6} {order + ' close':22} slowest {max(times):6.3f} s", flush=True)
            finally:
                for process in busy:
                    process.kill()
                    process.wait()
    is_met = max(slowest.values()) <= options.target_s
    if options.json:
        print(json.dumps({"slowest_s": slowest, "target_s": options.target_s, "met": is_met}))
    else:
        print(f"target {options.target_s:g} s: {'met' if is_met else 'missed'}")
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
