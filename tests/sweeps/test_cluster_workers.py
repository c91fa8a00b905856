"""Workers that could not train the same runs are named."""

from __future__ import annotations

import platform
from collections.abc import Callable
from typing import Any

import numpy as np

from tui_nn import __version__
from tui_nn.sweeps.cluster_workers import see_workers

HERE = {
    "tui_nn:__version__": __version__,
    "numpy:__version__": np.__version__,
    "python": platform.python_version(),
}


class FakeClient:
    """Answers as a client of Dask would of two workers, the first of which is like this machine."""

    def __init__(self, **second: Any) -> None:
        self._answers = {"tcp://a:1": HERE, "tcp://b:2": {**HERE, **second}}
        self.n_asked = 0

    def scheduler_info(self, n_workers: int) -> dict[str, Any]:
        return {"workers": {a: {"name": a[-3:-2].upper(), "nthreads": 2} for a in self._answers}}

    def run(
        self, function: Callable[..., Any], *what: str, workers: list[str], on_error: str
    ) -> dict[str, Any]:
        self.n_asked += 1
        return {address: self._answers[address][what[0] if what else "python"] for address in workers}


def test_workers_like_this_machine_are_all_used_and_asked_once() -> None:
    client = FakeClient()

    seen = see_workers(client, {})
    see_workers(client, seen.versions)

    assert seen.threads == {"tcp://a:1": 2, "tcp://b:2": 2}
    assert (seen.refused, seen.notes, client.n_asked) == ({}, (), 3)


def test_a_worker_without_the_package_is_named_and_left_out() -> None:
    seen = see_workers(FakeClient(**{"tui_nn:__version__": ModuleNotFoundError("tui_nn")}), {})

    assert list(seen.threads) == ["tcp://a:1"]
    assert list(seen.refused.values()) == [
        f"worker B (tcp://b:2) has no tui-nn {__version__}, which has to be installed there"
    ]


def test_a_worker_of_another_version_is_named_and_left_out() -> None:
    seen = see_workers(FakeClient(**{"tui_nn:__version__": "0.0.9"}), {})

    assert list(seen.threads) == ["tcp://a:1"]
    assert list(seen.refused.values()) == [
        f"worker B (tcp://b:2) has tui-nn 0.0.9, and this is {__version__}"
    ]


def test_another_numpy_or_python_is_named_and_used() -> None:
    numpy = see_workers(FakeClient(**{"numpy:__version__": "1.0"}), {})
    python = see_workers(FakeClient(python="3.99.1"), {})

    assert len(numpy.threads) == len(python.threads) == 2
    assert "worker B (tcp://b:2) has NumPy 1.0" in numpy.notes[0]
    assert "worker B (tcp://b:2) has Python 3.99.1" in python.notes[0]
