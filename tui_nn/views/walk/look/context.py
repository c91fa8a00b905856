"""What the builders of stages share: names, the code that is quoted, numbers that may be sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.views.walk.look.names import Names
from tui_nn.views.walk.look.passage import Passage
from tui_nn.views.walk.values import Line, Spot, Stage

MOST_VALUES = 2000
"""A stage carries arrays of at most so many numbers."""


@dataclass(frozen=True, eq=False)
class Context:
    """One walk in the making."""

    names: Names
    passage: Passage
    functions: dict[str, Callable[..., Any]] = field(default_factory=dict)
    """Functions of the engine by name, as stages quote them."""

    @property
    def n_samples(self) -> int:
        """Samples in the batch; above one the example walks in company."""
        return self.passage.n_samples

    def quote(self, *functions: Callable[..., Any], **named: Callable[..., Any]) -> tuple[str, ...]:
        """Remember functions whose lines a stage shows; return their names. A lambda is given by name."""
        found = {function.__qualname__: function for function in functions} | named
        self.functions.update(found)
        return tuple(found)

    def stage(
        self,
        kind: str,
        position: int,
        title: str,
        words: str,
        formula: str,
        lines: list[Line],
        *,
        spot: Spot,
        code: tuple[str, ...],
        is_of_layer: bool = True,
        **values: NDArray[Any] | None,
    ) -> Stage:
        """Return a stage of the layer at a position, whose name comes before the title."""
        kept = {
            name: np.array(array)
            for name, array in values.items()
            if array is not None and array.size <= MOST_VALUES
        }
        layer = self.names.number(position)
        full_title = f"{self.names.layer(position)}: {title}" if is_of_layer else title
        return Stage(kind, layer, full_title, words, formula, tuple(lines), spot, code, kept)

    def here(self, position: int) -> Spot:
        """Return the layer's own neurons."""
        return Spot(layers=(self.names.number(position),))

    def into(self, position: int) -> Spot:
        """Return the layer with the links that arrive at it, and the neurons they come from."""
        number = self.names.number(position)
        return Spot(layers=(number - 1, number), links=(number,))
