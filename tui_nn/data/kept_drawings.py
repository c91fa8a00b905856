"""Drawings that a person has labeled, kept in one file: an npz of two arrays, without pickle."""

from __future__ import annotations

import os
import struct
import tokenize
import zipfile
import zlib
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.dataset import ClassArray, ImageArray
from tui_nn.data.digits import to_pixels
from tui_nn.data.drawing import fit_drawing, fit_drawings
from tui_nn.data.errors import DataError
from tui_nn.data.frame import DIGIT_NAMES, FRAME
from tui_nn.files.errors import FileError, reason
from tui_nn.files.locking import locked
from tui_nn.files.paths import make_folder
from tui_nn.files.reading import opened
from tui_nn.files.writing import replaced

MAX_BYTES = 2**26
"""A file that would unpack to more than this is refused."""
_COMPRESSED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_HEADERS = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    LookupError,
    TypeError,
    EOFError,
    OSError,
    RuntimeError,
    ArithmeticError,
    MemoryError,
    SyntaxError,
    tokenize.TokenError,
)
"""What zipfile and NumPy raise on damaged files."""


def _no_images() -> ImageArray:
    return np.zeros((0, *FRAME), dtype=np.uint8)


def _no_classes() -> ClassArray:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class KeptDrawings:
    """Drawings with their labels, in the order in which they were kept."""

    drawings: ImageArray = field(default_factory=_no_images)
    """(n, rows, columns) ink 0 .. 255, as on the canvas, before anything is done to it."""
    digits: ClassArray = field(default_factory=_no_classes)
    """(n,) numbers of classes."""
    n_classes: int = len(DIGIT_NAMES)
    """Classes there are."""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of a drawing."""
        return self.drawings.shape[1], self.drawings.shape[2]

    def __len__(self) -> int:
        return len(self.digits)

    def with_drawings(self, more: KeptDrawings) -> KeptDrawings:
        """Return these and further ones behind them."""
        drawings = np.concatenate([self.drawings, more.drawings])
        return replace(self, drawings=drawings, digits=np.concatenate([self.digits, more.digits]))

    def with_drawing(self, drawing: ImageArray, digit: int) -> KeptDrawings:
        """Return these and one more, (rows, columns) ink 0 .. 255.

        Raises DataError if it is empty, of another shape or of no class.
        """
        fit_drawing(drawing)
        one = replace(self, drawings=drawing[None].astype(np.uint8), digits=np.array([digit]))
        _check(one, self, "the drawing")
        return self.with_drawings(one)

    def images(self) -> ImageArray:
        """Return the drawings as a network learns them, (n, rows, columns); see `fit_drawings`."""
        return to_pixels(fit_drawings(self.drawings, self.shape))


def load_drawings(path: Path, empty: KeptDrawings = KeptDrawings()) -> KeptDrawings:
    """Return the drawings of a file, none if there is no such file.

    empty: none, of the shape and the classes that are wanted.

    Raises FileError where it cannot be read, DataError where it is damaged or holds something else.
    """
    if not os.path.lexists(path):
        return empty
    with opened(path, MAX_BYTES) as file:
        try:
            drawings, digits = _read(file)
        except DataError:
            raise
        except _DAMAGE:
            raise DataError(f"{path} is not a file of drawings") from None
    kept = replace(empty, drawings=drawings, digits=digits)
    _check(kept, empty, str(path))
    return kept


def save_drawings(path: Path, kept: KeptDrawings) -> None:
    """Write drawings to a file in the place of all that was there. Raises FileError."""
    make_folder(path.parent)
    with replaced(path) as file:
        np.savez_compressed(file, drawings=kept.drawings, digits=kept.digits)


def add_drawings(path: Path, more: KeptDrawings) -> KeptDrawings:
    """Add drawings to those in a file, whoever put them there; return all. Raises as `load_drawings` does."""
    make_folder(path.parent)
    with locked(path.parent):
        none = replace(more, drawings=more.drawings[:0], digits=more.digits[:0])
        kept = load_drawings(path, none).with_drawings(more)
        save_drawings(path, kept)
    return kept


def set_aside(path: Path) -> Path:
    """Give a damaged file another name beside it, which nothing has yet; return that. Raises FileError."""
    names = (path.with_suffix(f".unreadable{number or ''}") for number in count())
    place = next(name for name in names if not os.path.lexists(name))
    try:
        path.rename(place)
    except OSError as error:
        raise FileError(f"{path} is damaged and in the way: {reason(error)}") from None
    return place


def _read(file: BinaryIO) -> tuple[ImageArray, ClassArray]:
    """Return drawings and digits."""
    with zipfile.ZipFile(file) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
            raise DataError(f"{file.name} is too large for a file of drawings")
        if any(entry.compress_type not in _COMPRESSED for entry in archive.infolist()):
            raise ValueError("this is compressed in a way that is never used here")
        drawings = _read_array(archive, "drawings.npy", np.uint8)
        return drawings, _read_array(archive, "digits.npy", np.int64)


def _read_array(archive: zipfile.ZipFile, name: str, dtype: type[np.generic]) -> NDArray[Any]:
    """Return one array; what it says of its size is not believed: memory is taken for what is there."""
    with archive.open(name) as stream:
        read_header = _HEADERS[np.lib.format.read_magic(stream)]
        shape, is_fortran, found = read_header(stream)
        if found != dtype or is_fortran:
            raise ValueError("these are other numbers")
        flat = np.frombuffer(stream.read(MAX_BYTES), dtype)
    return flat.reshape(shape)


def _check(kept: KeptDrawings, empty: KeptDrawings, origin: str) -> None:
    drawings, digits = kept.drawings, kept.digits
    is_fine = (
        drawings.dtype == np.uint8
        and drawings.shape == (len(digits), *empty.shape)
        and digits.dtype == np.int64
        and digits.ndim == 1
        and bool(((digits >= 0) & (digits < empty.n_classes)).all())
    )
    if not is_fine:
        rows, columns = empty.shape
        last = empty.n_classes - 1
        raise DataError(f"{origin} does not contain {rows} x {columns} drawings labeled 0 to {last}")
