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
        "The first forward pass, with the initial random weights.",
        is_trouble=False,
        is_told=False,
    ),
    MomentKind(
        "first_backward",
        "first backward pass",
        "The first gradients were backpropagated and the first step was taken.",
        is_trouble=False,
        is_told=False,
    ),
    MomentKind("no_penalty", "no penalty", "A regularization is chosen, but its penalty rate is 0."),
    MomentKind("high_loss", "high loss", "The training loss stays above that of random guessing."),
    MomentKind("plateau", "plateau", "The training loss has stopped falling, though there is more to learn."),
    MomentKind(
        "not_learning", "not learning", "The weights change, but the loss stays at that of random guessing."
    ),
    MomentKind("not_updating", "not updating", "The weights hardly change."),
    MomentKind("divergence", "divergence", "The loss exploded or became NaN or infinite."),
    MomentKind("overfitting", "overfitting", "The test loss rises while the training loss falls."),
    MomentKind("dead_units", "dead units", "At least half of a layer's neurons output 0 for every sample."),
    MomentKind(
        "vanishing",
        "vanishing gradients",
        "A layer's gradient is less than 1/1000 of that of a later layer.",
    ),
    MomentKind("exploding", "exploding gradients", "The gradient norm grew to 50 times its initial value."),
    MomentKind(
        "goal",
        "goal reached",
        "A stop rule is met, or accuracy is within half a point of the best possible.",
        is_trouble=False,
    ),
)

MOMENTS: dict[str, MomentKind] = {kind.name: kind for kind in _ALL}
"""Every kind by name, in the order in which they are listed."""


def moment_names() -> dict[str, tuple[str, ...]]:
    """Return what each kind of moment can be called."""
    return {kind.name: (kind.label,) for kind in MOMENTS.values()}
