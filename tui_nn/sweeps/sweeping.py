"""The loop of a sweep: runs are handed out in tasks of about a second, what comes back is kept at once."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tui_nn.sweeps.estimate import Estimate, units_of
from tui_nn.sweeps.journal import Journal
from tui_nn.sweeps.results import Results
from tui_nn.sweeps.runs import FAILED, REFUSED, Run, no_record
from tui_nn.sweeps.search import Search
from tui_nn.sweeps.workers import MOST_LOSSES, Ended, Workers

TASK_S = 1.0
LOOK_S = 0.1
"""Seconds between two looks at whether the sweep is to be stopped."""


@dataclass(frozen=True)
class Standing:
    """How far a sweep is."""

    n_done: int
    n_runs: int
    left_s: float
    is_measured: bool
    """Whether `left_s` is from runs that have ended."""
    results: Results


class Sweep:
    """Hands runs of a search to workers until none is left."""

    def __init__(self, search: Search, journal: Journal, estimate: Estimate) -> None:
        self.results = Results()
        self.n_lost = 0
        """Tasks that were lost with their worker and given out again."""
        self._search, self._journal, self._estimate = search, journal, estimate
        self._units_left = units_of(search.planned)
        self._ready: deque[Run] = deque()
        self._alone: set[str] = set()
        self._losses: Counter[str] = Counter()
        self._n_out = self._n_done = 0

    def run(
        self, workers: Workers, watch: Callable[[Standing], None], is_stopped: Callable[[], bool]
    ) -> None:
        """Train until all is done, or until `is_stopped`. Raises SweepError; what has ended is kept."""
        while not is_stopped():
            self._hand_out(workers)
            if not self._n_out:
                return
            for ended in workers.wait(LOOK_S):
                self._n_out -= 1
                self._take(ended)
            watch(self.standing(workers.n_slots))

    def standing(self, n_workers: int) -> Standing:
        """Return how far the sweep is."""
        left_s = self._estimate.seconds(max(0.0, self._units_left)) / max(1, n_workers)
        return Standing(
            self._n_done, len(self._search.planned), left_s, self._estimate.is_measured, self.results
        )

    def _hand_out(self, workers: Workers) -> None:
        while workers.n_free:
            task = self._pack(workers.n_slots)
            if not task:
                return
            workers.submit(task)
            self._n_out += 1

    def _pack(self, n_workers: int) -> tuple[Run, ...]:
        """Return runs for about a second, fewer towards the end, so that all workers end together."""
        share = self._estimate.seconds(self._units_left) / (2 * n_workers)
        task: list[Run] = []
        seconds = 0.0
        while not task or seconds < min(TASK_S, share):
            run = self._next()
            if run is None:
                break
            if task and run.key in self._alone:
                self._ready.appendleft(run)
                break
            task.append(run)
            seconds += self._estimate.seconds(units_of([run]))
            if run.key in self._alone:
                break
        return tuple(task)

    def _next(self) -> Run | None:
        """Return the next run that has to be trained."""
        if self._ready:
            return self._ready.popleft()
        while (run := self._search.next()) is not None:
            self.results.expect(run)
            known = no_record(REFUSED, run.trouble) if run.config is None else self._journal.record(run)
            if known is None:
                return run
            self.results.n_known += run.config is not None
            self._end(run, known)
        return None

    def _take(self, ended: Ended) -> None:
        if ended.outcomes is None:
            self.n_lost += 1
            for run in ended.runs:
                self._lose(run)
            return
        for run, (record, seconds) in zip(ended.runs, ended.outcomes, strict=True):
            if run.config is not None and record["status"] != FAILED:
                self._estimate.learn(run.config, seconds)
            self._end(run, record)
        self._journal.add(
            [(run, record) for run, (record, _) in zip(ended.runs, ended.outcomes, strict=True)]
        )

    def _lose(self, run: Run) -> None:
        """Train a run again whose worker was lost: alone, so that it takes no other along."""
        self._losses[run.key] += 1
        if self._losses[run.key] < MOST_LOSSES:
            self._alone.add(run.key)
            self._ready.append(run)
            return
        words = f"its worker was lost {MOST_LOSSES} times, perhaps for want of memory"
        self._end(run, no_record(FAILED, words))

    def _end(self, run: Run, record: dict[str, Any]) -> None:
        self._n_done += 1
        self._units_left -= units_of([run])
        self.results.add(run, record)
        self._search.told(run, record)
