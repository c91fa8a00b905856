"""How long a large table takes to read, against NumPy's own `loadtxt` on the same file.

    python benchmarks/table_reading.py [--rows 1000000] [--columns 20] [--decimal-commas]

Printed are seconds of processor time, their ratio, and the memory of reading in sizes of the float32 array.
Each reads in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

MEASURE = """
import json, resource, sys, time
import numpy as np
from tui_nn.data.table.choosing import table_dataset
from tui_nn.data.table.opening import read_table
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.process_time()
{statement}
taken = time.process_time() - began
print(json.dumps([taken, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024]))
"""
LOADTXT = "np.loadtxt(sys.argv[1], np.float32, delimiter=',', skiprows=1)"
OURS = "table_dataset('t.csv', read_table(sys.argv[1]))"


def measured(statement: str, path: Path) -> tuple[float, float]:
    """Return seconds and bytes that a statement takes in a fresh process."""
    script = MEASURE.format(statement=statement)
    ended = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    seconds, size = json.loads(ended.stdout)
    return seconds, size


def main() -> None:
    """Write a table, read it both ways, print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--columns", type=int, default=20)
    parser.add_argument("--decimal-commas", action="store_true")
    arguments = parser.parse_args()
    rng = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        plain, ours = Path(folder) / "plain.csv", Path(folder) / "ours.csv"
        with open(plain, "w", encoding="ascii") as file:
            file.write(",".join(f"c{i}" for i in range(arguments.columns)) + "\n")
            for start in range(0, arguments.rows, 10_000):
                n = min(10_000, arguments.rows - start)
                np.savetxt(file, rng.normal(size=(n, arguments.columns)), "%.6f", delimiter=",")
        if arguments.decimal_commas:
            ours.write_text(plain.read_text().replace(",", ";").replace(".", ","))
        else:
            ours = plain
        loadtxt, _ = measured(LOADTXT, plain)
        reading, size = measured(OURS, ours)
    array = 4 * arguments.rows * arguments.columns
    print(f"loadtxt {loadtxt:.2f} s, reading {reading:.2f} s: ratio {reading / loadtxt:.2f}")
    print(f"memory of reading: {size / array:.1f} times the float32 array ({array / 1e6:.0f} MB)")


if __name__ == "__main__":
    main()
