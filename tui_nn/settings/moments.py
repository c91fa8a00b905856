"""The moments of a run that have a name: what a session notices, lists, and can pause at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MomentKind:
    """One kind of moment."""

    name: str
    label: str
    help: str
    is_trouble: bool = True
    """Whether there is something to mend."""
    is_told: bool = True
    """Whether it is said at once, not only listed."""


_ALL = (
    MomentKind(
        "first_forward",
        "first forward pass",
        "Samples went through the network for the first time: the weights are still drawn at random.",
        is_trouble=False,
        is_told=False,
    ),
    MomentKind(
        "first_backward",
        "first backward pass",
        "The first gradient went back through all layers, and the first step was taken.",
        is_trouble=False,
        is_told=False,
    ),
    MomentKind("high_loss", "high loss", "The training loss stays above what mere guessing would give."),
    MomentKind("plateau", "plateau", "The training loss hardly falls, though there is more to learn."),
    MomentKind("not_learning", "not learning", "The weights move, but the loss stays that of guessing."),
    MomentKind("not_updating", "not updating", "The weights hardly move, so nothing can change."),
    MomentKind("divergence", "divergence", "The loss exploded, or a number grew past all bounds."),
    MomentKind("overfitting", "overfitting", "The test loss rises while the training loss falls."),
    MomentKind("dead_units", "dead units", "Half of a layer's neurons or more answer 0 to every sample."),
    MomentKind(
        "vanishing",
        "vanishing gradients",
        "A layer's gradient is a thousandth of that of a layer above it, or less: it hardly learns.",
    ),
    MomentKind("exploding", "exploding gradients", "The gradient grew to fifty times what it was at first."),
    MomentKind(
        "goal",
        "goal reached",
        "A stop rule's goal is met, or the accuracy is within half a point of the best possible.",
        is_trouble=False,
    ),
)

MOMENTS: dict[str, MomentKind] = {kind.name: kind for kind in _ALL}
"""Every kind by name, in the order in which they are listed."""
