"""A person's own keys: each means one that the program knows, or nothing.

What is typed is translated once, where it comes in; everything behind that knows the usual keys alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from tui_nn.settings.actions import ACTIONS, Action
from tui_nn.settings.keymaps.names import read_key, write_key
from tui_nn.settings.keymaps.sentences import with_keys

MOTIONS = {
    "panel.up": "up",
    "panel.down": "down",
    "panel.left": "left",
    "panel.right": "right",
    "panel.enter": "enter",
    "panel.home": "home",
    "panel.end": "end",
    "panel.page-up": "pageup",
    "panel.page-down": "pagedown",
}
"""What moves in the panel that has the keyboard: these keys of a keyboard always do, others can too."""
FIXED = frozenset(
    (*MOTIONS.values(), "escape", "tab", "shift+tab", "backspace", "ctrl+c", "ctrl+q", "f1", "f2", "f3")
)
"""Keys that mean the same in every map."""


def word_of(action: Action) -> str:
    """Return what an action is called in a file of keys, such as run.nudge.learning_rate.-1."""
    return ".".join(re.findall(r"[\w-]+", action.name))


@cache
def actions_by_word() -> Mapping[str, Action]:
    """Return every action by what it is called in a file of keys."""
    return {word_of(action): action for action in ACTIONS}


@cache
def usual_keys() -> Mapping[str, tuple[str, ...]]:
    """Return the keys of every action, and of every motion, by their words."""
    actions = {word: action.keys for word, action in actions_by_word().items()}
    return {**actions, **{word: (key,) for word, key in MOTIONS.items()}}


@dataclass(frozen=True)
class Keymap:
    """What keys mean, by the names that Textual gives them."""

    meant: Mapping[str, str] = field(default_factory=dict)
    """The usual key that a key stands for, where that is another one."""
    silent: frozenset[str] = frozenset()
    """Usual keys that mean nothing now."""

    def meaning(self, key: str) -> str | None:
        """Return the usual key that a key stands for; None: it means nothing."""
        if key in self.meant:
            return self.meant[key]
        return None if key in self.silent else key

    def moves(self, key: str) -> bool:
        """Return whether a key stands for one that moves."""
        return self.meant.get(key, key) in FIXED

    def written(self, usual: str) -> str:
        """Return how the keys are written that stand for a usual key; it as it is where none does."""
        own = [write_key(key) for key, means in self.meant.items() if means == usual]
        kept = [write_key(usual)] if usual not in self.silent and usual not in self.meant else []
        return " ".join([*own, *kept]) or write_key(usual)

    def keys_of(self, action: Action) -> str:
        """Return how all keys of an action are written."""
        return " ".join(map(write_key, self.keys_for(action.keys)))

    def keys_for(self, usual: Sequence[str]) -> list[str]:
        """Return the keys that do what these usual ones do, those that are usual first."""
        kept = [key for key in usual if self.meaning(key) in usual]
        return kept + [key for key, means in self.meant.items() if means in usual and key not in kept]

    def shown(self, keys: str) -> str:
        """Return keys that are written apart at spaces as a person has them; what moves stays."""
        return " ".join(map(self._shown, keys.split(" ")))

    def said(self, sentence: str) -> str:
        """Return a sentence of the program with a person's own keys."""
        return with_keys(sentence, lambda key: self._shown(key).partition(" ")[0])

    def _shown(self, written: str) -> str:
        usual = read_key(written)
        return written if usual is None or usual in FIXED else self.written(usual)


def keymap_of(chosen: Mapping[str, tuple[str, ...]]) -> Keymap:
    """Return the map in which some actions have the keys given; no key may be given twice."""
    usual = usual_keys()
    first = {word: keys[0] for word, keys in usual.items()}
    meant = {key: first[word] for word, keys in chosen.items() for key in keys if key not in usual[word]}
    silent = {
        key
        for word, keys in chosen.items()
        for key in usual[word]
        if key not in keys and key not in FIXED and word not in MOTIONS
    }
    return Keymap(meant, frozenset(silent))
