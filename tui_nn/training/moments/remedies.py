"""What helps, as values: which setting or action, in which direction, by which key, in which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tui_nn.settings.config import SETTINGS


@dataclass(frozen=True)
class Remedy:
    """One thing that can be done."""

    target: str
    """The name of a setting, or of the action where no setting is changed."""
    direction: int
    """1: more, or on; -1: less, or off; 0: another, or nothing that could be undone."""
    key: str
    """What is typed."""
    words: str
    """What that does, as an order."""

    def undoes(self, other: Remedy) -> bool:
        """Whether it goes against another one."""
        return self.target == other.target and self.direction * other.direction < 0


def _label(name: str) -> str:
    return SETTINGS[name].label


def _row(name: str, direction: int, words: str) -> Remedy:
    """Return a remedy that is set in the settings, gone to by their letter."""
    return Remedy(name, direction, f"c {SETTINGS[name].letter}", words)


LOWER_RATE = Remedy("learning_rate", -1, "[", f"lower the {_label('learning_rate')}")
RAISE_RATE = Remedy("learning_rate", 1, "]", f"raise the {_label('learning_rate')}")
ADD_NEURON = Remedy("hidden_sizes", 1, "u", "add a neuron")
ADD_LAYER = Remedy("hidden_sizes", 1, "h", "add a hidden layer")
REMOVE_LAYER = Remedy("hidden_sizes", -1, "H", "remove a hidden layer")
NEW_WEIGHTS = Remedy("reset_to_new_weights", 0, "R", "draw new weights")
STANDARDIZE = _row("standardize", 1, f"{_label('standardize')} the columns")
OTHER_ACTIVATION = _row("activation", 0, f"another {_label('activation')}")
LEAKY = _row("activation", 0, f"leaky_relu as {_label('activation')}")
PENALIZE = _row("regularization", 1, f"choose a {_label('regularization')}")
RAISE_PENALTY = _row("regularization_rate", 1, f"raise the {_label('regularization_rate')}")
MORE_SAMPLES = _row("samples", 1, f"more {_label('samples')}")
CLIP = _row("clip_norm", -1, f"set a {_label('clip_norm')}")
CLIP_MORE = _row("clip_norm", -1, f"lower the {_label('clip_norm')}")
GO_BACK = Remedy("recover", 0, "b", "back")
GO_BACK_SLOWER = Remedy("learning_rate", -1, "B", f"back, lower {_label('learning_rate')}")
GO_BACK_CLIPPED = Remedy("clip_norm", -1, "x", f"back, {_label('clip_norm')} 1")
WALK = Remedy("walk", 0, "f", "walk a sample through")


def without_contradictions(remedies: Iterable[Remedy], given: Sequence[Remedy]) -> tuple[Remedy, ...]:
    """Return the remedies that undo none of those given before."""
    return tuple(remedy for remedy in remedies if not any(remedy.undoes(before) for before in given))


def in_words(remedies: Sequence[Remedy]) -> str:
    """Return "Try u (add a neuron) or [ (lower the learning rate)"; no full stop, empty for none."""
    named = [f"{remedy.key} ({remedy.words})" for remedy in remedies]
    if not named:
        return ""
    return "Try " + " or ".join([", ".join(named[:-1]), named[-1]] if named[1:] else named)
