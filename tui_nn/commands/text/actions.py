"""Every word of text mode in one table: help, lessons and the docs are made from it."""

from __future__ import annotations

from tui_nn.commands.text import (
    comparing,
    describing,
    digits,
    files,
    inside,
    judging,
    lessons,
    pushing,
    settings,
    speech,
    sweeps,
    teaching,
    training,
    walking,
    weights,
)
from tui_nn.commands.text.action import Action
from tui_nn.commands.text.key_words import WORD_OF_KEY
from tui_nn.settings.naming import plain

ACTIONS: tuple[Action, ...] = (
    *training.ACTIONS,
    *settings.ACTIONS,
    *describing.ACTIONS,
    *judging.ACTIONS,
    *inside.ACTIONS,
    *weights.ACTIONS,
    *walking.ACTIONS,
    *comparing.ACTIONS,
    *sweeps.ACTIONS,
    *digits.ACTIONS,
    *pushing.ACTIONS,
    *lessons.ACTIONS,
    *teaching.ACTIONS,
    *files.ACTIONS,
    *speech.ACTIONS,
)
GROUPS = tuple(dict.fromkeys(action.group for action in ACTIONS))
MOST_WORDS = 3
"""Of a name."""


def _named() -> dict[str, Action]:
    by_word = {action.word: action for action in ACTIONS}
    keys = {
        key: by_word[word] for key, word in WORD_OF_KEY.items() if word in by_word and not key.isdecimal()
    }
    others = {plain(name): action for action in ACTIONS for name in action.others}
    return {**keys, **others, **{plain(word): action for word, action in by_word.items()}}


_BY_NAME = _named()


def find_action(line: str) -> tuple[Action, str] | None:
    """Return the action that a line begins with, and what follows its name; None where it names none."""
    words = line.split()
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        name = " ".join(words[:count])
        action = _BY_NAME.get(name) or _BY_NAME.get(plain(name))
        if action is not None:
            return action, line.split(maxsplit=count)[count] if len(words) > count else ""
    return None
