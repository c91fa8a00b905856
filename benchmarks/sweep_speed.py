"""How fast a sweep of runs that train alone is: two processes, and two workers of Dask, over one process.

    python benchmarks/sweep_speed.py [--seconds 60]

The same runs (784-128-10 on drawn digits, which gain nothing in a stack) are trained by one process, by two,
and by two workers of Dask; the ratio of times is what counts. Workers are started, and have worked once,
before the clock runs. Then one of two workers is killed on the way: no result may be lost, none be there
twice. Nothing else should run on the machine: the ratio to two busy cores says how busy it was.
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

from tui_nn.sweeps.cluster import Cluster, connect
from tui_nn.sweeps.estimate import measure
from tui_nn.sweeps.journal import Journal
from tui_nn.sweeps.planning import make_search
from tui_nn.sweeps.processes import Processes
from tui_nn.sweeps.space_of import no_settings, space_of
from tui_nn.sweeps.sweeping import Standing, Sweep
from tui_nn.sweeps.varying import read_varying
from tui_nn.sweeps.workers import Workers

PORT = 18791


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
    dask = str(Path(sys.executable).parent / "dask")
    address = f"tcp://127.0.0.1:{PORT}"
    log = (folder / "log").open("wb")
    started = [
        subprocess.Popen(
            [dask, "scheduler", "--host", "127.0.0.1", "--port", str(PORT), "--no-dashboard"], stderr=log
        )
    ]
    words = [dask, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    started += [subprocess.Popen(words, stderr=log) for _ in range(2)]
    time.sleep(6)
    found = connect(address, None, print)
    assert found.n_slots == 2
    return found, started


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0, help="about how long one process takes")
    seconds = parser.parse_args().seconds
    one = Processes(1)
    n_runs = max(8, math.ceil(8 * seconds / min(timed(one, 8), timed(one, 8))))
    print(f"{n_runs} runs; two busy processes do {busy():.2f} times what one does")
    alone = timed(one, n_runs)
    two = Processes(2)
    timed(two, 8)
    times = {"two processes": timed(two, n_runs)}
    kill_at = n_runs // 3

    def kill(standing: Standing) -> None:
        nonlocal kill_at
        if kill_at and standing.n_done >= kill_at:
            kill_at = 0
            os.kill(two.process_ids[0], signal.SIGKILL)

    times["two processes, one killed and started again"] = timed(two, n_runs, kill)
    two.stop()
    with tempfile.TemporaryDirectory() as folder:
        both, started = cluster(Path(folder))
        try:
            timed(both, 8)
            times["two workers of Dask"] = timed(both, n_runs)
            kill_at = n_runs // 3

            def kill_worker(standing: Standing) -> None:
                nonlocal kill_at
                if kill_at and standing.n_done >= kill_at:
                    kill_at = 0
                    started[2].kill()

            times["two workers of Dask, one killed"] = timed(both, n_runs, kill_worker)
        finally:
            both.stop()
            for process in started:
                process.kill()
                process.wait()
    times["one process, before and after"] = (alone + timed(one, n_runs)) / 2
    one.stop()
    for name, taken in times.items():
        print(f"{name:<45}{taken:7.1f} s  {times['one process, before and after'] / taken:.2f}")
    print(f"two busy processes do {busy():.2f} times what one does; 0 results lost, none there twice")


if __name__ == "__main__":
    main()
