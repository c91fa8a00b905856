"""How fast a session trains: when the next step is due at a set speed, and what speed was reached."""

from __future__ import annotations

from collections.abc import Callable

MOST_BEHIND_S = 0.1
"""A trainer that fell behind its schedule catches up at most so much of it."""
WINDOW_S = 1.0


class Pace:
    """A schedule of steps on a clock that is passed in; speeds are in steps per second, None is flat out."""

    def __init__(self, clock: Callable[[], float], speed: float | None) -> None:
        self._clock, self.speed = clock, speed
        self.restart(0)

    def restart(self, step: int) -> None:
        """Begin the schedule at a step: the next one is due at once."""
        self._at, self._step = self._clock(), step
        self._seen: list[tuple[float, int]] = [(self._at, step)]
        self._now_step = step

    def set_speed(self, speed: float | None, step: int) -> None:
        """Change the speed; the schedule begins anew."""
        if speed != self.speed:
            self.speed = speed
            self.restart(step)

    def is_due(self, step: int, now: float) -> bool:
        """Whether the step after `step` may be taken now."""
        self._now_step = step
        if self.speed is None:
            return True
        due_at = self._at + (step - self._step) / self.speed
        if now - due_at > MOST_BEHIND_S:
            self._at, self._step = now - MOST_BEHIND_S, step
        return now >= due_at

    def wait_s(self) -> float:
        """Seconds until the next step is due, not below 0."""
        if self.speed is None:
            return 0.0
        return max(0.0, self._at + (self._now_step - self._step) / self.speed - self._clock())

    def measured(self) -> float:
        """Return steps per second over about the last second."""
        now = self._clock()
        self._seen.append((now, self._now_step))
        while len(self._seen) > 2 and now - self._seen[1][0] >= WINDOW_S:
            del self._seen[0]
        (began, first), (ended, last) = self._seen[0], self._seen[-1]
        return (last - first) / (ended - began) if ended > began else 0.0
