"""All stages of one walk, from copies of a network and its optimizer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import Network, Optimizer
from tui_nn.training.columns import columns
from tui_nn.views.walk.look.backward import backward_stages
from tui_nn.views.walk.look.context import Context
from tui_nn.views.walk.look.forward import forward_stages
from tui_nn.views.walk.look.listing import listing
from tui_nn.views.walk.look.losses import loss_stage
from tui_nn.views.walk.look.names import Names
from tui_nn.views.walk.look.passage import Passage, pass_through
from tui_nn.views.walk.look.updates import Change, take_step, update_stage
from tui_nn.views.walk.values import Code, Stage

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Walked:
    """The stages, with what they were made from."""

    stages: tuple[Stage, ...]
    passage: Passage
    change: Change | None
    """None without a target."""
    code: Mapping[str, Code]

    def activations(self, network: Network) -> tuple[Floats, ...]:
        """Return the input and each layer's activations, (units,), as a person counts layers."""
        shown = [self.passage.layers[column.output].a[:, 0] for column in columns(network)]
        return tuple(np.asarray(a, dtype=np.float32) for a in (self.passage.inputs[:, 0], *shown))

    def deltas(self, network: Network) -> tuple[Floats, ...]:
        """Return each layer's dL/dz, (units,), as a person counts layers; empty without a target."""
        found = [self.passage.layers[column.output].delta for column in columns(network)]
        return tuple(np.asarray(delta[:, 0], dtype=np.float32) for delta in found if delta is not None)


def walk(
    network: Network,
    optimizer: Optimizer,
    inputs: NDArray[Any],
    coded: NDArray[Any] | None,
    learning_rate: float,
    names: Names,
    *,
    with_code: bool = False,
) -> Walked:
    """Walk the first sample of a batch through copies of a network and its optimizer, which this changes.

    inputs (n, n_inputs); coded (n, n_outputs) as the loss takes it, None: forward only. Numbers may overflow:
    hold `np.errstate(all="ignore")` around it.
    """
    rng_states = [placed.rng.bit_generator.state for placed in network.layers]
    state = network.state()
    passage = pass_through(network, inputs, coded)
    context = Context(names, passage)
    stages = [*forward_stages(context)]
    change = None
    if coded is not None:
        stages.append(loss_stage(context, network.loss))
        stages += backward_stages(context, network.loss)
        network.load_state(state)
        for placed, rng_state in zip(network.layers, rng_states, strict=True):
            placed.rng.bit_generator.state = rng_state
        change = take_step(network, optimizer, inputs, coded, learning_rate)
        stages.append(update_stage(context, network, optimizer, change))
    code = {name: listing(function) for name, function in context.functions.items()} if with_code else {}
    return Walked(tuple(stages), passage, change, code)
