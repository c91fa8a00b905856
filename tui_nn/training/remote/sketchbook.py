"""The drawings that a person has labeled: kept in a file, and trained on when wanted."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from tui_nn.data import DataError
from tui_nn.data.kept_drawings import KeptDrawings, add_drawings, load_drawings, set_aside
from tui_nn.files.errors import FileError
from tui_nn.training.commands import Rehearse

REHEARSAL_STEPS = 60


class Sketchbook:
    """Drawings and their digits; a file that cannot be read or written costs nothing but itself."""

    def __init__(self, path: Path) -> None:
        self._path, self._turn = path, Lock()
        self._filed, self._unfiled = KeptDrawings(), KeptDrawings()
        self.trouble = ""
        """What is wrong with the file, in words."""
        try:
            self._filed = load_drawings(path)
        except DataError:
            self.trouble = self._put_aside()
        except FileError as error:
            self.trouble = f"{error}."

    def __len__(self) -> int:
        return len(self._filed) + len(self._unfiled)

    def keep(self, drawing: NDArray[np.uint8], digit: int) -> str:
        """Keep a drawing (28, 28) with its digit; return what was done, in words.

        Raises DataError for what is no drawing, FileError where it could not be written: then it is there
        until the program ends, and is written with the next one.
        """
        aside = ""
        with self._turn:
            self._unfiled = self._unfiled.with_drawing(drawing, digit)
            try:
                self._filed = add_drawings(self._path, self._unfiled)
            except DataError:
                aside = f" {self._put_aside()}"
                self._filed = add_drawings(self._path, self._unfiled)
            self._unfiled, self.trouble = KeptDrawings(), ""
        count = f"{len(self)} drawing{'s' if len(self) > 1 else ''}"
        article = "an" if digit == 8 else "a"
        return f"Saved as {article} {digit} ({count} so far). I trains on your drawings.{aside}"

    def rehearsal(self) -> Rehearse:
        """Return the command that trains on all kept drawings for a moment."""
        kept = self._filed.with_drawings(self._unfiled)
        return Rehearse(kept.images(), kept.digits, REHEARSAL_STEPS)

    def _put_aside(self) -> str:
        """Make room for a new file where a damaged one lies; return what was done, in words."""
        try:
            place = set_aside(self._path)
        except FileError as error:
            return f"{error}."
        return f"The file of kept drawings was damaged: it is {place.name} now, and a new one begins."
