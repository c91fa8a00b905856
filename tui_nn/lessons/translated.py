"""Tables of words from a folder that has a file for each language, English first and whole.

en.toml     English, which has every heading
de.toml     the same in German, under the same headings; what it lacks is said in English
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tui_nn.files.errors import FileError
from tui_nn.files.reading import read_text
from tui_nn.files.toml_text import TomlError, parse_toml

FIRST_LANGUAGE = "en"
MOST_BYTES = 1_000_000
TEXT, TEXTS, PAIRS = "a text", "a list of texts", "a list of pairs of texts"
"""What a field holds. A text is required; a list may be missing, and is empty then."""

Table = dict[str, Any]


def read_tables(folder: Path, fields: Mapping[str, str], language: str) -> dict[str, Table]:
    """Return the tables by heading, lists as tuples; fields hold what `fields` says. Raises FileError."""
    tables = _read(folder / f"{FIRST_LANGUAGE}.toml", fields)
    other = folder / f"{language}.toml"
    if language != FIRST_LANGUAGE and other.is_file():
        tables |= {key: table for key, table in _read(other, fields).items() if key in tables}
    return tables


def _read(path: Path, fields: Mapping[str, str]) -> dict[str, Table]:
    try:
        found = parse_toml(read_text(path, MOST_BYTES))
    except TomlError as error:
        raise FileError(f"{path.name}:{error.line}: {error}") from None
    tables = {}
    for key, table in found.items():
        if wrong := _complaint(table, fields):
            raise FileError(f"{path.name}: [{key}] {wrong}")
        tables[key] = {name: _frozen(table.get(name, ())) for name in fields}
    return tables


def _complaint(table: Any, fields: Mapping[str, str]) -> str:
    if not isinstance(table, dict):
        return "is no table"
    if unknown := sorted(set(table) - set(fields)):
        return f"has {unknown[0]}; it may have {', '.join(fields)}"
    wrong = [name for name, kind in fields.items() if not _is(kind, table.get(name))]
    return f"needs {wrong[0]}, {fields[wrong[0]]}" if wrong else ""


def _is(kind: str, value: Any) -> bool:
    if kind == TEXT:
        return isinstance(value, str) and bool(value.strip())
    if value is None:
        return True
    if not isinstance(value, list):
        return False
    if kind == PAIRS:
        return all(_is(TEXTS, item) and len(item) == 2 for item in value)
    return all(_is(TEXT, item) for item in value)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
