"""Workers as processes of this machine: an executor of one process each, so that none takes others along."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.resource_tracker import ensure_running
from types import ModuleType

from tui_nn.data import DatasetSpec
from tui_nn.data.registry import keep
from tui_nn.settings.threads import THREAD_VARIABLES
from tui_nn.sweeps.errors import SweepError
from tui_nn.sweeps.runs import Run
from tui_nn.sweeps.task import Outcome, run_task
from tui_nn.sweeps.workers import MOST_LOSSES, Ended

OF_A_TERMINAL = (signal.SIGINT, signal.SIGHUP)
"""Signals that every process of a terminal gets; the sweep hears them and ends its workers itself."""


def n_cores() -> int:
    """Return how many cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Processes:
    """As many workers as are asked for; each gets a person's own rows once, when it starts."""

    def __init__(self, n_workers: int, own: DatasetSpec | None = None) -> None:
        self._own = own
        with _apart():
            ensure_running()  # multiprocessing's own process, which would be taken along by a hang-up
        self._workers = [_Worker(own) for _ in range(n_workers)]
        self._n_lost_unused = 0

    @property
    def n_slots(self) -> int:
        """Tasks that run at the same time: one for each process."""
        return len(self._workers)

    @property
    def n_free(self) -> int:
        """Tasks that can be handed in now."""
        return sum(worker.future is None for worker in self._workers)

    @property
    def process_ids(self) -> list[int]:
        """The processes that have been started and live."""
        processes = (worker.context.process for worker in self._workers)
        return [p.pid for p in processes if p is not None and p.pid is not None and p.is_alive()]

    def submit(self, runs: tuple[Run, ...]) -> None:
        """Hand one task to a process."""
        next(worker for worker in self._workers if worker.future is None).begin(runs)

    def wait(self, seconds: float) -> list[Ended]:
        """Wait for tasks to end, and return their results; those of a killed process run again."""
        busy = [worker for worker in self._workers if worker.future is not None]
        done, _ = wait_for([w.future for w in busy if w.future], seconds, FIRST_COMPLETED)
        return [self._ended(worker) for worker in busy if worker.future in done]

    def _ended(self, worker: _Worker) -> Ended:
        assert worker.future is not None
        runs = worker.runs
        try:
            outcomes = worker.future.result()
        except BrokenProcessPool:
            if not worker.has_worked:
                self._n_lost_unused += 1
            if self._n_lost_unused >= MOST_LOSSES * self.n_slots:
                raise SweepError("the processes that train the runs end as soon as they begin") from None
            worker.stop()
            self._workers[self._workers.index(worker)] = _Worker(self._own)
            return Ended(runs, None)
        worker.future, worker.has_worked = None, True
        return Ended(runs, outcomes)

    def stop(self) -> None:
        """End every process, whatever it is doing."""
        for worker in self._workers:
            worker.stop()


class _Worker:
    """One process, which is started with its first task."""

    def __init__(self, own: DatasetSpec | None) -> None:
        self.context = _Context()
        self.future: Future[list[Outcome]] | None = None
        self.runs: tuple[Run, ...] = ()
        self.has_worked = False
        self._executor = ProcessPoolExecutor(1, self.context, _begin, (own,))

    def begin(self, runs: tuple[Run, ...]) -> None:
        self.runs = runs
        configs = [run.config.to_dict() for run in runs if run.config is not None]
        try:
            self.future = self._executor.submit(run_task, configs)
        except BrokenProcessPool as error:  # it died while it had nothing to do
            self.future = Future()
            self.future.set_exception(error)

    def stop(self) -> None:
        if self.context.process is not None:
            self.context.process.kill()
        self._executor.shutdown(wait=True, cancel_futures=True)


def _begin(own: DatasetSpec | None) -> None:
    """Prepare a worker: it ends with the sweep, however that comes about."""
    for number in OF_A_TERMINAL:
        signal.signal(number, signal.SIG_IGN)  # where the sweep is no main thread, it was started hearing
    threading.Thread(target=_leave_with_the_sweep, daemon=True).start()
    if own is not None:
        keep(own)


def _leave_with_the_sweep() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class _Process(SpawnProcess):
    """A process that is started apart from the script and the terminal."""

    def start(self) -> None:
        """Start it apart from the script that imports this package, and from the terminal."""
        with _apart():
            super().start()


class _Context(SpawnContext):
    """Makes such processes, and remembers the last."""

    def __init__(self) -> None:
        super().__init__()
        self.process: SpawnProcess | None = None

    def Process(self, *args: object, **options: object) -> SpawnProcess:  # type: ignore[override]  # noqa: N802
        """Return a new process, not yet started."""
        self.process = _Process(*args, **options)  # type: ignore[arg-type]
        return self.process


@contextmanager
def _apart() -> Iterator[None]:
    """Start what the body starts with one thread for products, deaf to what ends every process of a terminal.

    The running script is hidden, which multiprocessing would run again in each process.
    """
    main, threads = sys.modules["__main__"], {name: os.environ.get(name) for name in THREAD_VARIABLES}
    is_main_thread = threading.current_thread() is threading.main_thread()
    handlers = {number: signal.signal(number, signal.SIG_IGN) for number in OF_A_TERMINAL if is_main_thread}
    sys.modules["__main__"] = ModuleType("__main__")
    os.environ.update({name: value or "1" for name, value in threads.items()})
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        for name, value in threads.items():
            if value is None:
                del os.environ[name]
        for number, handler in handlers.items():
            signal.signal(number, handler)
