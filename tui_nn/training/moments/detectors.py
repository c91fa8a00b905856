"""The detectors of troubles and of the goal, each a pure function of what was measured.

A detector is given a window of checkups and whether it found something before; it returns a finding, GONE
where there is none, None while that cannot be said. What ends a finding is further off than what begins it,
so that none flickers.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from tui_nn.settings.wording import idle_in_words
from tui_nn.training.moments.facts import Facts
from tui_nn.training.moments.remedies import (
    ADD_LAYER,
    ADD_NEURON,
    CLIP,
    CLIP_MORE,
    LEAKY,
    LOWER_RATE,
    MORE_SAMPLES,
    NEW_WEIGHTS,
    OTHER_ACTIVATION,
    PENALIZE,
    RAISE_PENALTY,
    RAISE_RATE,
    REMOVE_LAYER,
    STANDARDIZE,
    Remedy,
)
from tui_nn.training.moments.window import FEW, GONE, Finding, Window, loss_or_inf

GROUPS = 12
"""So many medians tell whether a loss rises or falls in the long run."""
GROUP = 4
"""Checkups in the smallest of such groups."""
GOAL = 0.005
"""An accuracy so near the best possible one is the goal."""
THROWN_OFF = 3.0
"""A loss so many times that of guessing comes of steps that are far too long."""


Detector = Callable[[Window, bool], Finding | None]


def no_penalty(window: Window, is_on: bool) -> Finding | None:
    """A regularization is chosen that does nothing."""
    what = idle_in_words(window.facts.config)
    return Finding(what, (RAISE_PENALTY,)) if what else GONE


def not_updating(window: Window, is_on: bool) -> Finding | None:
    """The weights hardly move, and the loss is about what it was with random weights."""
    if not window.is_long(100, 3):
        return None
    if window.motion > (1e-3 if is_on else 3e-4) or window.loss < 0.8 * window.facts.guess_loss:
        return GONE
    what = (
        f"The weights move by {100 * window.motion:.2g} % in an epoch, so the loss stays at {window.loss:.3g}"
    )
    if window.vitals.gradient_norm == 0.0:
        return _trouble(window, f"{what}: no gradient reaches them", NEW_WEIGHTS)
    return _trouble(window, what, RAISE_RATE)


def high_loss(window: Window, is_on: bool) -> Finding | None:
    """The loss stays above that of guessing, and does not fall quickly."""
    if not window.is_long(100, 2):
        return None
    guess = window.facts.guess_loss
    if window.loss < (1.1 if is_on else 1.25) * guess or (window.fall > 0.2 and not is_on):
        return GONE
    what = f"The loss is {window.loss:.3g}; random guessing would give a loss of {guess:.3g}"
    return _trouble(window, what, LOWER_RATE, NEW_WEIGHTS)


def not_learning(window: Window, is_on: bool) -> Finding | None:
    """The loss stays at that of guessing."""
    if not window.is_long(400, 5):
        return None
    guess = window.facts.guess_loss
    if window.loss < (0.93 if is_on else 0.98) * guess or window.fall > 0.04:
        return GONE
    what = f"The loss of {window.loss:.3g} is no better than guessing ({guess:.3g})"
    return _trouble(window, what, _growth(window.facts), NEW_WEIGHTS)


def plateau(window: Window, is_on: bool) -> Finding | None:
    """The loss hardly falls though there is room."""
    if not window.is_long(800, 5) or math.isnan(window.fall):
        return None
    if not window.has_room or window.fall > (0.05 if is_on else 0.02):
        return GONE
    before, after = window.losses
    what = f"Loss has stopped falling: {before:.3g} to {after:.3g} in {window.steps // 4:,} steps"
    if window.motion < 0.005:
        return _trouble(window, what, RAISE_RATE, _growth(window.facts))
    return _trouble(window, what, _growth(window.facts), LOWER_RATE)


def overfitting(window: Window, is_on: bool) -> Finding | None:
    """The test loss rises while the training loss falls."""
    if not window.is_long(200, 5) or window.checkups[-1].metrics.test_loss is None:
        return None
    size = len(window.checkups) // GROUPS
    tested = window.checkups[len(window.checkups) - GROUPS * size :]
    if size < GROUP:
        return None
    test = _medians([loss_or_inf(c.metrics.test_loss) for c in tested])
    train = _medians([loss_or_inf(c.metrics.train_loss) for c in tested])
    lowest, late = int(test.argmin()), float(test[-2:].min())
    if late < (1.1 if is_on else 1.25) * test[lowest] or train[-1] > 0.8 * test[-1]:
        return GONE
    is_slight = late - test[lowest] < 0.05 * window.facts.guess_loss
    if is_slight or train[-1] > (1.05 if is_on else 0.95) * train[lowest]:
        return GONE if is_on else None
    config = window.facts.config
    samples = [MORE_SAMPLES] if config.is_relevant("samples") else []
    penalty = PENALIZE if config.regularization == "none" else RAISE_PENALTY
    remedies = [penalty, *samples] if idle_in_words(config) else [*samples, penalty]
    group = tested[lowest * size : (lowest + 1) * size]
    since = min(group, key=lambda c: loss_or_inf(c.metrics.test_loss)).step
    rose = f"rose from {test[lowest]:.3g} to {test[-1]:.3g} since step {since:,}"
    return Finding(f"Test loss {rose}; training loss fell to {train[-1]:.3g}", tuple(remedies))


def dead_units(window: Window, is_on: bool) -> Finding | None:
    """Half of a layer or more is silent."""
    late = [c.vitals for c in window.checkups[-3:]]
    if len(late) < 3 or any(len(vitals.dead) != len(window.facts.layer_names) for vitals in late):
        return None
    least = 0.4 if is_on else 0.5
    for number, name in enumerate(window.facts.layer_names):
        if all(v.counted[number] and v.dead[number] >= least * v.counted[number] for v in late):
            many = f"{late[-1].dead[number]:,} of {late[-1].counted[number]:,} neurons of {name}"
            what = f"{many} output 0 for every sample"
            return _trouble(window, what, LEAKY, LOWER_RATE, NEW_WEIGHTS)
    return GONE


def vanishing(window: Window, is_on: bool) -> Finding | None:
    """A layer's gradient is far smaller than that of one above it."""
    if len(window.checkups) < FEW or not window.has_room:
        return None
    known = [(norm, number) for number, norm in enumerate(window.gradient_norms()) if not math.isnan(norm)]
    pairs = [(low, max(known[place:])) for place, low in enumerate(known) if max(known[place:])[0] > 0]
    if not pairs:
        return None
    (norm, below), (largest, above) = min(pairs, key=lambda pair: pair[0][0] / pair[1][0])
    if norm >= (1e-2 if is_on else 1e-3) * largest:
        return GONE
    names, vitals = window.facts.layer_names, window.vitals
    what = f"The gradient of {names[below]} is {norm / largest:.1g} times that of {names[above]}"
    if stuck := vitals.saturated[below]:
        found = f"{what}: {stuck:,} of its neurons are saturated"
        if _is_thrown_off(window):
            return _trouble(window, found, LOWER_RATE, NEW_WEIGHTS)
        return _trouble(window, found, NEW_WEIGHTS, LOWER_RATE)
    is_leaky = "leaky_relu" in window.facts.config.activation
    return _trouble(window, what, OTHER_ACTIVATION if is_leaky else LEAKY, REMOVE_LAYER)


