"""Undo and redo of what a person changed: settings, and what was done to single weights and neurons."""

from __future__ import annotations

from dataclasses import dataclass

from tui_nn.settings.config import Config
from tui_nn.training.commands import Command

MOST = 200
Value = Config | Command


@dataclass(frozen=True)
class Edit:
    """One change: what it was called, what to apply to take it back, and to do it again."""

    words: str
    before: Value
    after: Value


class Edits:
    """The changes made, and those taken back."""

    def __init__(self) -> None:
        self._done: list[Edit] = []
        self._undone: list[Edit] = []

    def add(self, edit: Edit) -> None:
        """Remember a change; what was taken back before is forgotten."""
        self._done = [*self._done[1 - MOST :], edit]
        self._undone.clear()

    def undo(self) -> Edit | None:
        """Return the last change, to take it back; None if there is none."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Edit | None:
        """Return the change that was taken back last, to do it again; None if there is none."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]
