"""Lists of names as values of settings, separated by commas."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tui_nn.settings.values.names import Choice

NONE = "none"
"""The word for an empty list."""
ALL = "all"
"""The word for an empty list of what is kept: nothing is left out."""


@dataclass(frozen=True)
class Several:
    """A comma list of some names, each at most once, kept in the order of `notes`; at least one."""

    notes: Mapping[str, str]

    @property
    def allowed(self) -> str:
        """List the names."""
        return f"one or more of {','.join(self.notes)}, separated by commas"

    def parse(self, text: str) -> tuple[str, ...]:
        """Read names between commas."""
        return tuple(part.strip().lower() for part in text.split(",") if part.strip())

    def check(self, value: Any) -> tuple[str, ...]:
        """Return the names in the order of `notes`; none may be there twice."""
        if not _are_names(value, self.notes) or len(set(value)) != len(value):
            raise ValueError(self.allowed)
        return tuple(name for name in self.notes if name in value)

    def format(self, value: Any) -> str:
        """Write the names with commas."""
        return ",".join(value)

    def neighbor(self, value: Any, step: int) -> Any:
        """Return the same names: a list has toggles, not arrows."""
        return value


@dataclass(frozen=True)
class OneOrEach:
    """One name, or a comma list of names, one for each hidden layer."""

    notes: Mapping[str, str]

    @property
    def allowed(self) -> str:
        """List the names, and say where several are wanted."""
        return f"one of {', '.join(self.notes)}, or one for each hidden layer separated by commas"

    def parse(self, text: str) -> str | tuple[str, ...]:
        """Read one name, or names between commas."""
        names = tuple(part.strip().lower().replace("-", "_") for part in text.split(","))
        return names[0] if len(names) == 1 else names

    def check(self, value: Any) -> str | tuple[str, ...]:
        """Return a name, or a tuple of names."""
        if not _are_names((value,) if isinstance(value, str) else value, self.notes):
            raise ValueError(self.allowed)
        return value if isinstance(value, str) else tuple(value)

    def format(self, value: Any) -> str:
        """Write the names with commas."""
        return value if isinstance(value, str) else ",".join(value)

    def neighbor(self, value: Any, step: int) -> Any:
        """Return the next name; a list of names moves as one."""
        first = value if isinstance(value, str) else value[0]
        return Choice(self.notes).neighbor(first, step)


@dataclass(frozen=True)
class SomeOf:
    """A comma list of some names, or the word `none`; `names` gives the allowed ones when they are known.

    Each comes with what else it is called, by which it can be given too.
    """

    names: Callable[[], Mapping[str, Collection[str]]]

    @property
    def allowed(self) -> str:
        """List the names, and the word for none of them."""
        return f"{NONE}, or some of {','.join(self.names())}"

    def parse(self, text: str) -> tuple[str, ...]:
        """Read names between commas, or `none`."""
        if text.strip().lower() == NONE:
            return ()
        return tuple(part.strip() for part in text.split(",") if part.strip())

    def check(self, value: Any) -> tuple[str, ...]:
        """Return the names as they are ordered; a misspelled one is refused with the nearest."""
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise ValueError(self.allowed)
        if not all(isinstance(name, str) for name in value):
            raise ValueError(self.allowed)
        names = self.names() if value else {}
        known = tuple(value) if all(name in names for name in value) else self._find(value, names)
        return tuple(dict.fromkeys(known))

    def _find(self, given: Sequence[str], names: Mapping[str, Collection[str]]) -> list[str]:
        """Return the names of what is given otherwise; raise ValueError."""
        from tui_nn.settings.naming import find_name, nearest  # only who gives others waits for it

        words = [word for name, others in names.items() for word in (*others, name)]
        found = [find_name(text, names) for text in given]
        meant = [nearest(text, words) for text, name in zip(given, found, strict=True) if name is None]
        if meant:
            likely = [name for name in meant if name is not None]
            raise ValueError(f"did you mean {', '.join(likely)}?" if likely == meant else self.allowed)
        return [name for name in found if name is not None]

    def format(self, value: Any) -> str:
        """Write the names with commas."""
        return ",".join(value) or NONE

    def neighbor(self, value: Any, step: int) -> Any:
        """Return the same names: a list is typed."""
        return value


def _are_names(value: Any, notes: Mapping[str, str]) -> bool:
    """Return whether a value is a list of at least one name, all of them in `notes`."""
    if isinstance(value, str) or not isinstance(value, Sequence) or not value:
        return False
    return all(isinstance(name, str) and name in notes for name in value)


@dataclass(frozen=True)
class Texts:
    """A comma list of texts, in quotes where they hold a comma themselves; or `all`."""

    allowed: str

    def parse(self, text: str) -> tuple[str, ...]:
        """Read texts between commas."""
        if text.strip().lower() == ALL:
            return ()
        import csv  # only who lists columns waits for it

        rows = list(csv.reader([" ".join(text.splitlines())], skipinitialspace=True))
        return tuple(name.strip() for name in (rows or [[]])[0] if name.strip())

    def check(self, value: Any) -> tuple[str, ...]:
        """Return the texts, none of them empty."""
        if not isinstance(value, (tuple, list)) or not all(isinstance(v, str) and v.strip() for v in value):
            raise ValueError(self.allowed)
        return tuple(value)

    def format(self, value: Any) -> str:
        """Write the texts with commas."""
        if not value:
            return ALL
        import csv
        import io

        written = io.StringIO()
        csv.writer(written, lineterminator="").writerow(value)
        return written.getvalue()

    def neighbor(self, value: Any, step: int) -> Any:
        """Return the same texts."""
        return value
