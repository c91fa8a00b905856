"""The loop of a sweep: tasks of a sensible size, workers that are lost, estimates that learn."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable
from typing import Any

from tui_nn.sweeps.estimate import Estimate, units_of
from tui_nn.sweeps.journal import Journal
from tui_nn.sweeps.planning import make_search
from tui_nn.sweeps.processes import Processes
from tui_nn.sweeps.runs import Run
from tui_nn.sweeps.search import Search
from tui_nn.sweeps.space_of import no_settings, space_of
from tui_nn.sweeps.sweeping import MOST_TOGETHER, Standing, Sweep
from tui_nn.sweeps.varying import read_varying
from tui_nn.sweeps.workers import MOST_LOSSES, Ended


def search_of(over: str, seeds: int = 0, **given: str) -> Search:
    arguments = no_settings()
    for name, text in given.items():
        setattr(arguments, name, text)
    return make_search(space_of([read_varying(over)], seeds, arguments, {}), "grid", None)


class FakeWorkers:
    """Takes `seconds` for every run without training it; loses tasks that hold certain runs."""

    def __init__(self, seconds: float, is_lost: Callable[[Run], bool] = lambda run: False) -> None:
        self.n_slots = 2
        self.tasks: list[tuple[Run, ...]] = []
        self._seconds, self._is_lost = seconds, is_lost
        self._out: list[tuple[Run, ...]] = []

    @property
    def n_free(self) -> int:
        return self.n_slots - len(self._out)

    def submit(self, runs: tuple[Run, ...]) -> None:
        self._out.append(runs)
        self.tasks.append(runs)

    def wait(self, seconds: float) -> list[Ended]:
        runs = self._out.pop(0)
        if any(map(self._is_lost, runs)):
            return [Ended(runs, None)]
        return [Ended(runs, [({"status": "finished", "test_loss": 0.5}, self._seconds) for _ in runs])]

    def stop(self) -> None:
        self._out.clear()


def played(search: Search, workers: FakeWorkers, first_s: float = 1.0) -> tuple[Sweep, list[Standing]]:
    units = units_of(search.planned) / len(search.planned)
    sweep, standings = Sweep(search, Journal(None), Estimate(first_s / units)), list[Standing]()
    sweep.run(workers, standings.append, lambda: False)
    return sweep, standings


def ended(sweep: Sweep) -> dict[Any, str]:
    return {(run.choice, run.seed): record["status"] for run, record in sweep.results.ended}


def test_runs_that_train_alone_go_out_in_tasks_of_about_a_second() -> None:
    workers = FakeWorkers(0.1)

    played(
        search_of("learning_rate=" + ",".join(f"0.{i}" for i in range(100, 300)), dataset="digits"),
        workers,
        0.1,
    )

    assert Counter(map(len, workers.tasks)).most_common(1)[0][0] in (10, 11)  # rounding
    assert len(workers.tasks[-1]) < 10  # towards the end less, so that both end together


def test_long_runs_go_out_one_by_one() -> None:
    workers = FakeWorkers(30.0)

    played(search_of("learning_rate=0.1,0.2,0.3,0.4", dataset="digits"), workers, 30.0)

    assert [len(task) for task in workers.tasks] == [1, 1, 1, 1]


def test_runs_of_one_shape_go_out_together_and_never_with_others() -> None:
    workers = FakeWorkers(0.01)

    played(search_of("hidden=4;8,8", 50), workers, 0.01)

    assert all(len({run.stack for run in task}) == 1 for task in workers.tasks)
    assert 16 <= max(map(len, workers.tasks)) <= MOST_TOGETHER


def test_a_task_that_is_lost_is_given_out_again_and_counts_once() -> None:
    losses = Counter[int]()

    def once(run: Run) -> bool:
        losses[run.seed] += 1
        return run.seed == 7 and losses[7] == 1

    sweep, _ = played(search_of("noise=0.1", 40), FakeWorkers(0.01, once), 0.01)

    assert set(ended(sweep).values()) == {"finished"}
    assert len(sweep.results.rows) == 40
    assert sweep.n_lost == 1


def test_a_run_that_loses_every_worker_is_given_up_and_takes_no_other_along() -> None:
    workers = FakeWorkers(0.01, lambda run: run.seed == 7)

    sweep, _ = played(search_of("noise=0.1", 40), workers, 0.01)

    failed = [key for key, status in ended(sweep).items() if status == "failed"]
    assert [seed for _, seed in failed] == [7]
    assert sum(any(run.seed == 7 for run in task) for task in workers.tasks) == MOST_LOSSES


def test_the_time_that_is_left_is_right_after_the_first_few() -> None:
    # Runs of 1 s that were taken for 0.2 s: after six of sixty, 54 s of two workers are 27 s.
    over = "learning_rate=" + ",".join(f"0.{i}" for i in range(100, 160))
    _, standings = played(search_of(over, dataset="digits"), FakeWorkers(1.0), 0.2)

    after = next(standing for standing in standings if standing.n_done >= 6)
    true_s = (60 - after.n_done) * 1.0 / 2
    assert abs(after.left_s - true_s) <= 0.3 * true_s


def test_a_worker_that_is_killed_costs_no_result() -> None:
    workers = Processes(2)
    killed: list[int] = []

    def kill(standing: Standing) -> None:
        if standing.n_done and not killed:
            killed.append(workers.process_ids[0])
            os.kill(killed[0], signal.SIGKILL)

    search = search_of(
        "learning_rate=" + ",".join(f"0.{i}" for i in range(10, 30)), dataset="digits", samples="200"
    )
    sweep = Sweep(search, Journal(None), Estimate(1e-6))
    try:
        sweep.run(workers, kill, lambda: False)
    finally:
        workers.stop()

    assert killed
    assert list(ended(sweep).values()) == ["finished"] * 20
