"""Looks at one neuron and its numbers."""

from __future__ import annotations

from tui_nn.training.details.neuron import Neuron, NeuronRequest
from tui_nn.training.trainer import Trainer


def look_at_neuron(trainer: Trainer, request: NeuronRequest) -> Neuron | None:
    """Return what was asked for; looking changes nothing of the run."""
    return None
