"""Networks and optimizers from a Config: the one place where settings become engine objects."""

from __future__ import annotations

from tui_nn.config import Config
from tui_nn.engine import OPTIMIZERS, Dense, Network, Optimizer, Penalty
from tui_nn.training.problem import Problem
from tui_nn.training.streams import DROPOUT, WEIGHTS, stream


def build_network(config: Config, problem: Problem) -> Network:
    """Return a network with fresh weights, drawn from the stream of the config's weights_seed."""
    hidden = zip(config.hidden_sizes, config.activations, strict=True)
    layers = [Dense(units, activation) for units, activation in hidden]
    layers.append(Dense(config.n_outputs, config.output_activation_name))
    network = Network(
        problem.train.inputs.shape[1:],
        layers,
        loss=config.loss_name,
        rng=stream(config, WEIGHTS),
        dtype=config.dtype,
        dropout_rng=stream(config, DROPOUT),
        initializer=config.initializer,
        bias_init=config.bias_init,
    )
    if config.regularization != "none" and config.regularization_rate > 0:
        network.penalty = Penalty(config.regularization, config.regularization_rate)
    network.clip_norm = config.clip_norm
    network.clip_value = config.clip_value
    return network


def build_optimizer(config: Config, network: Network) -> Optimizer:
    """Return the config's optimizer with empty state."""
    create = OPTIMIZERS[config.optimizer].create
    return create(network.n_parameters, config.dtype, **config.hyperparameters)
