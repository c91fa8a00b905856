"""Words as values of settings: one of some names, yes or no, any text, or one for no value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui_nn.settings.values.numbers import Integer, Real

if TYPE_CHECKING:
    from tui_nn.settings.values.kind import Kind


LONGEST_REFERENCE = 4096


@dataclass(frozen=True)
class Choice:
    """One of some names; `notes` holds a sentence of help for each."""

    notes: Mapping[str, str]

    @property
    def allowed(self) -> str:
        """List the names."""
        return f"one of {', '.join(self.notes)}"

    def parse(self, text: str) -> str:
        """Read a name; capitals do not matter, - and _ are the same."""
        wanted = text.strip().lower().replace("-", "_")
        for name in self.notes:
            if name.replace("-", "_") == wanted:
                return name
        raise ValueError(self.allowed)

    def check(self, value: Any) -> str:
        """Return one of the names."""
        if not isinstance(value, str) or value not in self.notes:
            raise ValueError(self.allowed)
        return value

    def format(self, value: Any) -> str:
        """Write the name."""
        return str(value)

    def neighbor(self, value: Any, step: int) -> Any:
        """Return the next name; they go round."""
        names = list(self.notes)
        return names[(names.index(value) + step) % len(names)]


@dataclass(frozen=True)
class Switch:
    """Yes or no."""

    allowed: str = "true or false"

    def parse(self, text: str) -> bool:
        """Read true, yes, on or 1, or their opposites; an empty text is no."""
        word = text.strip().lower()
        if word in ("true", "yes", "on", "1"):
            return True
        if word in ("false", "no", "off", "0", ""):
            return False
        raise ValueError(self.allowed)

    def check(self, value: Any) -> bool:
        """Return a truth value; a number is none."""
        if not isinstance(value, bool):
            raise ValueError(self.allowed)
        return value

    def format(self, value: Any) -> str:
        """Write true or false."""
        return "true" if value else "false"

    def neighbor(self, value: Any, step: int) -> Any:
        """Return the other one."""
        return not value


class Typed:
    """What texts share that are typed: they are taken as they are, and none is next to another."""

    def parse(self, text: str) -> str:
        """Return the text, without blanks around it."""
        return text.strip()

    def format(self, value: Any) -> str:
        """Return the text."""
        return str(value)

    def neighbor(self, value: Any, step: int) -> Any:
        """Return the same text."""
        return value


@dataclass(frozen=True)
class Text(Typed):
    """Any printable text up to a length."""

    most: int

    @property
    def allowed(self) -> str:
        """Say how long it can be."""
        return f"a text of up to {self.most:,} printable characters"

    def check(self, value: Any) -> str:
        """Return the text."""
        if not isinstance(value, str) or len(value) > self.most or not (value == "" or value.isprintable()):
            raise ValueError(self.allowed)
        return value


@dataclass(frozen=True)
class Or:
    """A value of another kind, or a word that stands for None: `none`, `full`, `auto`."""

    word: str
    kind: Kind
    word_first: bool = True

    @property
    def allowed(self) -> str:
        """Say what else is allowed, and the word."""
        return f"{self.kind.allowed}, or {self.word}"

    def parse(self, text: str) -> Any:
        """Read the word as None, all else as the other kind does."""
        if text.strip().lower() == self.word:
            return None
        try:
            return self.kind.parse(text)
        except ValueError:
            raise ValueError(self.allowed) from None

    def opens_file(self, text: str) -> bool:
        """Return whether a text stands for a file: where the other kind says so, and it is not the word."""
        reads = getattr(self.kind, "opens_file", None)
        return reads is not None and text.strip().lower() != self.word and bool(reads(text))

    def check(self, value: Any) -> Any:
        """Return None, or what the other kind returns."""
        if value is None or (isinstance(value, str) and value.strip().lower() == self.word):
            return None
        try:
            return self.kind.check(value)
        except ValueError:
            raise ValueError(self.allowed) from None

    def format(self, value: Any) -> str:
        """Write the word for None."""
        return self.word if value is None else self.kind.format(value)

    def neighbor(self, value: Any, step: int) -> Any:
        """Return the next value; the word stands before the first, or behind the last."""
        if isinstance(self.kind, Reference):
            return value
        stops = self._stops()
        if value is None:
            if self.word_first:
                return stops[0] if step > 0 else None
            return stops[-1] if step < 0 else None
        following = self.kind.neighbor(value, step)
        at_end = following == value or (
            isinstance(self.kind, (Choice, Switch)) and value == stops[-1 if step > 0 else 0]
        )
        if at_end and (step < 0) == self.word_first:
            return None
        return value if at_end else following

    def _stops(self) -> Sequence[Any]:
        if isinstance(self.kind, Choice):
            return list(self.kind.notes)
        if isinstance(self.kind, Switch):
            return (True, False)
        if isinstance(self.kind, (Integer, Real)) and self.kind.stops:
            return self.kind.stops
        if isinstance(self.kind, Integer):
            return (self.kind.low, self.kind.high)
        raise TypeError(f"{self.kind} has no stops")


@dataclass(frozen=True)
class Reference(Typed):
    """A name that only something outside knows, such as a column."""

    allowed: str

    def check(self, value: Any) -> str:
        """Return the text."""
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_REFERENCE:
            raise ValueError(self.allowed)
        return value


BUNDLED = "sklearn:"
"""What stands before the name of a table that comes with a library."""


@dataclass(frozen=True)
class FileReference(Reference):
    """The path of a file that is read."""

    def opens_file(self, text: str) -> bool:
        """Return whether it stands for a file: not standard input, nor a set that a library brings."""
        return bool(text.strip()) and text.strip() != "-" and not text.strip().startswith(BUNDLED)
