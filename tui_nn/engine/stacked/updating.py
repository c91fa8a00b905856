"""From gradients to the next parameters of a stack: clip, step, penalty; what is held or dead stays so."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array
from tui_nn.engine.errors import EngineError
from tui_nn.engine.holds import Positions, nothing_held
from tui_nn.engine.network import Network
from tui_nn.engine.optimizers import Optimizer
from tui_nn.engine.regularization import Regularization
from tui_nn.engine.regularizers import Penalty
from tui_nn.engine.stacked.clipping import StackedClipping
from tui_nn.engine.stacked.optimizers import one_or_each

Mask = npt.NDArray[np.bool_]


class Updating:
    """Does to all rows what `Network.train_step` does with the gradient of one network.

    parameters, gradients: (n_networks, n_parameters), of `networks` in order. Raises EngineError where these
    have penalties of several kinds.
    """

    def __init__(
        self, networks: Sequence[Network], parameters: Array, gradients: Array, weight_mask: Mask
    ) -> None:
        self._parameters, self._gradients = parameters, gradients
        self._clip_value = StackedClipping([network.clip_value for network in networks])
        self._clip_norm = StackedClipping([network.clip_norm for network in networks])
        self.alive = _masks([network.constraints.alive for network in networks], networks[0].n_parameters)
        """Which parameters L1 has not killed, (n_networks, n_parameters); None while all live."""
        holds = [network.constraints.holds or nothing_held(network.parameters) for network in networks]
        self._held = _positions([own.held for own in holds], parameters.shape[1])
        self._cut = _positions([own.cut for own in holds], parameters.shape[1])
        self._regularization = _regularization([n.penalty for n in networks], parameters, weight_mask)
        self._penalty_rates = one_or_each([0.0 if n.penalty is None else n.penalty.rate for n in networks])

    def update(self, optimizer: Optimizer, learning_rate: float | Array) -> None:
        """Move the parameters, one step down the gradients as they are."""
        if self._held.size:
            self._gradients.reshape(-1)[self._held] = 0.0
        if self._clip_value.is_needed:
            self._clip_value.by_value(self._gradients)
        if self._clip_norm.is_needed:
            self._clip_norm.by_norm(self._gradients)
        if self._held.size:
            self._move_around(optimizer, learning_rate)
        else:
            self._move(optimizer, learning_rate)

    def _move_around(self, optimizer: Optimizer, learning_rate: float | Array) -> None:
        """Move, then put back what is held: momentum, decay and penalties move even without a gradient."""
        flat = self._parameters.reshape(-1)
        flat[self._cut] = 0.0
        kept = flat[self._held]
        alive = None if self.alive is None else self.alive.reshape(-1)[self._held]
        self._move(optimizer, learning_rate)
        flat[self._held] = kept
        if self.alive is not None:
            self.alive.reshape(-1)[self._held] = True if alive is None else alive

    def _move(self, optimizer: Optimizer, learning_rate: float | Array) -> None:
        """Step down the gradient, then by the penalty at the old weights; keep dead links dead."""
        regularization = self._regularization
        if regularization is not None:
            regularization.measure(learning_rate * self._penalty_rates)
        optimizer.update(self._parameters, self._gradients, learning_rate)
        killed = None if regularization is None else regularization.move()
        if killed is not None:
            self.alive = ~killed if self.alive is None else self.alive & ~killed
        if self.alive is not None:
            np.multiply(self._parameters, self.alive, self._parameters)


def _regularization(
    penalties: Sequence[Penalty | None], parameters: Array, weight_mask: Mask
) -> Regularization | None:
    """Return the penalty that networks share, at rates of their own; None where none has any."""
    names = sorted({penalty.name for penalty in penalties if penalty is not None})
    if not names:
        return None
    if len(names) > 1:
        raise EngineError(f"The networks of a stack share one kind of penalty, not {', '.join(names)}.")
    ratios = [Penalty.l1_ratio if penalty is None else penalty.l1_ratio for penalty in penalties]
    return Regularization(names[0], one_or_each(ratios), parameters, weight_mask)


def _positions(of_each: Sequence[Positions], length: int) -> Positions:
    """Return positions in the rows of parameters, each of this length, as positions in all of them."""
    return np.concatenate([positions + row * length for row, positions in enumerate(of_each)])


def _masks(masks: Sequence[Mask | None], length: int) -> Mask | None:
    """Return masks as one array, where None is all True; None if all are."""
    if all(mask is None for mask in masks):
        return None
    return np.stack([np.ones(length, bool) if mask is None else mask for mask in masks])
