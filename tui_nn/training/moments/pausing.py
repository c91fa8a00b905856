"""The moments that a run waits at, so that somebody can look; those gone on from are not waited at twice."""

from __future__ import annotations

from tui_nn.settings.config import Config
from tui_nn.training.moments.log import Moment


class Pausing:
    """Remembers through resets what was seen: the same run comes to the same moments, another to others."""

    def __init__(self) -> None:
        self.moments: tuple[Moment, ...] = ()
        """What is waited at now."""
        self._seen: set[tuple[object, ...]] = set()

    def waits_at(self, moment: Moment, config: Config) -> bool:
        """Return whether the run is to wait at a new moment, and note that it does."""
        if moment.kind not in config.pause_on or _mark(moment, config) in self._seen:
            return False
        self.moments = (*self.moments, moment)
        return True

    def leave(self, config: Config) -> None:
        """Wait no longer, and do not wait here again."""
        self._seen.update(_mark(moment, config) for moment in self.moments)
        self.forget()

    def forget(self) -> None:
        """Wait no longer: something else was asked of the run."""
        self.moments = ()


def _mark(moment: Moment, config: Config) -> tuple[object, ...]:
    """Return what a moment has in common with itself in a run that is repeated, and with no other one."""
    return config.data_seed, config.weights_seed, moment.kind, moment.step, moment.what
