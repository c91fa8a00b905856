"""What a person does to single weights and neurons: type over them, freeze and thaw, cut and heal."""

from __future__ import annotations

import numpy as np

from tui_nn.engine import EngineError, Network, carry_holds
from tui_nn.engine.holds import (
    CUT,
    CUT_LINK,
    CUT_SOURCE,
    CUT_TARGET,
    FROZEN,
    FROZEN_LINK,
    FROZEN_NEURON,
)
from tui_nn.training.names import Node
from tui_nn.training.wiring import leaving_positions, own_positions, parameter_position


def type_over(network: Network, layer: int, source: int | None, unit: int, value: float) -> None:
    """Give a weight (without a source: a bias) another value; layer 0 is the first after the input.

    Raises EngineError where there is none, and where it is cut.
    """
    position = parameter_position(network, layer, source, unit)
    if network.constraints.holds is not None and network.constraints.holds.reasons[position] & CUT:
        raise EngineError("It is cut: its value stays zero until it is restored.")
    network.parameters[position] = value


def hold_parameter(
    network: Network, kind: str, layer: int, source: int | None, unit: int, is_held: bool
) -> None:
    """Freeze or cut a weight (without a source: a bias), or let it go. Raises EngineError if there is none.

    What is held with a whole neuron stays so until the neuron is let go.
    """
    position = np.array([parameter_position(network, layer, source, unit)])
    change = network.constraints.hold if is_held else network.constraints.release
    change(position, CUT_LINK if kind == "cut" else FROZEN_LINK)


def hold_neuron(network: Network, kind: str, node: Node, is_held: bool) -> None:
    """Freeze a neuron's weights and bias, or cut these and all weights that read it; or let them go.

    Raises EngineError if there is no such neuron, and where there is nothing to hold.
    """
    own = own_positions(network, node)
    change = network.constraints.hold if is_held else network.constraints.release
    if kind != "cut":
        if not own.size:
            raise EngineError("It has no weights of its own, so there is nothing to freeze.")
        change(own, FROZEN_NEURON)
        return
    leaving = leaving_positions(network, node)
    if not own.size and not leaving.size:
        raise EngineError("It has no weights, so there is nothing to cut.")
    change(own, CUT_TARGET)
    change(leaving, CUT_SOURCE)


def keep_holds(before: Network, after: Network) -> None:
    """Hold in a network that starts over what was held: cuts stay cut, frozen weights keep their values."""
    if before.constraints.holds is None or before.n_parameters != after.n_parameters:
        return
    first = after.parameters.copy()
    everywhere = np.arange(after.n_parameters)
    carry_holds(before, after, everywhere, everywhere)
    assert after.constraints.holds is not None
    thawed = (before.constraints.holds.reasons & FROZEN) == 0
    is_cut = (before.constraints.holds.reasons & CUT) != 0
    after.parameters[thawed] = np.where(is_cut[thawed], 0.0, first[thawed])
    after.constraints.holds.healed[thawed & is_cut] = first[thawed & is_cut]


def held_in_words(network: Network) -> str:
    """Return how much is held, such as "3 frozen, 1 cut"; empty for nothing."""
    if network.constraints.holds is None:
        return ""
    reasons = network.constraints.holds.reasons
    cut = int(np.count_nonzero(reasons & CUT))
    frozen = int(np.count_nonzero((reasons & FROZEN).astype(bool) & ~(reasons & CUT).astype(bool)))
    counts = [f"{count:,} {word}" for count, word in ((frozen, "frozen"), (cut, "cut")) if count]
    return ", ".join(counts)
