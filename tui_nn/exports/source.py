"""What both kinds of Python source share: the numbers, inside or beside it."""

from __future__ import annotations

import io

import numpy as np

from tui_nn.exports.model import Array, Model

MOST_INSIDE = 100_000
"""Bytes of numbers, written out, that still stand in the source itself."""


def names_of(position: int, name: str) -> str:
    """Return what an array is called in the source: W1 and B1 of the first layer."""
    return {"weights": "W", "biases": "B", "mean": "M", "variance": "V"}[name] + str(position + 1)


def _arrays(model: Model) -> dict[str, Array]:
    named = {
        names_of(position, name): array
        for position, layer in enumerate(model.layers)
        for name, array in layer.arrays.items()
    }
    if model.mean is not None and model.deviation is not None:
        named |= {"MEAN": model.mean, "DEVIATION": model.deviation}
    return named


def stored_beside(model: Model) -> bytes | None:
    """Return the .npz that the source reads; None where its numbers fit into it."""
    if sum(len(_digits(array)) for array in _arrays(model).values()) <= MOST_INSIDE:
        return None
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **_arrays(model))
    return file.getvalue()


def literals(model: Model, form: str, library: str) -> str:
    """Return the lines that define the arrays. form: of one, from its digits and its dtype."""
    if stored_beside(model) is not None:
        read = "".join(f'    {name} = _file["{name}"]\n' for name in _arrays(model))
        return f'with np.load(Path(__file__).with_suffix(".npz")) as _file:\n{read}'
    return "".join(
        f"{name} = {form.format(_digits(array), array.dtype.name)}\n"
        for name, array in _arrays(model).items()
    )


def _digits(array: Array) -> str:
    """Return the numbers as nested lists, with as many digits as bring each back bit for bit."""
    if array.ndim > 1:
        return "[" + ",\n    ".join(_digits(row) for row in array) + "]"
    return "[" + ", ".join(str(value) for value in array) + "]"
