"""The words of the field in plain language, one sentence and one formula each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tui_nn.files.assets import readable_asset
from tui_nn.files.errors import FileError
from tui_nn.lessons.translated import FIRST_LANGUAGE, TEXT, TEXTS, read_tables
from tui_nn.settings.naming import find_name, near

FIELDS = {"name": TEXT, "meaning": TEXT, "formula": TEXT, "also": TEXTS, "see": TEXTS}


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


@cache
def shipped_glossary(language: str = FIRST_LANGUAGE) -> Glossary:
    """Return the glossary that comes with the program, in a language where it is there. Raises FileError."""
    return read_glossary(readable_asset("glossary"), language)


def read_glossary(folder: Path, language: str = FIRST_LANGUAGE) -> Glossary:
    """Return the glossary of a folder; see `translated`. Raises FileError."""
    terms = {key: Term(key, **table) for key, table in read_tables(folder, FIELDS, language).items()}
    for term in terms.values():
        for key in term.see:
            if key not in terms:
                raise FileError(f"the glossary: {term.key} names {key}, which is not in it")
    return Glossary(terms)
