"""The ablation of a run: computed between slices of training, again and again while somebody looks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import numpy as np

from tui_nn.engine import EngineError, Network
from tui_nn.training.looks import Looks
from tui_nn.training.problem import Problem
from tui_nn.training.trainer import Trainer
from tui_nn.training.verdict.ablation import Ablation, AblationWork
from tui_nn.views.ablation.values import AblationRequest, SeenAblation

CHUNK_S = 0.003
"""Seconds of work between two looks at the commands, or one answer if that takes longer."""
REST = 20
"""Training goes on for so many times as long as an ablation took before the next one begins."""


class _Begun:
    """One ablation, and what it is of."""

    def __init__(self, trainer: Trainer) -> None:
        self.work = AblationWork(trainer.network, trainer.problem)
        self.step = trainer.step
        self._network, self._problem = trainer.network, trainer.problem

    def is_alike(self, network: Network, problem: Problem) -> bool:
        """Return whether the table is of these neurons and rows, though perhaps of other weights."""
        return self._problem is problem and self._network.layer_sizes == network.layer_sizes

    def is_of(self, network: Network, problem: Problem) -> bool:
        """Return whether it is of this network as it is now."""
        mine = self.work.network
        return (
            self._network is network
            and self._problem is problem
            and np.array_equal(mine.parameters, network.parameters)
            and np.array_equal(mine.statistics, network.statistics)
        )


class AblationLook:
    """Remembers the ablation that was finished last, and the one that is being computed."""

    def __init__(self) -> None:
        self._begun: _Begun | None = None
        self._done: tuple[_Begun, Ablation] | None = None
        self._wanted: Trainer | None = None
        self._seconds = 0.0
        self._rests_until = -np.inf

    @property
    def is_working(self) -> bool:
        """Whether there is something left to compute."""
        return self._begun is not None

    def begin(self, trainer: Trainer, _: AblationRequest) -> None:
        """Begin another one; raise EngineError where there can be none."""
        self._begun, self._seconds = None, 0.0
        self._begun = _Begun(trainer)

    def stop(self) -> None:
        """Leave it as far as it is."""
        self._begun = None

    def work_on(self, clock: Callable[[], float]) -> None:
        """Compute a little; begin anew where the network has changed since, after a rest."""
        if self._wanted is None and self._begun is None:
            return
        start = clock()
        if self._wanted is not None and self._begun is None and start >= self._rests_until:
            with suppress(EngineError):  # it may have diverged since; the next look says so
                self.begin(self._wanted, AblationRequest())
            self._wanted = None
        if self._begun is None:
            return
        work = self._begun.work
        while not work.is_done and clock() < start + CHUNK_S:
            work.step()
        if work.is_done:
            self._done = self._begun, work.result()
        now = clock()
        self._seconds += now - start
        if work.is_done:
            self._begun, self._rests_until = None, now + REST * self._seconds

    def let_go(self, trainer: Trainer) -> str:
        """Give up what is of another network by now; the next look begins anew and nothing need be said."""
        network, problem = trainer.network, trainer.problem
        if self._begun is not None and not self._begun.is_alike(network, problem):
            self._begun = None
        if self._done is not None and not self._done[0].is_alike(network, problem):
            self._done, self._rests_until = None, -np.inf
        return ""

    def __call__(self, trainer: Trainer, _: AblationRequest) -> SeenAblation:
        """Return what there is by now; where it is of other weights, another one is begun soon."""
        is_current = self._done is not None and self._done[0].is_of(trainer.network, trainer.problem)
        if self._begun is None and not is_current:
            try:
                AblationWork.check(trainer.network)
            except EngineError as error:
                return SeenAblation(None, trainer.step, True, words=str(error))
            self._wanted = trainer
        work = None if self._begun is None else self._begun.work
        return SeenAblation(
            found=None if self._done is None else self._done[1],
            step=trainer.step if self._done is None else self._done[0].step,
            is_current=is_current,
            n_rows=0 if work is None else work.n_rows,
            n_wanted=0 if work is None else work.most_rows,
        )


def new_looks() -> Looks:
    """Return what the page asks of a session: it remembers the ablation that was computed last."""
    return {AblationRequest: AblationLook()}
