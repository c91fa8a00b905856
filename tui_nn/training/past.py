"""Moving a network through the moments of its run, and back to the present as if nothing had happened.

Only what can be seen moves: parameters, what layers carry beside them, step and epoch. Optimizer, batches and
random numbers stay where they are in the present, so that returning to it needs nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from tui_nn.engine import Network
from tui_nn.training.place import TimelinePlace
from tui_nn.training.timeline import Frame, Timeline


@dataclass(frozen=True, eq=False)
class Present:
    """What a network had when it was taken into the past."""

    step: int
    parameters: NDArray[Any]
    state: dict[str, NDArray[Any]]


class Past:
    """The timeline of a run, and which of its moments is shown."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.present: Present | None = None
        """The present, kept while a past moment is shown; None otherwise."""
        self.branch_step: int | None = None
        """Where the run left its older course last, if it did."""
        self._position = 0

    @property
    def shown(self) -> Frame | None:
        """The past moment that is shown; None for the present."""
        return None if self.present is None else self.timeline.frames[self._position]

    def present_step(self, step: int) -> int:
        """Return the step of the present, given the one that is shown."""
        return step if self.present is None else self.present.step

    def move(self, by: int, network: Network, step: int) -> int:
        """Show the moment so many frames later, or before; return its step. `step`: the one shown now."""
        here = self.timeline.n_before(step) if self.present is None else self._position
        return self.show(here + by, network, step)

    def show(self, position: int | None, network: Network, step: int) -> int:
        """Show a moment (None, or one after the last: the present); return its step."""
        n_frames = self.timeline.n_before(self.present_step(step))
        if position is None or not n_frames or position >= n_frames:
            return self._return(network, step)
        if self.present is None:
            self.present = Present(step, network.parameters.copy(), network.state())
        self._position = max(0, position)
        frame = self.timeline.frames[self._position]
        network.parameters[:] = frame.parameters
        network.load_state(frame.state)
        return frame.step

    def forget_later(self, step: int) -> None:
        """Let what came after the moment that is shown be forgotten: the run goes on from there."""
        self.present, self.branch_step = None, step
        self.timeline.cut(step)

    def place(self, step: int) -> TimelinePlace:
        """Return where `step`, which is shown, lies."""
        present_step, frames = self.present_step(step), self.timeline.frames
        n_frames = self.timeline.n_before(present_step)
        position = None if self.present is None else self._position
        return TimelinePlace(
            n_frames=n_frames,
            position=position,
            first_step=frames[0].step if n_frames else present_step,
            last_step=present_step,
            step=step,
            branch_step=self.branch_step,
            words=self.timeline.words if position == 0 else "",
        )

    def _return(self, network: Network, step: int) -> int:
        if self.present is None:
            return step
        present, self.present = self.present, None
        network.parameters[:] = present.parameters
        network.load_state(present.state)
        return present.step
