"""What an export consists of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Written:
    """The content of an export: one file, and at most one beside it."""

    content: bytes
    beside: bytes | None = None
    """An .npz that the first one reads, of the same name; None where one file holds all."""
    is_text: bool = True

    def files(self, path: Path) -> dict[Path, bytes]:
        """Return the files of an export to `path`, in the order they are to be written: what is read last."""
        beside = {} if self.beside is None else {path.with_suffix(".npz"): self.beside}
        return beside | {path: self.content}
