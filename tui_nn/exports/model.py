"""What a trained network does to a raw row, step by step, in plain values: what every export is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import BatchNorm, Conv2D, Dropout, Network, PlacedLayer
from tui_nn.engine.layers.images import slide
from tui_nn.exports.errors import ExportError
from tui_nn.training.saved_run import SavedRun

Array = NDArray[Any]
WHITE = 255.0
"""The largest value of a pixel; the network is given fractions of it."""


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer, as it answers when it is not being trained."""

    type: str
    """dense, conv, maxpool, avgpool, flatten or batchnorm."""
    activation: str
    input_shape: tuple[int, ...]
    output_shape: tuple[int, ...]
    numbers: Mapping[str, Any]
    """Whole and fractional numbers that describe it: kernel_size, stride, padding, epsilon ..."""
    arrays: Mapping[str, Array]
    """weights (fan_in, fan_out) and biases (fan_out,); of batch norm all of (units,), mean and variance too.

    A convolution's weights are (channels * kernel_size², filters), channel by channel, row by row.
    """


@dataclass(frozen=True, eq=False)
class Model:
    """From a raw row to the outputs: features, standardization, layers."""

    input_names: tuple[str, ...]
    """One for each raw input; empty for images."""
    image_shape: tuple[int, int] | None
    """Rows and columns of an image, whose raw values are 0 to 255."""
    features: tuple[str, ...]
    """What is made of the two raw inputs; empty where they are taken as they are."""
    mean: Array | None
    """(n_inputs,) taken off before the first layer, float64; None without standardization."""
    deviation: Array | None
    """(n_inputs,) divided by afterwards."""
    layers: tuple[Layer, ...]
    class_names: tuple[str, ...]
    """Empty for regression."""
    threshold: float
    """Above which a single output says the second class."""
    dtype: str

    @property
    def n_raw_inputs(self) -> int:
        """Numbers in one raw row."""
        return int(np.prod(self.image_shape)) if self.image_shape else len(self.input_names)

    @property
    def n_outputs(self) -> int:
        """Numbers in one answer."""
        return int(np.prod(self.layers[-1].output_shape))


def model_of(run: SavedRun) -> Model:
    """Return what the network of a run does to a raw row. Raises ExportError."""
    scaler = run.encode.standardizer
    coding = run.network.loss.coding
    return Model(
        input_names=run.input_names,
        image_shape=run.image_shape,
        features=run.encode.features,
        mean=None if scaler is None else scaler.mean,
        deviation=None if scaler is None else scaler.deviation,
        layers=_in_units(layers_of(run.network), run),
        class_names=run.class_names,
        threshold=(coding.low + coding.high) / 2.0,
        dtype=run.network.dtype.name,
    )


def _in_units(layers: tuple[Layer, ...], run: SavedRun) -> tuple[Layer, ...]:
    """Return layers that answer in the units of the targets: the last one multiplies and adds as well."""
    scale = run.target_scale
    if scale is None:
        return layers
    last = layers[-1]
    if last.activation != "linear":
        raise ExportError(
            f"an amount behind {last.activation} cannot be exported: its output has to be linear"
        )
    weights, biases = last.arrays["weights"] * scale.size, last.arrays["biases"] * scale.size + scale.center
    dtype = weights.dtype
    arrays = {**last.arrays, "weights": weights.astype(dtype), "biases": biases.astype(dtype)}
    return (*layers[:-1], replace(last, arrays=arrays))


def layers_of(network: Network) -> tuple[Layer, ...]:
    """Return every layer that does something when it is not being trained."""
    return tuple(_layer(placed) for placed in network.layers if not isinstance(placed.layer, Dropout))


def _layer(placed: PlacedLayer) -> Layer:
    layer = placed.layer
    numbers = {name: value for name, value in asdict(layer).items() if name not in ("activation", "units")}
    arrays: dict[str, Array] = {}
    if isinstance(layer, BatchNorm):
        arrays = dict(zip(("weights", "biases"), placed.block, strict=True))
        arrays |= dict(zip(("mean", "variance"), placed.statistics, strict=True))
        numbers = {"epsilon": layer.epsilon}
    elif placed.has_parameters:
        arrays = {"weights": placed.weights, "biases": placed.biases}
    if isinstance(layer, Conv2D):
        windows = slide(placed.input_shape, layer.kernel_size, layer.stride, layer.padding, "A convolution")
        numbers["zeros"] = [*zip(windows.before, windows.after, strict=True)]
    elif "size" in numbers:
        numbers = {"kernel_size": numbers["size"], "stride": numbers["stride"] or numbers["size"]}
    whole = {name: np.array(array, order="C") for name, array in arrays.items()}
    return Layer(layer.name, placed.activation, placed.input_shape, placed.output_shape, numbers, whole)
