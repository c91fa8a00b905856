"""The dense layer of a stack: every network has weights of its own, and one call does all their products."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from tui_nn.engine.arrays import Array, Operation
from tui_nn.engine.layers import Dense, Pass, PlacedLayer, Slot


@dataclass(frozen=True)
class StackedDense(Dense):
    """z = Wᵀ x + b for each network; the chain rule is that of Dense.

    Values lie as (units, n_networks, n): so what is elementwise runs over one contiguous block, and the
    products take it as (n_networks, units, n) without a copy.
    """

    def connect(self, placed: PlacedLayer, below: Slot, here: Slot, training: bool) -> Pass:
        """Return the products z = [W; b]ᵀ [x; 1], and those for dL/d[W; b] and dL/dx."""
        block, grad_block = placed.block, placed.grad_block
        x = by_network(below.extended, len(block))
        z = by_network(here.preactivations, len(block))
        forward: list[Operation] = [partial(np.matmul, block.transpose(0, 2, 1), x, z)]
        if here.delta is None:
            return Pass(forward)
        delta = by_network(here.delta, len(block))
        backward: list[Operation] = [partial(np.matmul, x, delta.transpose(0, 2, 1), grad_block)]
        if below.delta is not None:
            backward.append(_product_below(placed.weights, here.delta, below.delta))
        return Pass(forward, backward)


def by_network(values: Array, n_networks: int) -> Array:
    """Return (units, n_networks * n) values as (n_networks, units, n), a view."""
    view: Array = values.reshape(len(values), n_networks, -1).transpose(1, 0, 2)
    return view


def _product_below(weights: Array, delta: Array, delta_below: Array) -> Operation:
    """Return what puts W delta into `delta_below`; of one output, NumPy multiplies faster than BLAS."""
    n_networks, fan_in, fan_out = weights.shape
    if fan_out == 1:
        w = weights[:, :, 0].T[:, :, None]
        wide = (fan_in, n_networks, -1)
        return partial(np.multiply, w, delta.reshape(1, n_networks, -1), delta_below.reshape(wide))
    return partial(np.matmul, weights, by_network(delta, n_networks), by_network(delta_below, n_networks))
