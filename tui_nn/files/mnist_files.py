"""The four files of MNIST: their names, their sums, and who serves them.

Sums and sizes are those of the files that LeCun, Cortes and Burges published at yann.lecun.com/exdb/mnist;
both mirrors serve these bytes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from tui_nn.files.reading import opened

MIRRORS = (
    "https://storage.googleapis.com/cvdf-datasets/mnist",
    "https://ossci-datasets.s3.amazonaws.com/mnist",
)
_CHUNK = 2**20


@dataclass(frozen=True)
class PublishedFile:
    """A file of which every byte is known beforehand."""

    name: str
    size: int
    """Bytes."""
    sha256: str


FILES = (
    PublishedFile(
        "train-images-idx3-ubyte.gz",
        9_912_422,
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    ),
    PublishedFile(
        "train-labels-idx1-ubyte.gz",
        28_881,
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    ),
    PublishedFile(
        "t10k-images-idx3-ubyte.gz",
        1_648_877,
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    ),
    PublishedFile(
        "t10k-labels-idx1-ubyte.gz",
        4_542,
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
    ),
)


def is_genuine(path: Path, file: PublishedFile) -> bool:
    """Return whether a file is there, whole and with the published sum. Raises OSError, FileError."""
    return path.is_file() and path.stat().st_size == file.size and checksum(path) == file.sha256


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits. Raises FileError."""
    total = hashlib.sha256()
    with opened(path) as file:
        while chunk := file.read(_CHUNK):
            total.update(chunk)
    return total.hexdigest()
