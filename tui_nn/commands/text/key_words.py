"""Sentences that name keys of the screen, with the words of text mode in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping

WORD_OF_KEY: Mapping[str, str] = {
    "space": "run",
    "s": "step",
    "e": "epoch",
    "n": "train",
    "r": "reset",
    "R": "new weights",
    "g": "new data",
    ",": "earlier",
    ".": "later",
    "0": "first moment",
    "9": "latest",
    ";": "replay",
    "W": "save all",
    "[": "lower rate",
    "<": "lower rate",
    "]": "raise rate",
    ">": "raise rate",
    "-": "slower",
    "+": "faster",
    "=": "faster",
    "h": "add layer",
    "H": "remove layer",
    "u": "add neuron",
    "U": "remove neuron",
    "c": "settings",
    "ctrl+z": "undo",
    "ctrl+y": "redo",
    "{": "previous sample",
    "}": "next sample",
    "J": "previous mistake",
    "j": "next mistake",
    "b": "recover",
    "B": "recover slower",
    "x": "recover clipped",
    "1": "playground",
    "2": "digits",
    "5": "lessons",
    "6": "comparison",
    "C": "compare",
    "A": "compare seeds",
    "E": "example",
    "f": "walk",
    "y": "code",
    "i": "label",
    "I": "rehearse",
    "8": "next",
    "7": "back",
    "K": "hint",
    "S": "show",
    "G": "again",
    "D": "text",
    "w": "save",
    "Y": "share",
    "o": "open",
    "q": "quit",
    "?": "help",
    "right": "stage",
    "left": "stage back",
    "enter": "enter",
    "up": "up",
    "down": "down",
}
"""What does in text mode what a key does on the screen."""

_KEY = "|".join(re.escape(key) for key in sorted(WORD_OF_KEY, key=len, reverse=True))
_DOES = "trains|begins|takes|opens|starts|lowers|returns|saves|drops|leaves|goes|restores|says|shows"
_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\b[Pp]ress ({_KEY}) "), "type {} "),
    (
        re.compile(rf"(?<=[.;:] )({_KEY})(?=:? (?:{_DOES})\b)"),
        "{}",
    ),
    (re.compile(rf"(?<=, )({_KEY})(?= (?:to replay|trains|begins|takes|returns|goes)\b)"), "{}"),
    (re.compile(rf"(?<=Try )({_KEY})(?= \()"), "{}"),
    (re.compile(rf"(?<=\), )({_KEY})(?= \()"), "{}"),
    (re.compile(rf"(?<= or )({_KEY})(?= \()"), "{}"),
    (re.compile(r"\bc [A-Za-z] (?=\()"), "settings "),
    (re.compile(r"\bany other key\b"), "anything else"),
)


def in_words(text: str) -> str:
    """Return a sentence of the program with words for its keys."""
    for pattern, form in _PHRASES:
        text = pattern.sub(lambda found, form=form: _replaced(found, form), text)  # type: ignore[misc]
    return text


def _replaced(found: re.Match[str], form: str) -> str:
    return form.format(WORD_OF_KEY[found[1]]) if found.groups() else form
