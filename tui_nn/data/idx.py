"""IDX files, the format of MNIST: arrays with a small header, which is not believed before it is checked.

A file is four bytes (0, 0, type, number of dimensions), the dimensions as big-endian 32-bit numbers, then the
values; often compressed by gzip. Source: http://yann.lecun.com/exdb/mnist, "the IDX file format".
"""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.errors import DataError
from tui_nn.files.errors import FileError
from tui_nn.files.reading import opened
from tui_nn.files.writing import replaced

TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
MAX_DIMENSIONS = 4
MAX_BYTES = 2**30
"""More than this is refused, whatever the header says."""
_GZIP = b"\x1f\x8b"
_CHUNK = 2**20


def read_idx(path: Path) -> NDArray[Any]:
    """Return the array in an IDX file, compressed or not; what it is shows in its content, not its name.

    Raises DataError, with one sentence that names the file, for whatever is wrong with it.
    """
    try:
        with opened(path) as raw:
            return _unpacked(raw, path)
    except FileError as error:
        raise DataError(str(error)) from None


def write_idx(path: Path, array: NDArray[Any]) -> None:
    """Write an array as an IDX file, compressed if the name ends in .gz; the same array gives the same bytes.

    Raises DataError for a type or a number of dimensions that the format does not have, FileError where
    nothing can be written.
    """
    codes = {np.dtype(name).newbyteorder("="): code for code, name in TYPES.items()}
    code = codes.get(array.dtype.newbyteorder("="))
    if code is None or not 1 <= array.ndim <= MAX_DIMENSIONS:
        raise DataError(f"IDX files cannot store an array of {array.dtype} with {array.ndim} dimensions")
    header = bytes([0, 0, code, array.ndim]) + np.array(array.shape, dtype=">u4").tobytes()
    content = header + array.astype(TYPES[code]).tobytes()
    with replaced(path) as file:
        file.write(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)


def _unpacked(raw: BinaryIO, path: Path) -> NDArray[Any]:
    start = raw.read(16)
    raw.seek(0)
    if not start.startswith(_GZIP):
        return _read(raw, path)
    try:
        with gzip.open(raw) as unpacked:
            return _read(unpacked, path)
    except (gzip.BadGzipFile, zlib.error):
        raise DataError(f"{path} is corrupted: it cannot be unpacked") from None
    except EOFError:
        raise DataError(f"{path} is truncated: its compressed data ends early") from None


def _read(file: BinaryIO | gzip.GzipFile, path: Path) -> NDArray[Any]:
    magic = file.read(4)
    if magic.lstrip()[:1] == b"<":
        raise DataError(f"{path} is a web page, not an IDX file")
    if len(magic) < 4:
        raise DataError(f"{path} is truncated: it has no header")
    if magic[:2] != b"\0\0" or magic[2] not in TYPES or not 1 <= magic[3] <= MAX_DIMENSIONS:
        raise DataError(f"{path} is not an IDX file: it starts with {magic.hex(' ')}")
    sizes = file.read(4 * magic[3])
    if len(sizes) < 4 * magic[3]:
        raise DataError(f"{path} is truncated: its header ends early")
    shape = tuple(int(size) for size in np.frombuffer(sizes, dtype=">u4"))
    kind = np.dtype(TYPES[magic[2]])
    promised = kind.itemsize
    for size in shape:
        promised *= size
    if not 0 < promised <= MAX_BYTES:
        raise DataError(f"{path} has an impossible size in its header: {' x '.join(map(str, shape))}")
    values = _read_exactly(file, promised, path)
    return np.frombuffer(values, dtype=kind).reshape(shape).astype(kind.newbyteorder("="))


def _read_exactly(file: BinaryIO | gzip.GzipFile, promised: int, path: Path) -> bytearray:
    """Return the promised number of bytes, which must be all there are; memory grows with what comes."""
    values = bytearray()
    while len(values) <= promised and (chunk := file.read(min(_CHUNK, promised + 1 - len(values)))):
        values += chunk
    if len(values) < promised:
        raise DataError(
            f"{path} is truncated: {len(values):,} of the {promised:,} bytes its header announces"
        )
    if len(values) > promised:
        raise DataError(
            f"{path} is corrupted: it contains more than the {promised:,} bytes its header announces"
        )
    return values
