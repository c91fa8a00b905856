"""Where all runs of a comparison were: from it another trainer goes on where the last one was lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tui_nn.settings.config import Config
from tui_nn.training.checkpoint import Checkpoint


@dataclass(frozen=True, eq=False)
class KeptRun:
    """One run."""

    number: int
    config: Config
    checkpoint: Checkpoint | None = None
    """None: its settings were refused, or it is to begin from the start."""
    outcome: tuple[str, str] | None = None
    """How it ended and why, as in an Outcome; None while it goes on."""


@dataclass(frozen=True, eq=False)
class KeptRuns:
    """All runs, by their numbers."""

    runs: tuple[KeptRun, ...]
    begun: int
    """How many comparisons the trainer had begun, of which this is the last."""
    next_number: int
    training_seconds: float = 0.0

    @property
    def step(self) -> int:
        """That of the run that went farthest."""
        return max((run.checkpoint.step for run in self.runs if run.checkpoint is not None), default=0)

    def now(self, settings: Mapping[int, Config], next_number: int) -> KeptRuns:
        """Return the runs that there are by now, with their settings: some may have changed since."""
        known = {run.number: run for run in self.runs}
        runs = (
            replace(known.get(number, KeptRun(number, config)), config=config)
            for number, config in settings.items()
        )
        return replace(self, runs=tuple(runs), next_number=next_number)
