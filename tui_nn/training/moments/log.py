"""The moments of a run that were noticed."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_nn.training.moments.remedies import Remedy

LINES, LINE = 2, 78
"""Rows and columns that a sentence has at 80 columns, where it is told."""


@dataclass(frozen=True)
class Moment:
    """One of them."""

    kind: str
    """A name of MOMENTS."""
    step: int
    what: str
    """What was seen, in the run's own numbers; no full stop."""
    remedies: tuple[Remedy, ...] = ()
    """What helps, the best first."""

    @property
    def advice(self) -> str:
        """All that helps, in words; no full stop, perhaps empty."""
        return self._advice(len(self.remedies))

    def told(self, label: str) -> str:
        """Return a sentence after a label: what was seen, and as much of what helps as there is room for."""
        told = f"{label}: {self.what}."
        for count in range(1, len(self.remedies) + 1):
            longer = f"{label}: {self.what}. {self._advice(count)}."
            if len(textwrap.wrap(longer, LINE)) > LINES:
                break
            told = longer
        return told

    def _advice(self, count: int) -> str:
        """Return so many of the remedies in words."""
        from tui_nn.training.moments.remedies import in_words  # the first picture waits for no advice

        return in_words(self.remedies[:count])


@dataclass(frozen=True)
class MomentLog:
    """What was noticed since the run began."""

    moments: tuple[Moment, ...]
    """In the order in which they happened."""
    going: tuple[str, ...]
    """Kinds that are not over yet."""
