"""The rows that show one neuron: its bias and the weights of its inputs, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_nn.render.rows import Row
from tui_nn.settings.config import Config
from tui_nn.training.names import unit_label

if TYPE_CHECKING:
    from tui_nn.views.neuron.values import Neuron, Term

HELP = "enter: type a value; left, right: change it by 0.1; F: freeze; X: cut; escape: back."


def node_terms(neuron: Neuron) -> dict[str, Term]:
    """Return the neuron's bias and weights by row key; empty for an input or a neuron that is gone."""
    if not neuron.is_trained:
        return {}
    terms = sorted(neuron.terms, key=lambda term: term.source)  # the bias has the lowest number
    return {"bias" if term.unit is None else f"weight {term.source}": term for term in terms}


def node_rows(neuron: Neuron, config: Config) -> list[Row]:
    """Return a row for each parameter of the neuron."""
    return [
        Row(
            key=key,
            label=term_name(neuron, term, config),
            value=f"{term.weight:+.4f}{'  cut' if term.is_cut else '  frozen' if term.is_frozen else ''}",
            help=HELP,
        )
        for key, term in node_terms(neuron).items()
    ]


def term_name(neuron: Neuron, term: Term, config: Config) -> str:
    """Return what a parameter is called: "bias", "from x", "from hidden 1, neuron 3"."""
    if term.unit is None:
        return "bias"
    before = neuron.node[0] - 1
    label = unit_label(before, term.unit, neuron.below, config)
    return f"from {label}" if before == 0 else f"from hidden {before}, {label}"
