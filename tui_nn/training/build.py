"""Networks, optimizers and rates from a Config: the one place where settings become engine objects."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from tui_nn.engine import OPTIMIZERS, SCHEDULES, Hyperparameter, Network, Optimizer, Penalty
from tui_nn.engine.schedules import Factor
from tui_nn.settings.config import Config
from tui_nn.settings.layers import input_shape, network_layers
from tui_nn.training.streams import WEIGHTS, stream


def build_network(config: Config, dropout_rng: np.random.Generator) -> Network:
    """Return a network with fresh weights, drawn from the stream of the config's weights_seed."""
    network = Network(
        input_shape(config),
        network_layers(config),
        loss=config.loss_name,
        rng=stream(config, WEIGHTS),
        dropout_rng=dropout_rng,
        dtype=config.dtype,
        initializer=config.initializer,
        bias_init=config.bias_init,
    )
    if config.regularization != "none" and config.regularization_rate > 0:
        network.penalty = Penalty(config.regularization, config.regularization_rate, config.l1_ratio)
    network.clip_norm = config.clip_norm
    network.clip_value = config.clip_value
    return network


def build_optimizer(config: Config, network: Network) -> Optimizer:
    """Return the config's optimizer with empty state."""
    kind = OPTIMIZERS[config.optimizer]
    return kind.create(network.n_parameters, config.dtype, **_given(config, kind.hyperparameters))


def build_rate(config: Config) -> Callable[[int], float]:
    """Return the learning rate as a function of the step, counted from 0."""
    rate = config.learning_rate
    if config.schedule == "constant":
        return lambda step: rate
    factor = build_factor(config)
    return lambda step: rate * factor(step)


def build_factor(config: Config) -> Factor:
    """Return what the schedule multiplies the learning rate by."""
    total = config.epochs * config.steps_per_epoch
    kind = SCHEDULES[config.schedule]
    return kind.create(total, config.warmup_steps, **_given(config, kind.hyperparameters))


def _given(config: Config, hyperparameters: Sequence[Hyperparameter]) -> dict[str, float]:
    """Return the values that are set; one left to `auto` is the engine's default."""
    values = {entry.name: getattr(config, entry.name) for entry in hyperparameters}
    return {name: value for name, value in values.items() if value is not None}
