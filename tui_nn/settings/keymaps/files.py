"""Maps of keys as text: one action a line with its keys, the usual ones for what has no line.

# run or pause the training
run.toggle = space p
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from tui_nn.files.assets import asset_path
from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path, shown
from tui_nn.files.reading import list_folder, read_text
from tui_nn.settings.actions import ACTIONS
from tui_nn.settings.keymaps.keymap import (
    FIXED,
    MOTIONS,
    Keymap,
    actions_by_word,
    keymap_of,
    usual_keys,
    word_of,
)
from tui_nn.settings.keymaps.names import read_key, write_key
from tui_nn.settings.naming import nearest

MOST_BYTES = 100_000
END = ".keys"
COLUMNS = 100
HEAD = (
    "What each key does: an action, =, its keys apart at spaces, or nothing where it is to have none. "
    "A line that is left out keeps the usual keys. `tui-nn --keys FILE` uses this file. Keys are "
    "characters, or space, delete, insert, f1 to f12, ctrl+a and so on; arrows, enter, escape and tab stay "
    "what they are."
)
CHARS = "letters and signs as they are typed, or names such as space, page-up, ctrl+a"


@dataclass(frozen=True)
class Line:
    """One line of a file."""

    number: int
    word: str
    keys: tuple[str, ...]


def read_keymap(wanted: str) -> Keymap:
    """Return the map of a file, or of one that ships by its name. Raises FileError with every complaint."""
    name, text = _find(wanted)
    lines, complaints = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            lines.append(_line(number, line))
        except ValueError as error:
            complaints.append(f"line {number}: {error}")
    complaints += _clashes(lines)
    if complaints:
        raise FileError(f"{name}: {'; '.join(complaints)}")
    return keymap_of({line.word: line.keys for line in lines})


def shipped_keymaps() -> dict[str, str]:
    """Return the text of each map that ships, by its name."""
    folder = asset_path("keys")
    paths = sorted(path for path in list_folder(folder) if path.name.endswith(END))
    return {path.name.removesuffix(END): read_text(path, MOST_BYTES) for path in paths}


def _find(wanted: str) -> tuple[str, str]:
    """Return the name and the text of a map."""
    shipped = shipped_keymaps()
    if wanted in shipped:
        return wanted, shipped[wanted]
    try:
        path = full_path(wanted)
        return shown(wanted), read_text(path, MOST_BYTES)
    except FileError as error:
        near = nearest(wanted, shipped)
        hint = f"; the nearest map that ships is {near}" if near else f"; these ship: {', '.join(shipped)}"
        raise FileError(f"{error}{hint}", error.why) from None


def _line(number: int, text: str) -> Line:
    """Return what a line says; raise ValueError with what is wrong."""
    word, sign, written = text.partition("=")
    word = word.strip()
    usual = usual_keys()
    if not sign:
        raise ValueError(f"{text.strip()[:40]} has no =; it needs an action, = and its keys")
    if word not in usual:
        near = nearest(word, usual)
        raise ValueError(f"{word[:40] or 'nothing'} is no action{f'; the nearest is {near}' if near else ''}")
    keys = []
    for part in written.split():
        key = read_key(part)
        if key is None:
            raise ValueError(f"{part[:20]} is no key; {CHARS}")
        if key in FIXED and key not in usual[word]:
            raise ValueError(f"{part} does the same in every map and cannot be another action's")
        keys.append(key)
    if word in actions_by_word() and actions_by_word()[word].priority:
        raise ValueError(f"{word} keeps its key, so that one can always leave")
    return Line(number, word, tuple(dict.fromkeys(keys)))


def _clashes(lines: list[Line]) -> Iterator[str]:
    """Yield where an action has two lines, and where a key would do two things: both places."""
    by_word: dict[str, Line] = {}
    taken: dict[str, Line] = {}
    for line in lines:
        if line.word in by_word:
            yield f"line {by_word[line.word].number} and line {line.number} are both of {line.word}"
        by_word.setdefault(line.word, line)
        for key in line.keys:
            other = taken.setdefault(key, line)
            if other.word != line.word:
                yield (
                    f"line {other.number} ({other.word}) and line {line.number} ({line.word}) "
                    f"both take {write_key(key)}"
                )
    for word, keys in usual_keys().items():
        for key in keys:
            if word not in by_word and key in taken and word not in MOTIONS:
                taker = taken[key]
                yield (
                    f"line {taker.number} ({taker.word}) takes {write_key(key)}, the usual key of {word}: "
                    f"give that a line with another one"
                )


def write_keymap(keymap: Keymap) -> str:
    """Return the text of a map with every action, each below what it does."""
    lines = [f"# {line}" for line in textwrap.wrap(HEAD, COLUMNS)]
    group = ""
    for action in ACTIONS:
        if action.priority:
            continue
        if action.group != group:
            group = action.group
            lines += ["", f"# -- {group}"]
        lines += ["", f"# {action.help}", f"{word_of(action)} = {keymap.keys_of(action)}".rstrip()]
    lines += ["", "# -- In the panel that has the keyboard; these keys move in every map, others can too"]
    lines += [
        f"{word} = {' '.join(map(write_key, keymap.keys_for((key,))))}" for word, key in MOTIONS.items()
    ]
    return "\n".join(lines) + "\n"
