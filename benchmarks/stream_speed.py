"""What does a stream cost? The same run with ten lines a second and without, by turns.

python benchmarks/stream_speed.py [--pairs 7] [--seconds 3] [SETTINGS of tui-nn train]

A ratio of 0.95 says that a stream costs 5 % of the training speed. Steps per second of wall time, from the
first step to the last, with whatever the lines take.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tui_nn.commands import parts
from tui_nn.commands.streaming import Streamer
from tui_nn.settings.flags import Parser, add_settings, read_config
from tui_nn.training.commands import RunEpochs
from tui_nn.training.session import Session

READER = "import sys\nfor line in sys.stdin: pass"


class Silent:
    """Lets a session train for a while."""

    def __init__(self, epochs: int) -> None:
        self.commands = [[RunEpochs(epochs)]]

    def receive(self, wait_s):
        if wait_s is None:
            return self.commands.pop() if self.commands else None
        return ()

    def publish(self, message):
        pass


def rate(config, epochs: int, is_streamed: bool, reader) -> float:
    session = Session(config, timeline_bytes=0, looks=parts.new_looks())
    kept, sys.stdout = sys.stdout, reader
    try:
        other = Streamer(session, epochs, None, ()) if is_streamed else Silent(epochs)
        began = time.perf_counter()
        session.run(other.receive, other.publish)
        return session.trainer.step / (time.perf_counter() - began)
    finally:
        sys.stdout = kept


def main() -> None:
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=3.0)
    add_settings(parser)
    arguments = parser.read(sys.argv[1:])
    config = read_config(arguments, {}).replace(speed=None, pause_on=())
    child = subprocess.Popen([sys.executable, "-c", READER], stdin=subprocess.PIPE, text=True)
    probe = rate(config, max(1, 2000 // config.steps_per_epoch), False, child.stdin)
    epochs = max(1, round(arguments.seconds * probe / config.steps_per_epoch))
    ratios = []
    for _ in range(arguments.pairs):
        alone = rate(config, epochs, False, child.stdin)
        ratios.append(rate(config, epochs, True, child.stdin) / alone)
    child.stdin.close()
    child.wait()
    print(
        json.dumps(
            {
                "dataset": config.dataset,
                "epochs": epochs,
                "median": round(statistics.median(ratios), 3),
                "ratios": [round(ratio, 3) for ratio in ratios],
            }
        )
    )


if __name__ == "__main__":
    main()
