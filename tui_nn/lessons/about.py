"""What is said of each screen, page and panel: what it shows, its words, its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tui_nn.files.assets import readable_asset
from tui_nn.lessons.translated import FIRST_LANGUAGE, PAIRS, TEXT, TEXTS, read_tables

FIELDS = {"name": TEXT, "shows": TEXT, "words": TEXTS, "keys": PAIRS}


@dataclass(frozen=True)
class About:
    """What is said of one of them."""

    name: str
    shows: str
    """One to three sentences."""
    words: tuple[str, ...]
    """Keys of terms of the glossary."""
    keys: tuple[tuple[str, str], ...]
    """Keys as they are written for a person, and what they do."""


@cache
def shipped_abouts(language: str = FIRST_LANGUAGE) -> Mapping[str, About]:
    """Return what comes with the program, in a language where it is there. Raises FileError."""
    return read_abouts(readable_asset("help"), language)


def read_abouts(folder: Path, language: str = FIRST_LANGUAGE) -> Mapping[str, About]:
    """Return what the files of a folder say, by screen, page and panel. Raises FileError."""
    return {key: About(**table) for key, table in read_tables(folder, FIELDS, language).items()}
