"""How much work a run is, from its settings alone; what a unit takes here is measured.

A step costs some NumPy calls a layer, and arithmetic in proportion to rows, neurons and weights. The weights
of these parts were fitted to `tui-nn bench` over the presets; only their ratios matter.
"""

from __future__ import annotations

import math

from tui_nn.settings.config import Config
from tui_nn.settings.layers import input_shape, network_layers

STEP, LAYER, UNIT, WEIGHT = 3.0, 3.2, 2e-3, 5e-5
"""Microseconds of a step, of each layer in it, of each neuron and of each product of a weight for a row."""


def cost(config: Config) -> float:
    """Return about how many microseconds the steps of a run take on one machine that was measured once."""
    n_layers, n_units, n_products = _counts(config)
    batch = min(config.batch_size or config.n_train, config.n_train)
    step = STEP + LAYER * n_layers + batch * (UNIT * n_units + WEIGHT * n_products)
    return step * config.epochs * config.steps_per_epoch


def _counts(config: Config) -> tuple[int, int, int]:
    """Return layers, neurons, and products of a weight and an activation for each row."""
    shape = input_shape(config)
    n_layers = n_units = n_products = 0
    for layer in network_layers(config):
        rows, columns = layer.block_shape(shape)
        shape = layer.output_shape(shape)
        units = math.prod(shape)
        n_layers += 1
        n_units += units
        n_products += rows * columns * (units // max(1, columns) if len(shape) > 1 else 1)
    return n_layers, n_units, n_products
