"""One neuron with its numbers, and how to ask for it."""

from __future__ import annotations

from dataclasses import dataclass

from tui_nn.training.details.example import FIRST_EXAMPLE, Example


@dataclass(frozen=True)
class NeuronRequest:
    """What is wanted of it."""

    example: Example = FIRST_EXAMPLE


@dataclass(frozen=True, eq=False)
class Neuron:
    """What it was at one moment."""
