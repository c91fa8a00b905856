"""Networks, optimizers and rates from a Config: the one place where settings become engine objects."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tui_nn.engine import OPTIMIZERS, SCHEDULES, Network, Optimizer, Penalty
from tui_nn.settings.config import Config
from tui_nn.training.streams import WEIGHTS, stream


def build_network(config: Config, dropout_rng: np.random.Generator) -> Network:
    """Return a network with fresh weights, drawn from the stream of the config's weights_seed."""
    network = Network(
        config.input_shape,
        config.layers,
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
    create = OPTIMIZERS[config.optimizer].create
    return create(network.n_parameters, config.dtype, **config.hyperparameters)


def build_rate(config: Config) -> Callable[[int], float]:
    """Return the learning rate as a function of the step, counted from 0."""
    rate = config.learning_rate
    if config.schedule == "constant":
        return lambda step: rate
    total = config.epochs * config.steps_per_epoch
    factor = SCHEDULES[config.schedule].create(total, config.warmup_steps, **config.schedule_hyperparameters)
    return lambda step: rate * factor(step)
