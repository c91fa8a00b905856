"""Where a run stands in its own past: what a bar of the timeline shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TimelinePlace:
    """The moment that is shown, among those that are kept."""

    n_frames: int = 0
    """Moments before the present that can be gone back to."""
    position: int | None = None
    """Which of them is shown, 0 is the first; None for the present."""
    first_step: int = 0
    """The step of the first of them."""
    last_step: int = 0
    """The step of the present."""
    step: int = 0
    """The step that is shown."""
    branch_step: int | None = None
    """Where the run left its older course, if it did."""
    words: str = ""
    """Why there is no moment before this one, in a sentence; empty elsewhere."""

    @property
    def is_past(self) -> bool:
        """Whether a past moment is shown."""
        return self.position is not None
