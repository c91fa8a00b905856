"""The words of the field in plain language, one sentence and one formula each, from a file for each language.

en.toml     English, which has every term
de.toml     the same in German, under the same headings; what it lacks is said in English
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui_nn.files.assets import asset_path
from tui_nn.files.errors import FileError
from tui_nn.files.reading import read_text
from tui_nn.files.toml_text import TomlError, parse_toml
from tui_nn.settings.naming import find_name, near

FIRST_LANGUAGE = "en"
MOST_BYTES = 1_000_000
TEXTS, LISTS = ("name", "meaning", "formula"), ("also", "see")


@dataclass(frozen=True)
class Term:
    """One word of the field."""

    key: str
    """Its heading, the same in every language: `learning_rate`."""
    name: str
    meaning: str
    """One sentence, with its full stop."""
    formula: str
    also: tuple[str, ...] = ()
    """What else it is called."""
    see: tuple[str, ...] = ()
    """Keys of the terms to read next."""

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is found by."""
        return self.name, *self.also


@dataclass(frozen=True)
class Glossary:
    """All terms by their key, in the order of the file."""

    terms: Mapping[str, Term]

    def find(self, text: str) -> Term | None:
        """Return the term that is called so, in the plural too; None where there is none."""
        names = {key: (*term.names, f"{term.name}s") for key, term in self.terms.items()}
        key = find_name(text, names)
        return None if key is None else self.terms[key]

    def near(self, text: str) -> list[str]:
        """Return the names that a text may be a misspelling of, the nearest first."""
        by_name = {name: term.name for term in self.terms.values() for name in term.names}
        return list(dict.fromkeys(by_name[name] for name in near(text, by_name)))

    def see(self, term: Term) -> list[Term]:
        """Return the terms to read next."""
        return [self.terms[key] for key in term.see]


def shipped_glossary(language: str = FIRST_LANGUAGE) -> Glossary:
    """Return the glossary that comes with the program, in a language where it is there. Raises FileError."""
    try:
        return read_glossary(asset_path("glossary"), language)
    except FileNotFoundError as error:
        raise FileError(str(error)) from None


def read_glossary(folder: Path, language: str = FIRST_LANGUAGE) -> Glossary:
    """Return the glossary of a folder: a language's terms over the English ones. Raises FileError."""
    terms = _read_terms(folder / f"{FIRST_LANGUAGE}.toml")
    other = folder / f"{language}.toml"
    if language != FIRST_LANGUAGE and other.is_file():
        terms |= {key: term for key, term in _read_terms(other).items() if key in terms}
    for term in terms.values():
        for key in term.see:
            if key not in terms:
                raise FileError(f"the glossary: {term.key} names {key}, which is not in it")
    return Glossary(terms)


def _read_terms(path: Path) -> dict[str, Term]:
    try:
        tables = parse_toml(read_text(path, MOST_BYTES))
    except TomlError as error:
        raise FileError(f"{path.name}:{error.line}: {error}") from None
    return {key: _term(path, key, table) for key, table in tables.items()}


def _term(path: Path, key: str, table: Any) -> Term:
    def refuse(what: str) -> FileError:
        return FileError(f"{path.name}: [{key}] {what}")

    if not isinstance(table, dict):
        raise refuse("is no table")
    if unknown := sorted(set(table) - {*TEXTS, *LISTS}):
        raise refuse(f"has {unknown[0]}; it may have {', '.join((*TEXTS, *LISTS))}")
    for field in TEXTS:
        if not isinstance(table.get(field), str) or not table[field].strip():
            raise refuse(f"needs {field}, a text")
    for field in LISTS:
        found = table.get(field, [])
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise refuse(f"needs {field} as a list of texts")
    lists = {field: tuple(table.get(field, ())) for field in LISTS}
    return Term(key, *(table[field] for field in TEXTS), **lists)
