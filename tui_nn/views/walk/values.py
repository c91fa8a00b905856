"""One example on its way through the network and back, stage by stage, as text and as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.training.example import FIRST_EXAMPLE, Example

PHASES = ("input", "forward", "loss", "backward", "update")
"""The parts of a walk, in order."""
PHASE_OF = {
    "input": "input",
    "loss": "loss",
    "delta": "backward",
    "gradients": "backward",
    "below": "backward",
    "update": "update",
    "taken": "update",
}
"""The part that a kind of stage belongs to; all others are forward."""


@dataclass(frozen=True)
class WalkRequest:
    """Which example walks, and whether the lines of the engine are wanted too."""

    example: Example = FIRST_EXAMPLE
    with_code: bool = False


@dataclass(frozen=True)
class Line:
    """One line of numbers."""

    text: str
    role: str = ""
    """"head" above a table, "result" for what a stage is about, "note" for a remark; else empty."""


@dataclass(frozen=True)
class Spot:
    """What a stage is about in the network; layers as a person counts them, 0 is the input."""

    layers: tuple[int, ...] = ()
    """Layers all of whose neurons take part."""
    links: tuple[int, ...] = ()
    """Layers all of whose arriving links take part."""
    nodes: tuple[tuple[int, int], ...] = ()
    """(layer, unit) of single neurons."""
    single_links: tuple[tuple[int, int, int], ...] = ()
    """(layer, source, unit) of single links, by the layer where they arrive."""


@dataclass(frozen=True, eq=False)
class Stage:
    """One stop of the walk."""

    kind: str
    """input; preactivations, activations, dropout ...; loss; delta, gradients, below; update; taken."""
    layer: int
    """The layer, as a person counts: 0 is the input."""
    title: str
    words: str
    """One sentence that says what happens here."""
    formula: str
    lines: tuple[Line, ...]
    spot: Spot = Spot()
    code: tuple[str, ...] = ()
    """Names of the functions of the engine that do it; keys of `Walk.code`."""
    values: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    """The numbers themselves, by their name in the formula; large ones are left out."""

    @property
    def phase(self) -> str:
        """One of PHASES."""
        return PHASE_OF.get(self.kind, "forward")


@dataclass(frozen=True)
class Code:
    """Lines of the engine, as they stand in its files."""

    place: str
    """File and number of the first line, such as "engine/layers/dense.py:47"."""
    lines: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Taken:
    """A step that was really taken on one example."""

    step: int
    """The number of steps after it."""
    example: Example
    stage: Stage
    """What it changed."""


@dataclass(frozen=True, eq=False)
class Walk:
    """The walk of one example at one moment."""

    example: Example
    words: str
    """What the example is called, with its class."""
    step: int
    stages: tuple[Stage, ...] = ()
    """Empty where there is `trouble`."""
    trouble: str = ""
    """Why there is no walk; empty otherwise."""
    has_target: bool = True
    """Whether it is known what the answer should be; without it the walk goes forward only."""
    activations: tuple[NDArray[np.float32], ...] = ()
    """(units,) of each layer, the input included, as a person counts."""
    deltas: tuple[NDArray[np.float32], ...] = ()
    """(units,) dL/dz of each layer after the input; empty without a target."""
    code: Mapping[str, Code] = field(default_factory=dict)
    taken: Taken | None = None
    """The last step that was taken on an example, if nothing was trained since."""
