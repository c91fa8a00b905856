"""Handing the runs of a comparison over, now and then: a lost trainer goes on from where they were."""

from __future__ import annotations

from collections.abc import Callable

from tui_nn.training.comparing.kept import KeptRun, KeptRuns
from tui_nn.training.comparing.rows import Rows

RESTS = 50
"""The time it took is waited so many times before the next."""
MOST_BYTES = 20_000_000
"""Runs that take more are not handed over: they would keep pictures out of the pipe."""
Moment = tuple[int, int, int]
"""What differs between any two moments: comparisons begun, changes of rows, steps."""


class HandOver:
    """Decides when the runs are handed over: when they have changed, and not too often.

    every_s: at most so often; None: never.
    """

    def __init__(self, every_s: float | None, clock: Callable[[], float]) -> None:
        self._every_s, self._clock = every_s, clock
        self._next_at = clock()
        self._last: Moment = (0, 0, 0)

    def wait_s(self, moment: Moment) -> float | None:
        """Return the seconds until one is due; None while nothing has changed."""
        if self._every_s is None or moment == self._last:
            return None
        return max(0.0, self._next_at - self._clock())

    def offer(
        self, moment: Moment, make: Callable[[], KeptRuns | None], publish: Callable[[KeptRuns], None]
    ) -> None:
        """Hand the runs over, if that is due; `make` returns None where they are too large."""
        now = self._clock()
        if self._every_s is None or moment == self._last or now < self._next_at:
            return
        kept = make()
        if kept is not None:
            publish(kept)
        self._last = moment
        self._next_at = now + max(self._every_s, RESTS * (self._clock() - now))


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
