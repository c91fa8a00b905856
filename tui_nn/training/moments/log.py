"""The moments of a run that were noticed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Moment:
    """One of them."""

    kind: str
    """A name of MOMENTS."""
    step: int
    what: str
    """What was seen, in the run's own numbers; no full stop."""
    advice: str
    """What helps, with the key that does it; no full stop, perhaps empty."""

    @property
    def sentence(self) -> str:
        """Both; what helps comes first, for a line may be too short for the rest."""
        return f"{self.advice}. {self.what}." if self.advice else f"{self.what}."


@dataclass(frozen=True)
class MomentLog:
    """What was noticed since the run began."""

    moments: tuple[Moment, ...]
    """In the order in which they happened."""
    going: tuple[str, ...]
    """Kinds that are not over yet."""
