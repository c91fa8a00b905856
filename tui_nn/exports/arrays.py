"""Layers and arrays: as JSON, as an .npz, as safetensors."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np

from tui_nn.exports.extras import needed
from tui_nn.exports.model import WHITE, Array, Layer, Model
from tui_nn.exports.written import Written

FORMAT, VERSION = "tui-nn", 1


def header(model: Model) -> dict[str, Any]:
    """Return all that is no array of a layer, in values of JSON."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "task": "classification" if model.class_names else "regression",
        "inputs": {
            "names": list(model.input_names),
            "image_shape": model.image_shape,
            "divide_by": WHITE if model.image_shape else None,
            "features": list(model.features),
            "mean": None if model.mean is None else model.mean.tolist(),
            "deviation": None if model.deviation is None else model.deviation.tolist(),
        },
        "classes": list(model.class_names),
        "threshold": model.threshold if model.class_names and model.n_outputs == 1 else None,
        "dtype": model.dtype,
    }


def described(layer: Layer) -> dict[str, Any]:
    """Return all that is no array of a layer, in values of JSON."""
    return {
        "type": layer.type,
        "activation": layer.activation,
        "input_shape": list(layer.input_shape),
        "output_shape": list(layer.output_shape),
        **layer.numbers,
    }


def named_arrays(model: Model) -> dict[str, Array]:
    """Return the arrays of all layers by name, such as layers.0.weights; C-contiguous."""
    return {
        f"layers.{position}.{name}": array
        for position, layer in enumerate(model.layers)
        for name, array in layer.arrays.items()
    }


def write_json(model: Model) -> Written:
    """Return layers with their arrays as lists: weights (fan_in, fan_out), biases (fan_out,)."""
    layers = [
        {**described(layer), **{name: array.tolist() for name, array in layer.arrays.items()}}
        for layer in model.layers
    ]
    return Written(json.dumps({**header(model), "layers": layers}).encode() + b"\n")


def header_text(model: Model) -> str:
    """Return the header with the layers, their arrays left out, as JSON."""
    return json.dumps({**header(model), "layers": [described(layer) for layer in model.layers]})


def write_npz(model: Model) -> Written:
    """Return the arrays by name, and `header`, the rest as a text of JSON."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, header=np.array(header_text(model)), **named_arrays(model))
    return Written(file.getvalue(), is_text=False)


def write_safetensors(model: Model) -> Written:
    """Return the arrays by name, with `header`, the rest as a text of JSON, in the metadata.

    Raises UsageError where the library is not installed.
    """
    library = needed("safetensors.numpy", "safetensors")
    # The library writes an array's memory whatever its order is: they are contiguous here (model.py).
    return Written(library.save(named_arrays(model), metadata={"header": header_text(model)}), is_text=False)
