"""What a word of the command line can stand for, by its looks: nothing is loaded or opened for that."""

from __future__ import annotations

import os


def is_shared(word: str) -> bool:
    """Return whether a word can be a share line or an address: it is no file."""
    return ("=" in word or "://" in word) and not os.path.isfile(word)


def is_table(word: str) -> bool:
    """Return whether a word can be a table: a file, standard input or a set of scikit-learn."""
    return word == "-" or word.startswith("sklearn:") or os.path.isfile(word)
