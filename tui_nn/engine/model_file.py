"""Models leave and come back: one .npz with a versioned header, no pickle.

The file is a zip of plain, uncompressed arrays, so nothing in it can be larger than the file itself, and
nothing is ever executed. Where it lies, and that it is replaced whole, is for the caller to see to.
"""

from __future__ import annotations

import json
import math
import os
import re
import struct
import tokenize
import zipfile
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from tui_nn.engine.arrays import Array
from tui_nn.engine.errors import EngineError
from tui_nn.engine.layers import LAYERS, Layer
from tui_nn.engine.losses import LOSSES
from tui_nn.engine.network import Network
from tui_nn.engine.registry import look_up

FORMAT = "tui-nn model"
VERSION = 1
_MAX_HEADER_BYTES = 4_000_000
_MAX_ARRAYS = 256
_DAMAGE = (
    zipfile.BadZipFile,
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
"""What zipfile, NumPy and json raise on damaged files."""
_EXTRA = "extra."
"""Prefix of the caller's own arrays."""


@dataclass(frozen=True, eq=False)
class SavedModel:
    """What a model file held."""

    network: Network
    metadata: dict[str, Any]
    """Whatever was saved with it: JSON values."""
    arrays: dict[str, Array] = field(default_factory=dict)
    """Whatever else was saved with it, as it was: the caller checks for NaN where that matters."""


def save_model(
    file: BinaryIO | str | Path,
    network: Network,
    metadata: Mapping[str, Any] | None = None,
    arrays: Mapping[str, Array] | None = None,
) -> None:
    """Write `network` to an open file, with JSON `metadata` and further `arrays` (numbers only).

    A name is opened as `open` does it. Raises OSError where nothing can be written, EngineError, before it
    writes, on arrays that are not numbers and on weights that are not finite.
    """
    if not np.isfinite(network.parameters).all():
        raise EngineError("The network contains NaN or infinity and was not saved.")
    header = {
        "format": FORMAT,
        "version": VERSION,
        "input_shape": network.input_shape,
        "layers": [{"kind": placed.layer.name, **asdict(placed.layer)} for placed in network.layers],
        "loss": network.loss.name,
        "dtype": network.dtype.name,
        "metadata": dict(metadata or {}),
    }
    text = json.dumps(header, allow_nan=False).encode()
    members: dict[str, Array] = {"header": np.frombuffer(text, np.uint8), "parameters": network.parameters}
    members |= {f"state.{name}": array for name, array in network.state().items()}
    members |= {f"{_EXTRA}{name}": np.asarray(array) for name, array in (arrays or {}).items()}
    for name, array in members.items():
        if array.dtype.kind not in "biuf":
            raise EngineError(f"{name} has type {array.dtype}; a model file contains only numbers.")
    with _open(file, "wb") as opened:
        np.savez(opened, allow_pickle=False, **members)


def load_model(file: BinaryIO | str | Path) -> SavedModel:
    """Read a model from an open file, or from one of a name.

    Raises EngineError, one sentence, on anything that is not a whole model file of this version with finite
    numbers; OSError where it cannot be opened.
    """
    with _open(file, "rb") as opened:
        name = getattr(opened, "name", "the file")
        try:
            members = _read_members(opened)
            return _build(members)
        except EngineError as error:
            raise EngineError(f"{name} cannot be loaded: {error}") from None
        except _DAMAGE:
            raise EngineError(f"{name} cannot be loaded: it is damaged or not a model file.") from None


def _open(file: BinaryIO | str | Path, mode: str) -> AbstractContextManager[Any]:
    return open(file, mode) if isinstance(file, (str, Path)) else nullcontext(file)


def _read_members(file: BinaryIO) -> dict[str, Array]:
    """Return the arrays of the zip, after looking at what each claims to be."""
    size = file.seek(0, os.SEEK_END)
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        if len(entries) > _MAX_ARRAYS or sum(entry.file_size for entry in entries) > size:
            raise EngineError(
                "it unpacks to far more than its size (a zip bomb, or another program compressed it)."
            )
        if any(entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1 for entry in entries):
            raise EngineError("it is compressed or encrypted, which model files are not.")
        members: dict[str, Array] = {}
        for entry in entries:
            with archive.open(entry) as stream:
                members[entry.filename.removesuffix(".npy")] = _read_array(stream, entry.file_size)
    return members


def _read_array(stream: Any, claimed: int) -> Array:
    """Return one array; its header is read first, and must promise numbers that fit into `claimed` bytes."""
    version = np.lib.format.read_magic(stream)
    read_header = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
    shape, is_fortran, dtype = read_header[version](stream)
    if dtype.kind not in "biuf":
        raise EngineError("it contains objects or text where numbers belong; nothing in it was executed.")
    if min(shape, default=0) < 0 or math.prod(shape) * dtype.itemsize > claimed:
        raise EngineError("it describes an array larger than the file.")
    flat = np.frombuffer(stream.read(claimed), dtype, count=math.prod(shape))
    array: Array = flat.reshape(shape, order="F" if is_fortran else "C").copy()
    return array


def _build(members: dict[str, Array]) -> SavedModel:
    """Return the network that the header describes, with the numbers of the arrays."""
    header = _read_header(members["header"])
    network = Network(
        [_whole(length) for length in header["input_shape"]],
        [_layer(fields) for fields in header["layers"]],
        loss=look_up("loss", LOSSES, header["loss"]),
        rng=np.random.default_rng(0),
        dtype=look_up("dtype", {"float32": "float32", "float64": "float64"}, header["dtype"]),
        initializer="zeros",
    )
    parameters = members["parameters"]
    if parameters.shape != network.parameters.shape or parameters.dtype != network.dtype:
        raise EngineError("its weights do not match its own description.")
    if not (np.isfinite(parameters).all() and np.isfinite(members["state.statistics"]).all()):
        raise EngineError("its weights contain NaN or infinity.")
    network.parameters[...] = parameters
    network.load_state({name[6:]: array for name, array in members.items() if name.startswith("state.")})
    arrays = {name[len(_EXTRA) :]: array for name, array in members.items() if name.startswith(_EXTRA)}
    return SavedModel(network, dict(header["metadata"]), arrays)


def _read_header(encoded: Array) -> dict[str, Any]:
    if encoded.dtype != np.uint8 or encoded.ndim != 1 or encoded.size > _MAX_HEADER_BYTES:
        raise EngineError("its header is not valid.")
    header = json.loads(encoded.tobytes().decode())
    if header["format"] != FORMAT:
        raise EngineError("it is not a model file.")
    if header["version"] != VERSION:
        raise EngineError(
            f"its version is {header['version']!s:.20}, and this program reads version {VERSION}."
        )
    return dict(header)


def _layer(description: dict[str, Any]) -> Layer:
    """Return the layer described, its values of the types that the layer declares."""
    kind = look_up("layer", LAYERS, description["kind"])
    types = {"int": int, "float": float, "str": str}
    values: dict[str, Any] = {}
    for entry in fields(kind):
        value = description[entry.name]
        wanted = types[str(entry.type)]
        if wanted is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is not wanted or (isinstance(value, str) and not re.fullmatch(r"\w{0,40}", value)):
            raise EngineError(f"{kind.name} with {entry.name} = {value!r:.40} is not a layer.")
        values[entry.name] = value
    return kind(**values)


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 < value <= 10_000_000:
        raise EngineError(f"{value!r:.40} is not a valid length.")
    return value
