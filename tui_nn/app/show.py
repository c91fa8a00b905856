"""`tui_nn.show`: the playground on a person's own arrays."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_nn.app.launch import open_app
from tui_nn.data import array_dataset
from tui_nn.data.own import OWN
from tui_nn.data.registry import OWN_DATASETS, keep
from tui_nn.engine import EngineError, Network
from tui_nn.settings.config import Config
from tui_nn.settings.layers import input_shape, is_described, settings_of
from tui_nn.training.commands import UseParameters


def show(
    inputs: npt.ArrayLike,
    targets: npt.ArrayLike,
    task: str = "auto",
    *,
    network: Network | None = None,
    **settings: Any,
) -> int:
    """Open the playground on your own data; return its exit status when it is left.

    inputs: (n, n_inputs) numbers. targets: (n,) classes, or numbers for regression. task: classification,
    regression, or auto: regression where a target has a fraction. settings: fields of Config, such as
    hidden_sizes=(8, 8), optimizer="sgd". network: one of your own, whose weights it begins with, paused; a
    copy of them is trained. With two columns the decision map shows the plane, with one the
    input across and its target up.
    Raises DataError, ConfigError or EngineError for what cannot be, UsageError where there is no terminal.
    """
    kind = array_dataset(OWN, inputs, targets, task)
    others = dict(OWN_DATASETS)
    keep(kind)
    try:
        given = {
            "dataset": kind.name,
            "samples": max(10, kind.n_samples or 0),
            "classes": min(kind.max_classes, 5),
            **({} if network is None else {"paused": True, **settings_of(network)}),
            **settings,
        }
        config = Config().replace(**given)
        return open_app(config, os.environ, first=_weights(network, config))
    finally:
        for name in OWN_DATASETS.keys() - others:
            del OWN_DATASETS[name]


def _weights(network: Network | None, config: Config) -> tuple[UseParameters, ...]:
    """Return what puts the weights of a network into one that the settings describe. Raises EngineError."""
    if network is None:
        return ()
    if not is_described(network, config):
        shape, outputs = input_shape(config), config.n_outputs
        needed = f"{shape} inputs and {outputs} outputs of {config.output_activation_name}"
        raise EngineError(
            f"The network takes {network.input_shape} and has {network.n_outputs} outputs; "
            f"these data and settings need {needed}."
        )
    return (UseParameters(np.array(network.parameters)),)
