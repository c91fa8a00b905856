"""What both kinds of Python source share: the numbers, and the lines from raw rows to outputs."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tui_nn.exports.formulas import FEATURES
from tui_nn.exports.model import WHITE, Array, Layer, Model

MOST_INSIDE = 100_000
"""Bytes of numbers, written out, that still stand in the source itself."""
SHORTEST = len("0.0")
"""Bytes that a number takes at least."""


@dataclass(frozen=True)
class Numbers:
    """The arrays of a source."""

    lines: str
    """What defines them."""
    beside: bytes | None = None
    """The .npz that these lines read; None where they hold the numbers."""


def names_of(position: int, name: str) -> str:
    """Return what an array is called in the source: W1 and B1 of the first layer."""
    return {"weights": "W", "biases": "B", "mean": "M", "variance": "V"}[name] + str(position + 1)


def numbers_of(model: Model) -> Numbers:
    """Return the arrays as NumPy's, inside where they are few, else to be read from beside."""
    arrays = _arrays(model)
    # Whatever the digits are, so many numbers are too long: millions are not written out to measure them.
    if SHORTEST * sum(array.size for array in arrays.values()) <= MOST_INSIDE:
        digits = {name: _digits(array) for name, array in arrays.items()}
        if sum(map(len, digits.values())) <= MOST_INSIDE:
            defined = (f"{name} = np.array({digits[name]}, np.{arrays[name].dtype})\n" for name in arrays)
            return Numbers("".join(defined))
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    read = "".join(f'    {name} = _file["{name}"]\n' for name in arrays)
    return Numbers(f'with np.load(Path(__file__).with_suffix(".npz")) as _file:\n{read}', file.getvalue())


def _arrays(model: Model) -> dict[str, Array]:
    named = {
        names_of(position, name): array
        for position, layer in enumerate(model.layers)
        for name, array in layer.arrays.items()
    }
    if model.mean is not None and model.deviation is not None:
        named |= {"MEAN": model.mean, "DEVIATION": model.deviation}
    return named


def _digits(array: Array) -> str:
    """Return the numbers as nested lists, with as many digits as bring each back bit for bit."""
    if array.ndim > 1:
        return "[" + ",\n    ".join(_digits(row) for row in array) + "]"
    return "[" + ", ".join(str(value) for value in array) + "]"


def prepare_lines(model: Model, library: str, rows: str, cast: str, array: str = "{}") -> list[str]:
    """Return the lines from raw rows to what the first layer is given.

    rows: the expression of raw rows in float64; cast: the method that changes the type; array: how an array
    of the source becomes one of the library.
    """
    lines = [f"p = {rows}.reshape(len(rows), {model.n_raw_inputs})"]
    if model.image_shape:
        lines.append(f"p = p / {WHITE}")
    if model.features:
        made = ", ".join(FEATURES[name].format(library=library) for name in model.features)
        lines.append(f"p = {library}.stack([{made}], 1)")
    if model.mean is not None:
        lines.append(f"p = (p - {array.format('MEAN')}) / {array.format('DEVIATION')}")
    return [*lines, f"return p.{cast}({library}.{model.dtype})"]


def forward_lines(model: Model, step: Callable[[int, Layer], str], formulas: Mapping[str, str]) -> list[str]:
    """Return the lines from x, what the first layer is given, to the outputs, layer by layer.

    step: the expression of z from x; formulas: those of activations in z.
    """
    first = model.layers[0].input_shape
    lines = [f"x = x.reshape(len(x), {', '.join(map(str, first))})"] if len(first) > 1 else []
    for position, layer in enumerate(model.layers):
        if layer.activation == "linear":
            lines.append(f"x = {step(position, layer)}")
        else:
            lines += [f"z = {step(position, layer)}", f"x = {formulas[layer.activation]}"]
    return [*lines, "return x"]


def function(signature: str, told: str, lines: Sequence[str]) -> str:
    """Return the source of a function that ends with its last line."""
    body = "".join(f"    {line}\n" for line in lines)
    return f'def {signature}:\n    """{told}"""\n{body}'
