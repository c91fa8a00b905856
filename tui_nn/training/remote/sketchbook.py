"""The drawings that a person has labeled: kept in a file, and trained on when wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from tui_nn.data import DataError
from tui_nn.data.frame import DIGIT_NAMES, FRAME
from tui_nn.data.kept_drawings import KeptDrawings, add_drawings, load_drawings, set_aside
from tui_nn.files.errors import FileError
from tui_nn.files.places import drawings_file
from tui_nn.training.commands import Rehearse

REHEARSAL_STEPS = 60


def sketchbook_for(shape: tuple[int, int], names: tuple[str, ...]) -> Sketchbook:
    """Return the drawings that are kept for images of one shape, with the same classes. Raises FileError."""
    if (shape, names) == (FRAME, DIGIT_NAMES):
        return Sketchbook(drawings_file())
    digest = hashlib.blake2b("\n".join(names).encode(), digest_size=4).hexdigest()
    return Sketchbook(drawings_file(f"{shape[0]}x{shape[1]}-{digest}"), shape, names)


class Sketchbook:
    """Drawings and their digits; a file that cannot be read or written costs nothing but itself."""

    def __init__(
        self, path: Path, shape: tuple[int, int] = FRAME, class_names: Sequence[str] = DIGIT_NAMES
    ) -> None:
        self._path, self._turn, self._names = path, Lock(), class_names
        empty = KeptDrawings(np.zeros((0, *shape), np.uint8), n_classes=len(class_names))
        self._empty = self._filed = self._unfiled = empty
        self.trouble = ""
        """What is wrong with the file, in words."""
        try:
            self._filed = load_drawings(path, self._empty)
        except DataError:
            self.trouble = self._put_aside()
        except FileError as error:
            self.trouble = f"{error}."

    def __len__(self) -> int:
        return len(self._filed) + len(self._unfiled)

    def keep(self, drawing: NDArray[np.uint8], digit: int) -> str:
        """Keep a drawing (rows, columns) with the number of its class; return what was done, in words.

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
            self._unfiled, self.trouble = self._empty, ""
        count = f"{len(self)} drawing{'s' if len(self) > 1 else ''}"
        name = self._names[digit]
        article = "an" if name[:1].lower() in tuple("8aeiou") else "a"
        return f"Saved as {article} {name} ({count} so far). I trains on your drawings.{aside}"

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
