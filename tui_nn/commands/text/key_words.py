"""The words of text mode that do what keys do on the screen; sentences that name keys name these."""

from __future__ import annotations

from collections.abc import Mapping

from tui_nn.settings.keymaps.sentences import with_keys

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
    "V": "sweep",
    "A": "compare seeds",
    "E": "example",
    "f": "walk",
    "T": "teach",
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
    "escape": "escape",
    "tab": "tab",
    "up": "up",
    "down": "down",
}
"""What does in text mode what a key does on the screen."""


def in_words(text: str) -> str:
    """Return a sentence of the program with words for its keys."""
    return with_keys(text, WORD_OF_KEY.get, press="type").replace("any other key", "anything else")
