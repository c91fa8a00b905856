"""Workers of a Dask cluster that is there already: the same tasks, sent to its scheduler.

Dask gives a task of a lost worker to another one by itself. What a scheduler knows is gone with it: then the
sweep ends with what it has, and goes on from its journal another time.
"""

from __future__ import annotations

import logging
import queue
import time
import uuid
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeAlias

from tui_nn.data import DatasetSpec
from tui_nn.sweeps.cluster_workers import Seen, see_workers
from tui_nn.sweeps.errors import SweepError
from tui_nn.sweeps.runs import Run
from tui_nn.sweeps.scheduler_place import as_text, check_scheduler, scheduler_address
from tui_nn.sweeps.task import run_task
from tui_nn.sweeps.workers import Ended

Client: TypeAlias = Any
Future: TypeAlias = Any
"""Those of `distributed`, which has no types to speak of, and is imported late."""
WORKERS_S = 10.0
"""Seconds until the first worker has to be there."""
LOOK_AGAIN_S = 2.0
"""Seconds between two looks at which workers there are."""
CLOSE_S = 2.0


class Cluster:
    """A connection to a scheduler, see `connect`.

    own: a person's rows, which are sent to the workers once. tell: is handed sentences about workers.
    """

    def __init__(
        self, client: Client, address: str, own: DatasetSpec | None, tell: Callable[[str], None]
    ) -> None:
        self._client, self._address, self._own, self._tell = client, address, own, tell
        self._rows: Future | None = None
        self._out: dict[str, tuple[Future, tuple[Run, ...]]] = {}
        self._ended: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._known: Mapping[str, str] = {}
        self._said: set[str] = set()
        self._look_at = 0.0
        self._seen = self._first_workers()

    @property
    def n_slots(self) -> int:
        """Tasks that run at the same time: one for each worker."""
        return sum(self._seen.threads.values())

    @property
    def n_free(self) -> int:
        """Tasks that can be handed in now: one waits at each worker, so that none waits for a message."""
        return max(0, self.n_slots + len(self._seen.threads) - len(self._out))

    def submit(self, runs: tuple[Run, ...]) -> None:
        """Send one task to the scheduler."""
        key = f"tui-nn-{uuid.uuid4().hex}"
        try:
            if self._own is not None and self._rows is None:
                self._rows = self._client.scatter(self._own, broadcast=True, hash=False)
            configs = [run.config.to_dict() for run in runs if run.config is not None]
            only = list(self._seen.threads) if self._seen.refused else None
            future = self._client.submit(run_task, configs, self._rows, key=key, pure=False, workers=only)
        except Exception as error:
            raise self._gone() from error
        self._out[key] = future, runs
        future.add_done_callback(lambda done: self._ended.put(done.key))

    def wait(self, seconds: float) -> list[Ended]:
        """Wait for tasks to end, and return their results."""
        if time.monotonic() >= self._look_at:
            self._look()
        keys = []
        with suppress(queue.Empty):
            keys.append(self._ended.get(timeout=seconds))
            while True:
                keys.append(self._ended.get_nowait())
        return [ended for key in keys if key in self._out and (ended := self._take(key)) is not None]

    def stop(self) -> None:
        """Cancel what is under way and leave the scheduler."""
        with suppress(Exception):  # whatever is wrong with a cluster that is left is no matter
            if self._client.status == "running":
                self._client.cancel([future for future, _ in self._out.values()], force=True)
        with suppress(Exception):
            self._client.close(timeout=CLOSE_S)

    def _take(self, key: str) -> Ended | None:
        """Return how a task ended; None where it was given out again."""
        future, runs = self._out.pop(key)
        if future.status == "finished":
            outcomes = future.result()
            future.release()
            return Ended(runs, outcomes)
        if self._client.status != "running":
            raise self._gone()
        error = future.exception() if future.status == "error" else None
        if type(error).__name__ == "KilledWorker":
            return Ended(runs, None, is_given_up=True)
        if isinstance(error, ImportError):
            self._look()
        elif error is not None:
            raise SweepError(
                f"the cluster at {self._address} failed: {type(error).__name__}: {error}"
            ) from None
        self._rows = None  # rows that were lost with all workers that had them are sent again
        return Ended(runs, None)

    def _first_workers(self) -> Seen:
        until = time.monotonic() + WORKERS_S
        while True:
            seen = self._see()
            if seen.threads:
                self._look_at = time.monotonic() + LOOK_AGAIN_S
                return seen
            if seen.refused:
                raise SweepError(
                    f"no worker at {self._address} can do this: {'; '.join(seen.refused.values())}"
                )
            if time.monotonic() > until:
                raise SweepError(f"the cluster at {self._address} has no workers")
            time.sleep(0.2)

    def _look(self) -> None:
        """See which workers there are now; tasks that were only for workers that left go to others."""
        before, self._look_at = self._seen, time.monotonic() + LOOK_AGAIN_S
        seen = self._see()
        if not seen.threads:
            return  # for a while there may be none: a nanny starts them again
        self._seen = seen
        if before.refused and set(before.threads) - set(seen.threads):
            for key, (future, runs) in list(self._out.items()):
                del self._out[key]
                future.cancel()
                self.submit(runs)

    def _see(self) -> Seen:
        try:
            seen = see_workers(self._client, self._known)
        except Exception as error:
            raise self._gone() from error
        self._known = seen.versions
        for sentence in (*seen.refused.values(), *seen.notes):
            if sentence not in self._said:
                self._said.add(sentence)
                if seen.threads:
                    self._tell(sentence)
        return seen

    def _gone(self) -> SweepError:
        return SweepError(f"the cluster at {self._address} is no longer there")


def connect(
    place: str, own: DatasetSpec | None, tell: Callable[[str], None], *, timeout_s: float = 5.0
) -> Cluster:
    """Return a cluster that runs can be sent to. Raises SweepError, FileError.

    place: the address of its scheduler, or the file that the scheduler wrote. Certificates for tls:// are
    those of Dask's own configuration.
    """
    address = scheduler_address(place)
    try:
        import distributed
    except ImportError:
        raise SweepError(
            "--scheduler needs Dask, which is not installed: pip install 'tui-nn[dask]'"
        ) from None
    make: Any = distributed.Client
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said here
    check_scheduler(address, timeout_s)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions that differ, which is said here too
            client = make(address, timeout=timeout_s, set_as_default=False)
    except Exception as error:
        raise SweepError(f"no Dask scheduler can be used at {address}: {as_text(error)}") from None
    try:
        return Cluster(client, address, own, tell)
    except BaseException:
        client.close(timeout=CLOSE_S)
        raise