def exploding(window: Window, is_on: bool) -> Finding | None:
    """The gradient grew to many times what it was at first."""
    norm = window.vitals.gradient_norm
    before = [c.vitals.gradient_norm for c in window.checkups[: 2 * FEW] if c.step > 0][:-1]
    if not before:
        return None
    first = statistics.median(before)
    if norm <= (10.0 if is_on else 50.0) * first or norm <= 5.0:
        return GONE
    what = f"The norm of the gradient grew from {first:.2g} to {norm:.2g}"
    return _trouble(window, what, LOWER_RATE, CLIP if window.facts.config.clip_norm is None else CLIP_MORE)


def goal(window: Window, is_on: bool) -> Finding | None:
    """The accuracy is as good as the best possible one."""
    best = window.facts.best_accuracy
    late = [c.metrics for c in window.checkups[-3:]]
    has_test = late[-1].test_accuracy is not None
    found = [m.test_accuracy if has_test else m.train_accuracy for m in late]
    accuracies = [accuracy for accuracy in found if accuracy is not None]
    if best is None or len(accuracies) < 3 or not window.is_long(20, 2):
        return None
    if min(accuracies) < best - (10 * GOAL if is_on else GOAL):
        return GONE
    name = "Test" if has_test else "Training"
    reached = f"{name} accuracy {100 * accuracies[-1]:.1f} %"
    return Finding(f"{reached}, about the best possible here. w saves the run")


DETECTORS: dict[str, Detector] = {
    "no_penalty": no_penalty,
    "dead_units": dead_units,
    "vanishing": vanishing,
    "exploding": exploding,
    "high_loss": high_loss,
    "not_updating": not_updating,
    "not_learning": not_learning,
    "plateau": plateau,
    "overfitting": overfitting,
    "goal": goal,
}
"""By the kind of moment; causes before what follows from them."""

LEARNING = ("not_updating", "not_learning", "plateau")
"""Ways in which a loss does not fall: one is enough to be said."""


def _trouble(window: Window, what: str, *remedies: Remedy) -> Finding:
    """Return a finding; columns of unlike size are the first thing to mend."""
    return Finding(what, (STANDARDIZE, *remedies) if window.facts.has_unlike_columns else remedies)


def _is_thrown_off(window: Window) -> bool:
    """Return whether steps were so long that weights drawn anew would be thrown off by them as well."""
    return window.loss > THROWN_OFF * window.facts.guess_loss


def _growth(facts: Facts) -> Remedy:
    """Return what makes the network larger."""
    return ADD_LAYER if len(facts.layer_sizes) == 2 else ADD_NEURON


def _medians(values: Sequence[float]) -> NDArray[np.float64]:
    """Return the medians of GROUPS groups of neighbors."""
    groups = np.sort(np.array(values, dtype=np.float64).reshape(GROUPS, -1), axis=1)
    return np.asarray(groups[:, groups.shape[1] // 2])
