"""Whether a run goes on: what it does, how far it was told to go, and how it ended by itself."""

from __future__ import annotations

from dataclasses import dataclass

from tui_nn.training.snapshot import Status

NEVER = -1
"""Stands for a turn of the session's loop that has not come."""


@dataclass(frozen=True)
class Stretch:
    """How far a run is to train; with neither it goes on until told otherwise."""

    last_step: int | None = None
    last_epoch: int | None = None

    @property
    def is_endless(self) -> bool:
        """Whether there is no end to it."""
        return self.last_step is None and self.last_epoch is None

    def ends_at(self, step: int, epoch: int) -> bool:
        """Whether the run has come to the end of it."""
        return step == self.last_step or epoch == self.last_epoch


class Standing:
    """What a run does, and whether those who send commands can know how it ended."""

    def __init__(self) -> None:
        self.status = Status.PAUSED
        self.trouble = ""
        """Why the run diverged or stopped, in words; empty otherwise."""
        self.stretch = Stretch()
        self._turn, self._shown_in = 0, NEVER

    @property
    def is_running(self) -> bool:
        """Whether the run trains."""
        return self.status is Status.RUNNING

    def next_turn(self) -> None:
        """Note that the commands from here on were sent after what is published now could be seen."""
        self._turn += 1

    def start(self, stretch: Stretch) -> None:
        """Train so far."""
        self.status, self.stretch = Status.RUNNING, stretch

    def stop(self, *, has_diverged: bool) -> None:
        """Train no further."""
        self.status = Status.DIVERGED if has_diverged else Status.PAUSED

    def end(self, status: Status, reason: str) -> None:
        """Note that the run ended by itself, which nobody has seen yet."""
        self.status, self.trouble, self._shown_in = status, reason, NEVER

    def shown(self) -> None:
        """Note that a snapshot was published."""
        if self.status is Status.STOPPED and self._shown_in == NEVER:
            self._shown_in = self._turn

    @property
    def has_stopped_unseen(self) -> bool:
        """Whether a rule ended the run, and who sent the present commands cannot have seen it.

        More steps were meant for a run that went on, then: they do not start it again.
        """
        return self.status is Status.STOPPED and self._shown_in in (NEVER, self._turn)

    def steps_more(self, count: int, step: int) -> Stretch:
        """Return so many steps more than it was told already, or than `step`."""
        goal = self.stretch.last_step if self.is_running else None
        return Stretch(last_step=(goal or step) + count)

    def epochs_more(self, count: int, epoch: int) -> Stretch:
        """Return so many epochs more than it was told already, or than `epoch`."""
        goal = self.stretch.last_epoch if self.is_running else None
        return Stretch(last_epoch=(goal or epoch) + count)
