"""The fields of one TOML block of a lesson, taken one by one; what is wrong is noted with its line."""

from __future__ import annotations

import re
from typing import Any

from tui_nn.files.toml_text import TomlError, parse_toml
from tui_nn.lessons.blocks import Block
from tui_nn.lessons.problems import LessonError, Problem
from tui_nn.settings.naming import nearest


class Fields:
    """Takes fields of a block by name and type, and knows in which line each stands."""

    def __init__(self, file: str, block: Block) -> None:
        self.file, self.block = file, block
        self.problems: list[Problem] = []
        try:
            self._values = parse_toml(block.text)
        except TomlError as error:
            raise LessonError([Problem(file, block.line - 1 + error.line, str(error))]) from None
        self._taken: set[str] = set()

    def line_of(self, name: str, table: str = "") -> int:
        """Return the line a field stands in; the block's first if it is not there."""
        inside = not table
        alone = re.compile(rf"""\s*["']?{re.escape(name)}["']?\s*=""")
        inline = re.compile(rf"\s*{re.escape(table)}\s*=.*\b{re.escape(name)}\b") if table else None
        for number, line in enumerate(self.block.text.split("\n"), self.block.line):
            if found := re.match(r"\s*\[+\s*([\w.]+)\s*\]+\s*$", line):
                if found[1] == name and not table:
                    return number
                inside = found[1] == table
            elif (inline is not None and inline.match(line)) or (inside and alone.match(line)):
                return number
        return self.line_of(table) if table else self.block.line

    def wrong(self, name: str, words: str, table: str = "") -> None:
        """Note what is wrong with a field."""
        self.problems.append(Problem(self.file, self.line_of(name, table), words))

    def has(self, name: str) -> bool:
        """Return whether a field is there."""
        return name in self._values

    def _take(self, name: str, kind: type | tuple[type, ...], words: str, default: Any) -> Any:
        self._taken.add(name)
        if name not in self._values:
            if default is None:
                self.wrong(name, f"{name} is missing")
            return default
        value = self._values[name]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.wrong(name, f"{name}: it must be {words}")
            return default
        return value

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there, and not be empty."""
        value = self._take(name, str, "text in quotes", default)
        if default is None and value is not None and not value.strip():
            self.wrong(name, f"{name} is empty")
        return str(value or "").strip()

    def integer(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number in a range."""
        value = self._take(name, int, f"a whole number from {low} to {high}", default)
        if value is not None and value != default and not low <= value <= high:
            self.wrong(name, f"{name}: {value} is not allowed; a whole number from {low} to {high}")
        return int(value or 0)

    def number(self, name: str, default: float | None = None) -> float:
        """Return a number."""
        return float(self._take(name, (int, float), "a number", default) or 0.0)

    def texts(self, name: str, default: list[str] | None = None, least: int = 1) -> tuple[str, ...]:
        """Return a list of texts of so many letters at least; one text alone counts as its words."""
        value = self._take(name, (list, str), 'a list such as ["a", "b"]', default)
        listed = value.split() if isinstance(value, str) else value or []
        if not all(isinstance(entry, str) and len(entry.strip()) >= least for entry in listed):
            self.wrong(name, f"{name}: it must be a list of texts{', none empty' if least else ''}")
            return ()
        return tuple(entry.strip() for entry in listed)

    def table(self, name: str) -> dict[str, Any]:
        """Return a table; empty where it is not there."""
        return dict(self._take(name, dict, "a table", {}))

    def tables(self, name: str) -> list[dict[str, Any]]:
        """Return a list of tables; empty where there is none."""
        value = self._take(name, list, f"tables, each begun by [[{name}]]", [])
        if not all(isinstance(entry, dict) for entry in value):
            self.wrong(name, f"{name}: it must be tables, each begun by [[{name}]]")
            return []
        return list(value)

    def end(self) -> None:
        """Note fields that nobody has taken."""
        for name in self._values:
            if name not in self._taken:
                near = nearest(name, self._taken)
                self.wrong(name, f"{name} is no field here" + (f"; {near}?" if near else ""))
