"""The loop of a sweep: runs are handed out in tasks of about a second, what comes back is kept at once."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tui_nn.sweeps.estimate import Estimate
from tui_nn.sweeps.journal import Journal
from tui_nn.sweeps.journal_lines import Progress
from tui_nn.sweeps.results import Results
from tui_nn.sweeps.runs import FAILED, REFUSED, Run, no_record
from tui_nn.sweeps.search import Search
from tui_nn.sweeps.workers import MOST_LOSSES, Ended, Workers

TASK_S = 1.0
FEWEST_TOGETHER, MOST_TOGETHER = 16, 64
"""Runs of a task that are trained together, where there are so many for every worker; and of any task."""
MOST_PASSED = 256
"""So many runs of another kind are looked through for some that go together."""
LOOK_S = 0.1
"""Seconds between two looks at whether the sweep is to be stopped."""


@dataclass(frozen=True)
class Standing:
    """How far a sweep is."""

    n_done: int
    n_runs: int
    n_workers: int
    left_s: float
    is_measured: bool
    """Whether `left_s` is from runs that have ended."""
    results: Results

    @property
    def progress(self) -> Progress:
        """What of it a journal keeps."""
        return Progress(self.n_done, self.n_runs, self.left_s)


class Sweep:
    """Hands runs of a search to workers until none is left."""

    def __init__(self, search: Search, journal: Journal, estimate: Estimate) -> None:
        self.results = Results()
        self.n_lost = 0
        """Tasks that were lost with their worker and given out again."""
        self._search, self._journal, self._estimate = search, journal, estimate
        self._guess_left = estimate.guess(search.planned)
        self._ready: deque[Run] = deque()
        self._alone: set[str] = set()
        self._losses: Counter[str] = Counter()
        self._n_out = self._n_done = self._n_handed_out = 0

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
                self._take(ended, workers.n_slots)
            watch(self.standing(workers.n_slots))

    def standing(self, n_workers: int) -> Standing:
        """Return how far the sweep is."""
        left_s = self._estimate.seconds(max(0.0, self._guess_left)) / max(1, n_workers)
        return Standing(
            self._n_done,
            len(self._search.planned),
            n_workers,
            left_s,
            self._estimate.is_measured,
            self.results,
        )

    def _hand_out(self, workers: Workers) -> None:
        while workers.n_free:
            task = self._pack(workers.n_slots)
            if not task:
                return
            workers.submit(task)
            self._n_out += 1
            self._n_handed_out += len(task)

    def _pack(self, n_workers: int) -> tuple[Run, ...]:
        """Return runs for about a second, fewer towards the end, so that all workers end together.

        Runs that are trained together are packed together, for they take less time then.
        """
        first = self._next()
        if first is None:
            return ()
        task, passed = [first], list[Run]()
        seconds = self._seconds(first)
        fewest, most_s = self._size(first, n_workers)
        while first.key not in self._alone and (len(task) < fewest or seconds < most_s):
            if len(task) == MOST_TOGETHER or len(passed) == MOST_PASSED or (run := self._next()) is None:
                break
            if run.key in self._alone or run.stack != first.stack:
                passed.append(run)
                continue
            task.append(run)
            seconds += self._seconds(run)
        self._ready.extendleft(reversed(passed))
        return tuple(task)

    def _size(self, first: Run, n_workers: int) -> tuple[int, float]:
        """Return how many runs a task like this one has at least, and how many seconds it takes."""
        n_left = len(self._search.planned) - self._n_done - self._n_handed_out
        share = self._estimate.seconds(self._guess_left) / (2 * n_workers)
        fewest = min(FEWEST_TOGETHER, first.most_together, n_left // n_workers) if first.stack else 1
        return fewest, min(TASK_S, share)

    def _seconds(self, run: Run) -> float:
        return self._estimate.seconds(self._estimate.guess([run]))

    def _next(self) -> Run | None:
        """Return the next run that has to be trained."""
        if self._ready:
            return self._ready.popleft()
        while (run := self._search.next()) is not None:
            self.results.expect(run)
            known = no_record(REFUSED, run.trouble) if run.config is None else self._journal.record(run)
            if known is None:
                return run
            self._end(run, known)
            if run.config is None:
                self._journal.add([(run, known)])
            else:
                self.results.n_known += 1
        return None

    def _take(self, ended: Ended, n_workers: int) -> None:
        self._n_handed_out -= len(ended.runs)
        if ended.outcomes is None:
            self.n_lost += 1
            for run in ended.runs:
                self._lose(run, is_last=ended.is_given_up and len(ended.runs) == 1)
            return
        for run, (record, seconds) in zip(ended.runs, ended.outcomes, strict=True):
            if run.config is not None and record["status"] != FAILED:
                self._estimate.learn(run, seconds)
            self._end(run, record)
        self._journal.add(
            [(run, record) for run, (record, _) in zip(ended.runs, ended.outcomes, strict=True)],
            self.standing(n_workers).progress,
        )

    def _lose(self, run: Run, is_last: bool) -> None:
        """Train a run again whose worker was lost: alone, so that it takes no other along."""
        self._losses[run.key] += 1
        if self._losses[run.key] < MOST_LOSSES and not is_last:
            self._alone.add(run.key)
            self._ready.append(run)
            return
        record = no_record(FAILED, "its worker was lost again and again, perhaps for want of memory")
        self._end(run, record)
        self._journal.add([(run, record)])

    def _end(self, run: Run, record: dict[str, Any]) -> None:
        self._n_done += 1
        self._guess_left -= self._estimate.guess([run])
        self.results.add(run, record)
        self._search.told(run, record)
