"""What does noticing the moments of a run cost?

    python benchmarks/watching.py [--rounds 10] [--seconds 1] [--target 0.9] [--json] [settings]

Trains the same run twice, flat out: with the checkups from which moments and the curves of gradients are
made, and without. The two take turns, so that a busy machine slows both; wall-clock time counts, with all
that is recorded. Settings are those of `tui-nn train`; the default is 2-8-8-1 on moons. The exit status is 1
if the part of the speed that is left misses the target.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tui_nn.settings.config import Config
from tui_nn.settings.flags import add_settings, read_config
from tui_nn.training.commands import Command, Play
from tui_nn.training.moments.checkups import Checkup, Checkups
from tui_nn.training.session import Session


class NoCheckups(Checkups):
    """Looks at nothing."""

    def is_due(self, step: int) -> bool:
        """Never."""
        return False

    def add(self, checkup: Checkup) -> None:
        """Keep nothing."""


def session_of(config: Config, is_watched: bool) -> Session:
    """Return a session at its first step."""
    session = Session(config)
    if not is_watched:
        session.trainer.checkups = NoCheckups()
    return session


def steps_per_second(session: Session, seconds: float) -> float:
    """Train for about so many seconds of the wall's clock."""
    commands: list[Command] = [Play()]
    began, first = time.perf_counter(), session.trainer.step

    def receive(wait_s: float | None) -> list[Command] | None:
        if commands:
            return [commands.pop()]
        return [] if time.perf_counter() - began < seconds else None

    session.run(receive, lambda message: None)
    return (session.trainer.step - first) / (time.perf_counter() - began)


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--target", type=float, default=0.9)
    parser.add_argument("--json", action="store_true")
    add_settings(parser)
    chosen = parser.parse_args()
    chosen.hidden_sizes = chosen.hidden_sizes or "8,8"
    config = read_config(chosen, {}).replace(speed=None, pause_on=())

    watched, alone = session_of(config, True), session_of(config, False)
    pairs = []
    for number in range(chosen.rounds):
        order = (watched, alone) if number % 2 else (alone, watched)
        speeds = {session: steps_per_second(session, chosen.seconds) for session in order}
        pairs.append((speeds[watched], speeds[alone]))
        if not chosen.json:
            print(f"round {number + 1:2}: {speeds[watched]:9,.0f} watched {speeds[alone]:9,.0f} not, steps/s")
    ratio = statistics.median(seen / unseen for seen, unseen in pairs)
    if chosen.json:
        print(json.dumps({"pairs": pairs, "median_ratio": ratio, "target": chosen.target}))
    else:
        print(f"median ratio {ratio:.3f} (target {chosen.target:.2f})")
    return int(ratio < chosen.target)


if __name__ == "__main__":
    sys.exit(main())
