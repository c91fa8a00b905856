"""Hidden layers as the value of a setting: sizes, and words such as `8c3`, separated by commas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tui_nn.settings.values.lists import NONE
from tui_nn.settings.values.numbers import Integer


@dataclass(frozen=True)
class Sizes:
    """A comma list of layer sizes, or the word `none` for no hidden layer.

    `read` takes other words for layers, such as `8c3`, and raises ValueError for what is none.
    """

    most_units: int
    most_layers: int
    read: Callable[[str], object] = int

    @property
    def allowed(self) -> str:
        """Say how many layers of how many units there can be."""
        return (
            f"up to {self.most_layers} whole numbers from 1 to {self.most_units:,} separated by commas, "
            f"such as 8,8, or {NONE} for no hidden layer; 8c3, p2, a2, bn, drop0.2 are layers too"
        )

    def parse(self, text: str) -> tuple[int | str, ...]:
        """Read sizes and words for layers between commas, or `none`."""
        if text.strip().lower() == NONE:
            return ()
        parts = [part.strip().lower() for part in text.split(",")]
        try:
            return tuple(int(part) if part.lstrip("+-").isdecimal() else part for part in parts)
        except ValueError:
            raise ValueError(self.allowed) from None

    def check(self, value: Any) -> tuple[int | str, ...]:
        """Return the sizes, and the words that name a layer."""
        if isinstance(value, str) or not isinstance(value, Sequence) or len(value) > self.most_layers:
            raise ValueError(self.allowed)
        unit = Integer(1, self.most_units)
        try:
            return tuple(self._word(part) if isinstance(part, str) else unit.check(part) for part in value)
        except ValueError:
            raise ValueError(self.allowed) from None

    def _word(self, part: str) -> str:
        if not part:
            raise ValueError(self.allowed)
        self.read(part)
        return part

    def format(self, value: Any) -> str:
        """Write them with commas."""
        return ",".join(map(str, value)) or NONE

    def neighbor(self, value: Any, step: int) -> Any:
        """Return them with one layer of two neurons more, or without the last layer."""
        if step < 0:
            return value[:-1]
        return (*value, 2) if len(value) < self.most_layers else value
