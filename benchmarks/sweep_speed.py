"""How fast a sweep of runs that train alone is: two processes, and two workers of Dask, over one process.

    python benchmarks/sweep_speed.py [--seconds 60] [--rounds 3]

The same runs (784-128-10 on drawn digits, which gain nothing in a stack) are trained by one process, by two,
and by two workers of Dask, in turn and several times over, so that what else the machine does falls on all
alike; the ratio of times is what counts. Workers are started, and have worked once, before the clock runs.
Then one of two workers is killed on the way: no result may be lost, none be there twice. The status is 1
where two processes are not 1.8 times one, or two workers not 1.6 times. Nothing else should run on the
machine: what two busy processes do, measured before each round, says how busy it was, and below 1.9 nothing
is judged.
"""

from __future__ import annotations

import argparse
import math
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

from tui_nn.files.errors import FileError
from tui_nn.sweeps.cluster import Cluster, connect
from tui_nn.sweeps.errors import SweepError
from tui_nn.sweeps.estimate import measure
from tui_nn.sweeps.journal import Journal
from tui_nn.sweeps.planning import make_search
from tui_nn.sweeps.processes import Processes
from tui_nn.sweeps.space_of import no_settings, space_of
from tui_nn.sweeps.sweeping import Standing, Sweep
from tui_nn.sweeps.varying import read_varying
from tui_nn.sweeps.workers import Workers

LEAST = {"two processes": 1.8, "two workers of Dask": 1.6}
IDLE = 1.9
"""Two busy processes do so much more than one on two idle cores."""
START_S = 60.0


def make_sweep(n_runs: int) -> Sweep:
    """Return a sweep over so many learning rates."""
    arguments = no_settings()
    arguments.dataset, arguments.samples, arguments.epochs = "digits", "2000", "8"
    rates = ",".join(f"{0.0001 * (1 + i):.4f}" for i in range(n_runs))
    search = make_search(space_of([read_varying(f"learning_rate={rates}")], 0, arguments, {}), "grid", None)
    return Sweep(search, Journal(None), measure(search.planned))


def timed(workers: Workers, n_runs: int, watch: Callable[[Standing], None] = lambda standing: None) -> float:
    """Return the seconds of a sweep, and check that each run is there once."""
    sweep = make_sweep(n_runs)
    began = time.perf_counter()
    sweep.run(workers, watch, lambda: False)
    seconds = time.perf_counter() - began
    rates = Counter(row["learning_rate"] for row in sweep.results.rows if row["status"] == "finished")
    assert len(rates) == n_runs, f"{n_runs - len(rates)} results were lost"
    assert set(rates.values()) == {1}, "a result is there twice"
    return seconds


def busy() -> float:
    """Return how much two busy processes do of what one does twice: 2 on two idle cores."""
    spin = (
        "import time; n = 0; e = time.perf_counter() + 1.5\nwhile time.perf_counter() < e: n += 1\nprint(n)"
    )

    def done(n: int) -> int:
        started = [subprocess.Popen([sys.executable, "-c", spin], stdout=subprocess.PIPE) for _ in range(n)]
        return sum(int(process.communicate()[0]) for process in started)

    return done(2) / done(1)


def cluster(folder: Path) -> tuple[Cluster, list[subprocess.Popen[bytes]]]:
    """Start a scheduler and two workers; return the connection."""
    dask, file = str(Path(sys.executable).parent / "dask"), folder / "scheduler.json"
    words = [
        [
            dask,
            "scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(file),
        ],
        *[
            [dask, "worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", "--no-dashboard"]
            for _ in range(2)
        ],
    ]
    with (folder / "log").open("wb") as log:
        started = [subprocess.Popen(line, stderr=log) for line in words]
    until = time.monotonic() + START_S
    while True:
        try:
            found = connect(str(file), None, print)
            if found.n_slots == 2:
                return found, started
            found.stop()
        except (SweepError, FileError):
            pass
        assert time.monotonic() < until, (folder / "log").read_text()
        time.sleep(0.5)


def with_a_kill(workers: Workers, n_runs: int, kill: Callable[[], None]) -> float:
    """Return the seconds of a sweep one of whose workers is killed when a third is done."""
    has_killed = False

    def watch(standing: Standing) -> None:
        nonlocal has_killed
        if not has_killed and standing.n_done >= n_runs // 3:
            has_killed = True
            kill()

    seconds = timed(workers, n_runs, watch)
    assert has_killed
    return seconds


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0, help="about how long one process takes in all")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    one, two = Processes(1), Processes(2)
    with tempfile.TemporaryDirectory() as folder:
        both, started = cluster(Path(folder))
        try:
            timed(two, 8), timed(both, 8)
            n_runs = max(
                8, math.ceil(8 * arguments.seconds / arguments.rounds / min(timed(one, 8), timed(one, 8)))
            )
            print(f"{arguments.rounds} rounds of {n_runs} runs")
            kinds: dict[str, Workers] = {
                "one process": one,
                "two processes": two,
                "two workers of Dask": both,
            }
            times: dict[str, list[float]] = {name: [] for name in kinds}
            loads = [busy()]
            for _ in range(arguments.rounds):
                for name, workers in kinds.items():
                    times[name].append(timed(workers, n_runs))
                loads.append(busy())
            status = judge(times, loads)
            killed = {
                "two processes, one killed": with_a_kill(
                    two, n_runs, lambda: os.kill(two.process_ids[0], signal.SIGKILL)
                ),
                "two workers of Dask, one killed": with_a_kill(both, n_runs, started[2].kill),
            }
            for name, seconds in killed.items():
                print(f"{name:<35}{seconds:7.1f} s, {n_runs} results, none lost, none twice")
        finally:
            for workers in (one, two, both):
                workers.stop()
            for process in started:
                process.kill()
                process.wait()
    return status


def judge(times: dict[str, list[float]], loads: list[float]) -> int:
    """Print the ratios to one process, of all rounds together and of each; return the status."""
    first = times["one process"]
    load = min(loads)
    print(f"two busy processes do {load:.2f} to {max(loads):.2f} times what one does")
    status = 0
    for name, taken in times.items():
        ratio = sum(first) / sum(taken)
        each = ", ".join(f"{a / b:.2f}" for a, b in zip(first, taken, strict=True))
        least = LEAST.get(name)
        if least is None or load < IDLE:
            verdict = "" if least is None else f"at least {least}: not judged, the machine is busy"
        else:
            verdict = f"at least {least}: {'yes' if ratio >= least else 'NO'}"
            status |= ratio < least
        print(f"{name:<35}{sum(taken):7.1f} s  {ratio:.2f} ({each})  {verdict}".rstrip())
    return status


if __name__ == "__main__":
    sys.exit(main())
