"""Which runs can train together: what they must share, what each may have of its own, and how many pay."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from tui_nn.engine import BatchNorm, Dense, Dropout, Layer
from tui_nn.settings.config import Config
from tui_nn.settings.layers import input_shape, network_layers

STACKABLE = (Dense, Dropout, BatchNorm)

CACHE_BYTES = 4 << 20
"""What a stack works on at once at most: beyond, memory is slower than what calls are saved."""
LARGE_BYTES = 1 << 20
"""A network that works on more is alone: its products take so long that calls do not matter."""


def can_stack(configs: Sequence[Config]) -> list[list[int]]:
    """Return the positions of `configs` in groups that can each be one StackedTrainer; some of one run alone.

    Shared are layers, loss, kind of optimizer and of penalty, number type, batch size and numbers of samples.
    Of a run's own are data, seeds, rates, schedule, hyperparameters, limits, initializer, stop rules.
    Many runs are several groups, and large networks are alone, where a larger stack would be no faster.
    """
    groups: dict[Any, list[int]] = {}
    for position, config in enumerate(configs):
        groups.setdefault(stack_shape(config) or position, []).append(position)
    return [part for group in groups.values() for part in _parts(group, most_together(configs[group[0]]))]


def _parts(group: list[int], most: int) -> Iterator[list[int]]:
    """Yield a group in parts of about one length, of `most` at most."""
    n_parts = math.ceil(len(group) / most)
    bounds = [len(group) * part // n_parts for part in range(n_parts + 1)]
    for start, stop in pairwise(bounds):
        yield group[start:stop]


def most_together(config: Config) -> int:
    """Return how many networks of this shape pay in one stack."""
    shape = input_shape(config)
    n_values, n_parameters = math.prod(shape) / 4, 0
    for layer in network_layers(config):
        n_parameters += math.prod(layer.block_shape(shape))
        shape = layer.output_shape(shape)
        n_values += math.prod(shape)
    batch = min(config.batch_size or config.n_train, config.n_train)
    # For each value z, a, slope and delta; for each parameter itself, its gradient, some state and scratch.
    size = (4 * n_values * batch + 6 * n_parameters) * np.dtype(config.dtype).itemsize
    return 1 if size > LARGE_BYTES else max(1, int(CACHE_BYTES / size))


def stack_shape(config: Config) -> tuple[Any, ...] | None:
    """Return all that runs in one stack have in common; None of a run that stacks with no other."""
    layers = network_layers(config)
    if not all(isinstance(layer, STACKABLE) for layer in layers):
        return None
    kind = config.dataset_spec
    return (
        tuple(_without_rate(layer) for layer in layers),
        input_shape(config),
        (config.loss_name, config.task, config.optimizer, config.regularization, config.dtype),
        (config.batch_size, config.shuffle, config.remainder),
        (config.n_train, config.samples if kind.n_samples is None else kind.n_samples),
    )


def _without_rate(layer: Layer) -> Layer:
    """Return a layer of dropout as it is at any rate that silences something."""
    return replace(layer, rate=0.5) if isinstance(layer, Dropout) and layer.rate else layer
