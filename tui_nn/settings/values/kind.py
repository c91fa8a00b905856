"""What every kind of value offers: text to value and back, what is allowed, what an arrow key does."""

from __future__ import annotations

from typing import Any, Protocol


class Kind(Protocol):
    """What every kind offers."""

    @property
    def allowed(self) -> str:
        """What is allowed, as it ends a sentence: "one of a, b"."""
        ...

    def parse(self, text: str) -> Any:
        """Turn what a person typed into a value, not yet checked; raise ValueError(allowed)."""
        ...

    def check(self, value: Any) -> Any:
        """Return the value in its canonical type, or raise ValueError(allowed)."""
        ...

    def format(self, value: Any) -> str:
        """Turn a value into the text that `parse` takes back."""
        ...

    def neighbor(self, value: Any, step: int) -> Any:
        """Return the value one arrow key away (step -1 or +1), itself at the end of the range."""
        ...
