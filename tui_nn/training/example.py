"""Which sample is looked at: one of the training or test set, or one that a person gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PARTS = ("train", "test", "typed")


@dataclass(frozen=True)
class Example:
    """A sample by its place in the data, or by its values."""

    part: str = "train"
    """One of PARTS."""
    index: int = 0
    """Its number in the set, from 0; a number beyond the end counts on from the beginning."""
    values: tuple[float, ...] = ()
    """Of a typed sample: the raw inputs, before features are made of them; of images the ink, 0 to 255."""
    target: float | None = None
    """Of a typed sample: the number of its class, or its value; None where nobody said."""

    @property
    def words(self) -> str:
        """Its name for a person: "train 3" (counted from 1), "0.5, -1"."""
        if self.part != "typed":
            return f"{self.part} {self.index + 1}"
        if len(self.values) > 4:
            return f"{len(self.values):,} typed numbers"
        return ", ".join(f"{value:g}" for value in self.values)

    def beside(self, step: int) -> Example:
        """Return the next sample of the same set (step 1), or the one before (-1)."""
        if self.part == "typed":
            return Example()
        return Example(self.part, max(0, self.index + step))


FIRST_EXAMPLE = Example()
"""The first training sample."""


def parse_example(text: str, n_values: int, class_names: Sequence[str]) -> Example:
    """Return what a person typed: "train 3", "test 12", or n_values numbers such as "0.5, -1".

    After a colon stands the class or, for regression (no class names), the value: "0.5, -1: blue".
    Raises ValueError with a sentence for anything else.
    """
    given, _, wanted = text.partition(":")
    words = given.replace(",", " ").split()
    if len(words) == 2 and words[0] in PARTS[:2] and words[1].isdecimal() and int(words[1]) > 0:
        return Example(words[0], int(words[1]) - 1)
    try:
        values = tuple(float(word) for word in words)
    except ValueError:
        raise ValueError(f"{text.strip()!r} is no example; {allowed_examples(n_values)}") from None
    if len(values) != n_values:
        given = "1 number was" if len(values) == 1 else f"{len(values)} numbers were"
        raise ValueError(f"{given} given; {allowed_examples(n_values)}")
    if not all(abs(value) < 1e30 for value in values):
        raise ValueError("only finite numbers can be looked at")
    return Example("typed", 0, values, parse_target(wanted.strip(), class_names))


def allowed_examples(n_values: int) -> str:
    """Return what may be typed, in words."""
    return f"train 1, test 1, or {n_values} number{'s' * (n_values != 1)}; a class may follow a colon"


def parse_target(wanted: str, class_names: Sequence[str]) -> float | None:
    """Return the number of a class, or a value where there are no classes; None for no word.

    Raises ValueError with a sentence.
    """
    if not wanted:
        return None
    if not class_names:
        try:
            return float(wanted)
        except ValueError:
            raise ValueError(f"{wanted!r} is no number") from None
    if wanted in class_names:
        return float(list(class_names).index(wanted))
    if wanted.isdecimal() and int(wanted) < len(class_names):
        return float(wanted)
    raise ValueError(f"{wanted!r} is no class; the classes are {', '.join(class_names)}")
