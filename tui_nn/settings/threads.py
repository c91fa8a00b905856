"""How many threads matrix products may take, and where their libraries look for that when they are loaded.

Read before anything else is: no setting is known yet, and nothing that is wrong is said here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

THREAD_VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "BLIS_NUM_THREADS",
)
_MOST_BYTES = 1_000_000
_IN_A_LINE = re.compile(r"(?:^|&)threads=(\d+)(?:&|$)")
_IN_A_FILE = re.compile(r"^\s*threads\s*=\s*['\"]?(\d+)", re.MULTILINE)


def wanted_threads(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return what is said of the number by whoever decides it: flag, share line, file, variable, default."""
    first = [word for word in words[:2] if not word.startswith("-")]  # of tui-nn itself, or of a command
    lines = [_value(words, "--share") or "", *reversed(first)]
    in_line = next((found[1] for line in lines if (found := _IN_A_LINE.search(line))), None)
    said = (_value(words, "--threads"), in_line, _in_file(_value(words, "--config")))
    usual = environment.get("TUI_NN_THREADS", "1")
    return next((number for number in said if number is not None), usual)


def _value(words: Sequence[str], flag: str) -> str | None:
    """Return what stands behind a flag, the last time that it is there."""
    found = None
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word == flag:
            found = following
        elif word.startswith(f"{flag}="):
            found = word.partition("=")[2]
    return found


def _in_file(path: str | None) -> str | None:
    """Return the number in a file of settings; nothing of one that cannot be read."""
    if path is None:
        return None
    from tui_nn.files.errors import FileError  # most runs come without a file
    from tui_nn.files.paths import full_path
    from tui_nn.files.reading import read_text

    try:
        found = _IN_A_FILE.search(read_text(full_path(path), _MOST_BYTES))
    except FileError:
        return None
    return found[1] if found else None
