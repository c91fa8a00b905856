"""What the last line shows of the keys, by what is on the screen and what has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import Screen

from tui_nn.widgets.key_line import Keys

if TYPE_CHECKING:
    from tui_nn.settings.keymaps.keymap import Keymap


def keymap_of(app: App[Any]) -> Keymap | None:
    """Return a person's own keys; None: the usual ones."""
    return getattr(app, "keymap", None)


def own_line(app: App[Any], usual: Keys) -> Keys:
    """Return a line of keys with a person's own."""
    keymap = keymap_of(app)
    return usual if keymap is None else tuple((keymap.shown(keys), words) for keys, words in usual)


def own_lines(app: App[Any], usual: Keys) -> tuple[Keys, Keys, Keys]:
    """Return a line of keys, that of the past and that of a run that diverged, with a person's own keys."""
    return own_line(app, usual), own_line(app, TIME_LINE), own_line(app, RECOVERY_LINE)


def inner_line(screen: Screen[Any], keys: Keys) -> Keys:
    """Return the keys of what has the keyboard; what takes letters itself has them from no map of keys."""
    return keys if getattr(screen.focused, "takes_letters", False) else own_line(screen.app, keys)


def said(app: App[Any], sentence: str) -> str:
    """Return a sentence with a person's own keys."""
    keymap = keymap_of(app)
    return sentence if keymap is None else keymap.said(sentence)


KEY_LINE: Keys = (
    ("space", "run/pause"),
    ("?", "help"),
    ("q", "quit"),
    ("c", "settings"),
    ("s", "step"),
    ("[ ]", "rate"),
    ("- +", "speed"),
    ("r", "reset"),
    ("tab", "panels"),
    ("h H", "layers"),
    ("u U", "neurons"),
    ("z", "zoom"),
    ("g", "new data"),
    ("j J", "misclassified"),
)
"""What the key line shows, the most needed first: what does not fit is left out."""

DIGITS_LINE: Keys = (
    ("enter", "draw"),
    ("?", "help"),
    ("q", "quit"),
    ("v", "view"),
    ("space", "run/pause"),
    ("i", "label it"),
    ("R", "new weights"),
    ("I", "train on yours"),
    ("{ }", "test digits"),
    ("j J", "misclassified"),
    ("c", "settings"),
    ("1", "playground"),
    ("r", "reset"),
)
"""What it shows on the Digits screen."""

PUSH_LINE: Keys = (
    ("left right", "push"),
    ("?", "help"),
    ("q", "quit"),
    ("enter", "smallest ε"),
    ("up down", "target"),
    ("v", "view"),
    ("{ }", "test digits"),
    ("t", "your drawing"),
    ("home", "not pushed"),
    ("j J", "misclassified"),
    ("space", "run/pause"),
)
"""What it shows while an image is pushed there."""

INSIDE_LINE: Keys = (
    ("m M", "pages"),
    ("?", "help"),
    ("q", "quit"),
    ("space", "run/pause"),
    ("f", "walk"),
    ("E", "example"),
    ("{ }", "next example"),
    ("s", "step"),
    ("v", "colors"),
    ("F X", "freeze, cut"),
    ("c", "settings"),
    ("z", "zoom"),
    ("1", "playground"),
)
"""What it shows on the Inside screen."""

SPACE_LINE: Keys = (
    ("arrows", "rotate"),
    ("?", "help"),
    ("q", "quit"),
    ("enter", "auto-rotate"),
    ("page up/down", "zoom"),
    ("home", "reset view"),
    ("space", "run/pause"),
    ("{ }", "next example"),
    ("j J", "misclassified"),
    ("E", "example"),
    ("c", "settings"),
    ("1", "playground"),
    ("v", "weights/gradients"),
)
"""What it shows on the Space screen."""

COMPARE_LINE: Keys = (
    ("space", "run/pause"),
    ("?", "help"),
    ("q", "quit"),
    ("enter", "take over"),
    ("up down", "runs"),
    ("left right", "sort"),
    ("c", "settings"),
    ("E", "values"),
    ("u U", "add, drop"),
    ("0 9", "from start, moment"),
    ("A", "ten seeds"),
    ("1", "playground"),
    ("v", "curves"),
    ("- +", "speed"),
    ("r", "reset"),
)
"""What it shows on the Compare screen."""

SWEEP_LINE: Keys = (
    ("enter", "watch it train"),
    ("?", "help"),
    ("escape", "back"),
    ("up down", "runs"),
    ("left right", "sort"),
    ("home", "turn round"),
    ("tab", "panels"),
    ("z", "zoom"),
    ("page up/down", "by eight"),
)
"""What it shows on the table of a sweep."""

LESSON_LINE: Keys = (
    ("8", "go on"),
    ("D", "text"),
    ("K", "hint"),
    ("S", "show me"),
    ("G", "again"),
    ("7", "back"),
    ("5", "course"),
    ("?", "help"),
    ("space", "run/pause"),
    ("q", "quit"),
    ("tab", "panels"),
)
"""What it shows on every screen while a lesson is played."""

ANSWER_LINE: Keys = (
    ("enter", "take it"),
    ("up down", "choose"),
    ("K", "hint"),
    ("S", "show me"),
    ("8", "go on"),
    ("D", "text"),
    ("tab", "panels"),
)
"""What it shows while a lesson's answer has the keyboard."""

NUMBER_LINE: Keys = (
    ("0-9 - .", "a number"),
    ("enter", "take it"),
    ("tab", "leave it: then 8, 7 and 5"),
    ("K", "hint"),
    ("S", "show me"),
    ("D", "text"),
)
"""What it shows while a lesson waits for a number: digits type, and are no keys of the lesson."""

TIME_LINE: Keys = (
    (", .", "back, forward"),
    ("space", "train from here"),
    ("9", "latest step"),
    (";", "replay"),
    ("0", "first moment"),
    ("?", "help"),
    ("s", "one step from here"),
    ("W", "save with history"),
)
"""What it shows while a past moment is on the screen."""

SETTINGS_LINE: Keys = (
    ("letter", "its row"),
    ("left right", "change"),
    ("0-9 . -", "type"),
    ("enter", "type or choose"),
    ("escape", "back"),
    ("up down", "rows"),
)
"""What it shows while the settings have the keyboard."""

WEIGHTS_LINE: Keys = (
    ("left right", "change"),
    ("0-9 . -", "type"),
    ("F X", "freeze, cut"),
    ("escape", "back"),
    ("up down", "rows"),
    ("enter", "type over"),
)
"""What it shows while the weights of a neuron have it."""

FIELD_LINE: Keys = (("enter", "take it"), ("escape", "leave it as it was"))
"""What it shows while something is typed."""

RECOVERY_LINE: Keys = (
    ("b", "back to the last good step"),
    ("B", "back, rate / 10"),
    ("x", "back, clip the gradient"),
    ("r", "reset"),
    ("?", "help"),
)
"""What it shows when a run has diverged."""
