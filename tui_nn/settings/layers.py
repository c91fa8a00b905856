"""The layers of the network that a Config describes, as the engine takes them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tui_nn.engine import (
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    EngineError,
    Flatten,
    Layer,
    describe_layers,
    parse_layers,
)
from tui_nn.settings.values.lists import NONE

if TYPE_CHECKING:
    from tui_nn.engine import Network
    from tui_nn.settings.config import Config


def hidden_text(config: Config) -> str:
    """Return the hidden layers as they are typed, such as "8c3,p2,32"."""
    return ",".join(map(str, config.hidden_sizes)) or NONE


def resized(hidden_sizes: tuple[Any, ...], layer: int, step: int) -> tuple[Any, ...]:
    """Return hidden layers with `step` neurons more in one, the nearest there is to `layer`; one stays.

    Raises ValueError, in words, where no layer can have more neurons or less.
    """
    if not hidden_sizes:
        raise ValueError("There is no hidden layer; press h to add one.")
    index = min(max(layer, 0), len(hidden_sizes) - 1)
    size = hidden_sizes[index]
    if not isinstance(size, int):
        raise ValueError(f"{size} is not a dense layer, so it has no single neurons.")
    return (*hidden_sizes[:index], max(1, size + step), *hidden_sizes[index + 1 :])


def hidden_activations(config: Config) -> tuple[str, ...]:
    """Return the activation of each hidden layer that has weights."""
    if isinstance(config.activation, str):
        return (config.activation,) * n_activations(config)
    return config.activation


def n_activations(config: Config) -> int:
    """Return how many hidden layers have weights, and so an activation of their own."""
    return sum(isinstance(size, int) or "c" in size for size in config.hidden_sizes)


def n_inputs(config: Config) -> int:
    """Return how many numbers the network takes of one sample."""
    return len(config.features) if config.uses_features else config.dataset_spec.n_inputs


def input_shape(config: Config) -> tuple[int, ...]:
    """Return the shape of one sample: (n_inputs,), or (1, rows, columns) of an image for filters."""
    has_filters = any(isinstance(size, str) and size[0] in "0123456789pa" for size in config.hidden_sizes)
    if config.image_shape is not None and has_filters:
        return (1, *config.image_shape)
    return (n_inputs(config),)


def network_layers(config: Config) -> list[Layer]:
    """Return every layer after the input. Raises EngineError for what is none."""
    layers = parse_layers(hidden_text(config), config.activation)
    if config.batch_norm or config.dropout:
        layers = [part for layer in layers for part in _dressed(layer, config)]
    return [*layers, Dense(config.n_outputs, config.output_activation_name)]


def layer_sizes(config: Config) -> tuple[int, ...]:
    """Return the units of every layer, input included; what batch norm and dropout add is not counted."""
    shape = input_shape(config)
    sizes = [n_inputs(config)]
    for layer in network_layers(config):
        shape = layer.output_shape(shape)
        if not isinstance(layer, (BatchNorm, Dropout, Flatten)):
            sizes.append(math.prod(shape))
    return tuple(sizes)


def n_parameters(config: Config) -> int:
    """Return how many weights and biases the network has. Raises EngineError where layers do not fit."""
    shape, parameters = input_shape(config), 0
    for layer in network_layers(config):
        rows, columns = layer.block_shape(shape)
        parameters += rows * columns
        shape = layer.output_shape(shape)
    return parameters


def settings_of(network: Network) -> dict[str, Any]:
    """Return the settings that describe a network: `network_layers` of them gives its layers.

    Raises EngineError where none do: layers that settings cannot order, or batch norm, whose statistics no
    weights carry.
    """
    *hidden, output = (placed.layer for placed in network.layers)
    plain = [layer for layer in hidden if not isinstance(layer, Dropout)]
    if any(isinstance(layer, BatchNorm) for layer in plain):
        raise EngineError("A network with batch normalization cannot be shown: train it in the playground.")
    weighted = [layer for layer in plain if isinstance(layer, (Dense, Conv2D))]
    rates = {layer.rate for layer in hidden if isinstance(layer, Dropout)}
    return {
        "hidden_sizes": tuple(_size(part) for part in describe_layers(plain).split(",") if part != NONE),
        "activation": tuple(layer.activation for layer in weighted) or "tanh",
        "dropout": max(rates, default=0.0),
        "loss": network.loss.name,
        "output_activation": output.activation,
        "dtype": network.dtype.name,
    }


def is_described(network: Network, config: Config) -> bool:
    """Return whether settings describe just this network."""
    return (
        [placed.layer for placed in network.layers] == network_layers(config)
        and network.input_shape == input_shape(config)
        and network.loss.name == config.loss_name
        and network.dtype == config.dtype
    )


def _size(part: str) -> int | str:
    return int(part) if part.isdecimal() else part


def _dressed(layer: Layer, config: Config) -> list[Layer]:
    """Return a layer with what batch norm and dropout put behind it."""
    if not isinstance(layer, (Dense, Conv2D)):
        return [layer]
    parts: list[Layer] = [layer]
    if config.batch_norm:
        parts = [replace(layer, activation="linear"), BatchNorm(activation=layer.activation)]
    if config.dropout:
        parts.append(Dropout(config.dropout))
    return parts
