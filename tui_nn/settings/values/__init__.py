"""The kinds of value a setting can have. None knows of particular settings.

`parse` and `check` raise ValueError with what is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tui_nn.settings.values.layers import Sizes
from tui_nn.settings.values.lists import OneOrEach, Several, SomeOf
from tui_nn.settings.values.names import Choice, Or, Switch, Text
from tui_nn.settings.values.numbers import Integer, Real

if TYPE_CHECKING:
    from tui_nn.settings.values.kind import Kind

__all__ = [
    "Choice",
    "Integer",
    "OneOrEach",
    "Or",
    "Real",
    "Several",
    "Sizes",
    "SomeOf",
    "Switch",
    "Text",
    "choices",
]


def choices(kind: Kind) -> Mapping[str, str] | None:
    """Return the names a kind offers, each with a sentence of help; None if values are typed."""
    if isinstance(kind, (Choice, OneOrEach)):
        return kind.notes
    if isinstance(kind, Or) and isinstance(kind.kind, Choice):
        return {kind.word: "Chosen to match the other settings.", **kind.kind.notes}
    if isinstance(kind, Or) and isinstance(kind.kind, Switch):
        return {kind.word: "Chosen to match the data.", "true": "yes", "false": "no"}
    if isinstance(kind, Switch):
        return {"true": "yes", "false": "no"}
    return None
