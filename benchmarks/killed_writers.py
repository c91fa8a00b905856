"""kill -9 at random moments of everything that writes a run: the older or the newer file is whole, always.

    python benchmarks/killed_writers.py [KILLS]

Prints a line at the end, or the first file that is neither, with exit status 1.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tui_nn.training.saved_run import load_run

WRITER = """
import sys
from pathlib import Path
from tui_nn.training.remote.kept_runs import KeptRuns
from tui_nn.settings.config import Config
from tui_nn.training.saving import save_run
from tui_nn.training.trainer import Trainer

folder, trainer = Path(sys.argv[1]), Trainer(Config(hidden_sizes=(200, 200)))
kept = KeptRuns(folder / "runs")
print("ready", flush=True)
while True:
    trainer.advance()
    save_run(folder / "run.npz", trainer)
    kept.keep(trainer.checkpoint(), "playground")
"""


def main() -> int:
    kills, rng = int(sys.argv[1]) if len(sys.argv) > 1 else 200, random.Random(0)
    with TemporaryDirectory() as name:
        folder = Path(name)
        last_step = 0
        for kill in range(kills):
            command = [sys.executable, "-c", WRITER, name]
            with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
                assert writer.stdout is not None
                writer.stdout.readline()
                time.sleep(rng.uniform(0.0, 0.2))
                writer.send_signal(signal.SIGKILL)
            for path in folder.rglob("*.npz"):
                last_step = max(last_step, load_run(path).checkpoint().step)
            left = list(folder.rglob("*.part"))
            if len(left) > 1:
                print(f"after kill {kill + 1}: {left}")
                return 1
        print(f"{kills} kills: every file whole, {len(left)} .part left, {last_step} steps in the furthest")
    return 0


if __name__ == "__main__":
    sys.exit(main())
