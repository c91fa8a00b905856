"""What an export consists of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Written:
    """The content of an export: one file, and at most one beside it."""

    content: bytes
    beside: bytes | None = None
    """An .npz that the first one reads, of the same name; None where one file holds all."""
    is_text: bool = True
