"""Which neuron, sample or input a task means: by its numbers, as a condition or as the largest of all.

largest loss            smallest weight_out        output < 0.01 and layer == 1
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tui_nn.lessons.condition import Comparison, Sum

CANDIDATES: dict[str, tuple[str, ...]] = {
    "neuron": ("layer", "unit", "bias", "weight_in", "weight_out", "activation", "active", "importance"),
    "input": ("unit", "weight_out"),
    "sample": ("class", "prediction", "probability", "loss", "wrong", "x", "y"),
}
"""What is known of each."""
HELP = {
    "layer": "the hidden layer, from 1",
    "unit": "its number in the layer, from 1",
    "bias": "its bias",
    "weight_in": "the norm of its weights",
    "weight_out": "the norm of the weights that read it",
    "activation": "its mean activation over the training set",
    "active": "the fraction of training samples at which its activation is not 0",
    "importance": "by how much the training loss rises when it is cut",
    "class": "its true class",
    "prediction": "the class that is predicted",
    "probability": "the probability of its true class",
    "loss": "its loss",
    "wrong": "1 if it is misclassified, else 0",
    "x": "its first coordinate",
    "y": "its second coordinate",
}
_EXTREME = re.compile(r"^(largest|smallest)\s+([a-z_]+)$")
_PART = re.compile(r"^([a-z_]+)\s*(>=|<=|==|!=|<|>)\s*(-?\d+(?:\.\d+)?)$")


@dataclass(frozen=True)
class Where:
    """Which of the candidates is meant."""

    extreme: str = ""
    name: str = ""
    comparisons: tuple[Comparison, ...] = ()

    def meant(self, candidates: Sequence[Mapping[str, float]]) -> list[bool]:
        """Return for each candidate whether it is meant."""
        if not self.extreme:
            return [all(each.holds(numbers) for each in self.comparisons) for numbers in candidates]
        values = [numbers[self.name] for numbers in candidates]
        if not values:
            return []
        best = max(values) if self.extreme == "largest" else min(values)
        return [value == best for value in values]


def parse_where(find: str, text: str) -> Where:
    """Return what a text means; raise ValueError."""
    known = CANDIDATES[find]
    if found := _EXTREME.match(text.strip()):
        _check_name(found[2], find, known)
        return Where(found[1], found[2])
    comparisons = []
    for part in re.split(r"\s+and\s+", text.strip()):
        piece = _PART.match(part.strip())
        if piece is None:
            raise ValueError(
                f"{part or 'nothing'} is neither `largest NAME`, `smallest NAME` nor a comparison"
            )
        _check_name(piece[1], find, known)
        comparisons.append(Comparison(Sum(((1.0, piece[1]),)), piece[2], Sum(((float(piece[3]), ""),))))
    return Where(comparisons=tuple(comparisons))


def check_where(find: str, text: str) -> str:
    """Return what is wrong with such a text, or nothing."""
    try:
        parse_where(find, text)
    except ValueError as error:
        return str(error)
    return ""


def _check_name(name: str, find: str, known: Sequence[str]) -> None:
    if name not in known:
        raise ValueError(f"{name} is not known of a {find}; one of {', '.join(known)}")
