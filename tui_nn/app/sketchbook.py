"""The drawings that a person has labeled: kept in a file, and trained on when wanted."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tui_nn.data import DataError
from tui_nn.data.kept_drawings import KeptDrawings, load_drawings, save_drawings
from tui_nn.training.commands import Rehearse

REHEARSAL_STEPS = 60


class Sketchbook:
    """Drawings and their digits; a file that cannot be read or written costs nothing but itself."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._kept = load_drawings(path)
        except DataError:
            self._kept = KeptDrawings()
            with suppress(OSError):
                path.rename(path.with_suffix(".unreadable"))

    def __len__(self) -> int:
        return len(self._kept)

    def keep(self, drawing: NDArray[np.uint8], digit: int) -> str:
        """Keep a drawing (28, 28) with its digit; return what was done, in words. Raises DataError."""
        self._kept = self._kept.with_drawing(drawing, digit)
        count = f"{len(self._kept)} drawing{'s' if len(self._kept) > 1 else ''}"
        article = "an" if digit == 8 else "a"
        words = f"Kept as {article} {digit}: {count} so far. I trains on what is kept for a moment."
        try:
            save_drawings(self._path, self._kept)
        except DataError as error:
            words += f" ({error})"
        return words

    def rehearsal(self) -> Rehearse:
        """Return the command that trains on all kept drawings for a moment."""
        return Rehearse(self._kept.images(), self._kept.digits, REHEARSAL_STEPS)
