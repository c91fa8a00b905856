"""One neuron with its numbers: the sum that makes it, its gradients, what it was before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.training.example import FIRST_EXAMPLE, Example
from tui_nn.training.names import Node

BIAS = -1
"""The number of the bias among the terms of a neuron."""
MOST_TERMS = 200
"""At most so many terms are listed; the sum of the others is given as one number."""


@dataclass(frozen=True)
class NeuronRequest:
    """What is wanted of it."""

    node: Node = (1, 0)
    example: Example = FIRST_EXAMPLE
    term: int | None = None
    """The term whose history is wanted (BIAS for the bias); None: the neuron's own."""


@dataclass(frozen=True)
class Term:
    """One product of the sum."""

    source: int
    """The row of the weights; BIAS for the bias."""
    unit: int | None
    """The neuron of the layer before that it comes from; None for the bias, and for zeros around an image."""
    weight: float
    value: float
    """What it is multiplied with: the activation that arrives, 1 for the bias."""
    gradient: float | None = None
    """dL/dw of the example; None where it has none."""
    batch_gradient: float | None = None
    """dL/dw of the last step's batch, as the step used it."""
    update: float | None = None
    """What the last step added to the weight; None where that was not noted."""
    is_frozen: bool = False
    is_cut: bool = False

    @property
    def row(self) -> int | None:
        """The row of the weights as commands name it: None for the bias."""
        return None if self.source == BIAS else self.source

    @property
    def product(self) -> float:
        """What it adds to the sum."""
        return self.weight * self.value


@dataclass(frozen=True)
class Equation:
    """One number of the neuron: its name, its formula in words and with numbers, its value."""

    name: str
    formula: str
    filled: str
    """The formula with numbers for its letters; empty where that would say no more."""
    value: float


@dataclass(frozen=True, eq=False)
class History:
    """A number of the neuron at moments of the run."""

    name: str
    """What it is, such as "z"."""
    steps: NDArray[Any]
    """(n,) ascending."""
    values: NDArray[np.float64]
    """(n,)"""


@dataclass(frozen=True, eq=False)
class Neuron:
    """What it was at one moment."""

    node: Node
    kind: str
    """The kind of its layer: input, dense, conv, maxpool, avgpool."""
    below: tuple[int, ...]
    """The shape of the layer that its terms come from."""
    place: str
    """Of a pixel: its filter, row and column in words; empty otherwise."""
    example: str
    """What the example is called."""
    terms: tuple[Term, ...]
    """The largest product first, the bias among them."""
    n_terms: int
    """How many there are in all."""
    rest: float
    """The sum of those that are not listed."""
    equations: tuple[Equation, ...]
    """In the order of the computation: z, a, and on the way back delta."""
    is_trained: bool
    """Whether its weights can be changed; those of a pool cannot."""
    is_frozen: bool
    is_cut: bool
    history: History | None
    words: str
    """What is left out, in a sentence; empty where nothing is."""
    trouble: str = ""
    """Why there is no such neuron or example, in a sentence; then all else is empty."""

    def term(self, source: int) -> Term | None:
        """Return the listed term of a source, or None."""
        return next((term for term in self.terms if term.source == source), None)


def missing_neuron(node: Node, trouble: str) -> Neuron:
    """Return what is shown of a neuron that is not there."""
    return Neuron(node, "", (), "", "", (), 0, 0.0, (), False, False, False, None, "", trouble)
