"""The first word of `tui-nn` and `tui-nn train`, no command and no flag: which flags it stands for.

Each kind is one function of the word and the words behind it: it returns None where a word is none of its
kind, and raises UsageError where it is one that cannot be used.
"""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Callable, Sequence

from tui_nn.commands.openable import is_shared, is_table
from tui_nn.files.paths import full_path
from tui_nn.files.reading import opened
from tui_nn.files.visible import ask
from tui_nn.settings.config import SETTINGS
from tui_nn.settings.flags import UsageError
from tui_nn.settings.precedence import SHARED

PARTS_OF_A_RUN = {"header.npy", "parameters.npy"}
"""What the archive of a saved run holds at least."""
Kind = Callable[[str, Sequence[str]], list[str] | None]


def with_first_word(words: Sequence[str]) -> list[str]:
    """Return words, of which the first is no flag, with it as flags where it stands for some.

    Raises UsageError.
    """
    found = next((flags for kind in KINDS if (flags := kind(words[0], words[1:])) is not None), None)
    return list(words) if found is None else [*found, *words[1:]]


def _journal(word: str, others: Sequence[str]) -> list[str] | None:
    """Return the journal of a sweep as a flag."""
    from tui_nn.sweeps.following import holds_sweep

    return ["--journal", word] if os.path.isfile(word) and holds_sweep(word) else None


def _saved_run(word: str, others: Sequence[str]) -> list[str] | None:
    """Return the file of a run as a flag."""
    if not os.path.isfile(word):
        return None
    with opened(full_path(word)) as file:
        if not zipfile.is_zipfile(file):
            return None
        with zipfile.ZipFile(file) as archive:
            is_run = set(archive.namelist()) >= PARTS_OF_A_RUN
    return ["--load", word] if is_run else None


def _line(word: str, others: Sequence[str]) -> list[str] | None:
    """Return a share line or an address as a flag, with those for the files that it names, once allowed."""
    if not is_shared(word):
        return None
    from tui_nn.settings.sharing.line import LineError
    from tui_nn.settings.sharing.reading import read_shared

    try:
        texts = read_shared(word).texts
    except LineError as error:
        raise UsageError(f"{SHARED}: {error}") from None
    flags = ["--share", word]
    for name, text in texts.items():
        is_named = any(other.partition("=")[0] in SETTINGS[name].flags for other in others)
        if SETTINGS[name].opens_file(text) and not is_named:
            _allow(text, SETTINGS[name].flag)
            flags += [SETTINGS[name].flag, text]
    return flags


def _allow(path: str, flag: str) -> None:
    """Ask whether a file that a line names may be opened; raise UsageError unless it may and is there."""
    if not full_path(path).exists():
        raise UsageError(f"{SHARED}: it needs {path[:160]}, which is not here; {flag} says where it is")
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(
            f"{SHARED}: it names {path[:160]}, and a line opens no file by itself; add {flag} {path[:160]}"
        )
    ask(f"The line opens {path}. Allow this? [y/N] ")
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise UsageError(f"{SHARED}: {path[:160]} was not opened")


def _table(word: str, others: Sequence[str]) -> list[str] | None:
    """Return any other file, standard input or a set of scikit-learn as a table."""
    return ["--data", word] if is_table(word) else None


KINDS: tuple[Kind, ...] = (_saved_run, _journal, _line, _table)
"""The first that knows a word takes it."""
