"""What is handed over of a comparison: all its runs, from which another trainer goes on."""

from __future__ import annotations

from tui_nn.training.comparing.kept import KeptRun, KeptRuns
from tui_nn.training.comparing.rows import Rows

MOST_BYTES = 20_000_000
"""Runs that take more are not handed over: they would keep pictures out of the pipe."""


def keep(rows: Rows, begun: int, training_seconds: float) -> KeptRuns | None:
    """Return all runs as they are now; None where they are too large to be handed over."""
    trainers = [rows.runs.trainer(position) for position in range(len(rows.runs))]
    size = sum(t.network.parameters.nbytes + t.optimizer.state.nbytes for t in trainers)
    if size > MOST_BYTES:
        return None
    runs = []
    for position, (number, trainer) in enumerate(zip(rows.numbers, trainers, strict=True)):
        ended = rows.runs.outcome(position)
        outcome = None if ended is None else (ended.status, ended.reason)
        runs.append(KeptRun(number, trainer.config, trainer.checkpoint(), outcome))
    runs += [KeptRun(number, refusal.config) for number, refusal in rows.refused.items()]
    return KeptRuns(tuple(runs), begun, rows.next_number, training_seconds)
