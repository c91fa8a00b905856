"""Drawings of digits out of a file: text of "#" and ".", or a picture; as a network sees them."""

from __future__ import annotations

import numpy as np

from tui_nn.data import fit_drawing, parse_drawings, to_pixels
from tui_nn.data.dataset import ImageArray
from tui_nn.data.frame import FRAME
from tui_nn.files.digit_pictures import is_picture, read_ink
from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path
from tui_nn.files.reading import read_bytes, read_standard_input

STANDARD_INPUT = "-"
MAX_BYTES = 50_000_000


def read_digits(path: str, shape: tuple[int, int] = FRAME) -> ImageArray:
    """Return the drawings of a file (`-`: standard input) as `fit_drawing` places them: (n, *shape) uint8.

    Raises FileError, with the path, for what cannot be read and for an empty drawing.
    """
    name = "standard input" if path == STANDARD_INPUT else path
    try:
        content = _read(path)
        drawings = [read_ink(content)] if is_picture(content) else parse_drawings(content.decode("utf-8"))
        return to_pixels(np.stack([fit_drawing(drawing, shape) for drawing in drawings]))
    except UnicodeDecodeError:
        raise FileError(f"{name} holds neither rows of '#' and '.' nor a PNG or PGM picture") from None
    except ValueError as error:
        raise FileError(f"{name}: {error}") from None


def _read(path: str) -> bytes:
    return (
        read_standard_input(MAX_BYTES) if path == STANDARD_INPUT else read_bytes(full_path(path), MAX_BYTES)
    )
