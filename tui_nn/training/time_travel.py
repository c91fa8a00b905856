"""Showing other moments of a run, and going on from one as a branch; both are said in words."""

from __future__ import annotations

from collections.abc import Callable

from tui_nn.training import commands as do
from tui_nn.training.snapshot import Metrics, Status
from tui_nn.training.trainer import Trainer

Travel = do.Rewind | do.RewindTo | do.RewindToStep


class TimeTravel:
    """Moves a trainer through its moments; remembers how the present was left."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._present_status = Status.PAUSED

    def go(self, command: Travel, status: Status) -> tuple[Status, Metrics | None, str]:
        """Show another moment; return the run's status there, what was measured of it then, and words.

        status: of the run as it stands still now.
        """
        trainer, was_past = self._trainer, self._trainer.is_rewound
        if not was_past:
            self._present_status = status
        is_back = self._move(command)
        shown = trainer.past.shown
        if shown is not None:
            return Status.PAUSED, shown.metrics, ""
        if was_past:
            return self._present_status, None, f"Back at the latest step, {trainer.step:,}."
        return status, None, trainer.timeline.words if is_back else ""

    def branching(self, change: Callable[[], object]) -> str:
        """Make a change that can begin a branch at the moment that is shown; return words if it did."""
        trainer = self._trainer
        was_past, began = trainer.is_rewound, trainer.step
        last_step = trainer.past.present_step(began)
        change()
        if not was_past or trainer.is_rewound:
            return ""
        branch = f"A branch from step {began:,}, with fresh optimizer state"
        return f"{branch}; the curve to step {last_step:,} stays beside it."

    def _move(self, command: Travel) -> bool:
        """Return whether it was meant to be a way back."""
        match command:
            case do.Rewind(by):
                self._trainer.rewind(by)
                return by < 0
            case do.RewindTo(position):
                self._trainer.rewind_to(position)
                return position is not None
            case do.RewindToStep(step):
                self._trainer.rewind_to_step(step)
                return True
