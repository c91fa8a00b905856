"""Drawings that a person has labeled, kept in one file: an npz of two arrays, without pickle."""

from __future__ import annotations

import contextlib
import os
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tui_nn.data.dataset import ClassArray, ImageArray
from tui_nn.data.digits import to_pixels
from tui_nn.data.drawing import fit_drawing, fit_drawings
from tui_nn.data.errors import DataError
from tui_nn.data.frame import IMAGE_SIZE

MAX_BYTES = 2**27
"""A file that would unpack to more than this is refused."""


def _no_images() -> ImageArray:
    return np.zeros((0, IMAGE_SIZE, IMAGE_SIZE), dtype=np.uint8)


def _no_classes() -> ClassArray:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class KeptDrawings:
    """Drawings with their labels, in the order in which they were kept."""

    drawings: ImageArray = field(default_factory=_no_images)
    """(n, 28, 28) ink 0 .. 255, as on the canvas, before anything is done to it."""
    digits: ClassArray = field(default_factory=_no_classes)
    """(n,) 0 .. 9."""

    def __len__(self) -> int:
        return len(self.digits)

    def with_drawing(self, drawing: ImageArray, digit: int) -> KeptDrawings:
        """Return these and one more, (28, 28) ink 0 .. 255. Raises DataError if it is empty or no digit."""
        fit_drawing(drawing)
        kept = KeptDrawings(
            np.concatenate([self.drawings, drawing[None].astype(np.uint8)]), np.append(self.digits, digit)
        )
        _check(kept, "the drawing")
        return kept

    def images(self) -> ImageArray:
        """Return the drawings as a network learns them: cropped, scaled and centered, (n, 28, 28)."""
        return to_pixels(fit_drawings(self.drawings))


def load_drawings(path: Path) -> KeptDrawings:
    """Return the drawings of a file, none if there is no such file. Raises DataError if it cannot be read."""
    if not path.exists():
        return KeptDrawings()
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
                raise DataError(f"{path} is too large for a file of drawings")
        with np.load(path, allow_pickle=False) as arrays:
            kept = KeptDrawings(arrays["drawings"], arrays["digits"])
    except (OSError, KeyError, EOFError, ValueError, zipfile.BadZipFile) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"{path} is not a file of drawings") from None
    _check(kept, str(path))
    return kept


def save_drawings(path: Path, kept: KeptDrawings) -> None:
    """Write drawings to a file, whole or not at all. Raises DataError where that is impossible."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            np.savez_compressed(file, drawings=kept.drawings, digits=kept.digits)
        partial.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise DataError(f"{path} cannot be written: {error.strerror or error}") from None


def _check(kept: KeptDrawings, origin: str) -> None:
    drawings, digits = kept.drawings, kept.digits
    is_fine = (
        drawings.dtype == np.uint8
        and drawings.shape == (len(digits), IMAGE_SIZE, IMAGE_SIZE)
        and digits.dtype == np.int64
        and digits.ndim == 1
        and bool(((digits >= 0) & (digits <= 9)).all())
    )
    if not is_fine:
        raise DataError(f"{origin} does not hold drawings of {IMAGE_SIZE} x {IMAGE_SIZE} with digits 0 to 9")
