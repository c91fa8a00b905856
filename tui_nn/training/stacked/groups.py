"""Which runs can train together: what they must share, and what each may have of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tui_nn.engine import BatchNorm, Dense, Dropout, Layer
from tui_nn.settings.config import Config
from tui_nn.settings.layers import input_shape, network_layers

STACKABLE = (Dense, Dropout, BatchNorm)


def can_stack(configs: Sequence[Config]) -> list[list[int]]:
    """Return the positions of `configs` in groups that can each be one StackedTrainer; some of one run alone.

    Shared are layers, loss, kind of optimizer and of penalty, number type, batch size and numbers of samples.
    Of a run's own are data, seeds, rates, schedule, hyperparameters, limits, initializer, stop rules.
    """
    groups: dict[Any, list[int]] = {}
    for position, config in enumerate(configs):
        groups.setdefault(_shape(config) or position, []).append(position)
    return list(groups.values())


def _shape(config: Config) -> tuple[Any, ...] | None:
    """Return all that runs in one stack have in common; None of a run that stacks with no other."""
    layers = network_layers(config)
    if not all(isinstance(layer, STACKABLE) for layer in layers):
        return None
    kind = config.dataset_kind
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
