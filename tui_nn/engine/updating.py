"""From gradients to the next parameters: the optimizer's step, the penalty's, around what is left alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array
from tui_nn.engine.constraints import Constraints
from tui_nn.engine.holds import Holds
from tui_nn.engine.optimizers import Optimizer
from tui_nn.engine.regularization import Regularization
from tui_nn.engine.regularizers import Penalty


class Updating:
    """Moves the parameters of one network; parameters, gradients, weight_mask: (n_parameters,)."""

    def __init__(
        self,
        parameters: Array,
        gradients: Array,
        weight_mask: npt.NDArray[np.bool_],
        constraints: Constraints,
    ) -> None:
        self._parameters, self._gradients = parameters, gradients
        self._weight_mask, self._constraints = weight_mask, constraints
        self._regularization: tuple[Penalty, Regularization] | None = None

    def update(self, optimizer: Optimizer, learning_rate: float, penalty: Penalty | None) -> None:
        """Take one step down the gradients as they are."""
        constraints = self._constraints
        if constraints.holds is not None:
            self._move_around(constraints.holds, optimizer, learning_rate, penalty)
        elif penalty is None and constraints.alive is None:
            optimizer.update(self._parameters, self._gradients, learning_rate)
        else:
            self.move_with_penalty(optimizer, learning_rate, penalty)

    def _move_around(
        self, holds: Holds, optimizer: Optimizer, learning_rate: float, penalty: Penalty | None
    ) -> None:
        """Move, then put back what is held: momentum, decay and penalties move even without a gradient."""
        constraints = self._constraints
        self._parameters[holds.cut] = 0.0
        kept = self._parameters[holds.held]
        alive = None if constraints.alive is None else constraints.alive[holds.held]
        self.move_with_penalty(optimizer, learning_rate, penalty)
        self._parameters[holds.held] = kept
        if constraints.alive is not None:
            constraints.alive[holds.held] = True if alive is None else alive

    def move_with_penalty(self, optimizer: Optimizer, learning_rate: float, penalty: Penalty | None) -> None:
        """Step down the gradient, then by the penalty at the old weights; keep dead links dead."""
        regularization = None
        if penalty is not None:
            regularization = self._at_work(penalty)
            regularization.measure(learning_rate * penalty.rate)
        optimizer.update(self._parameters, self._gradients, learning_rate)
        killed = None if regularization is None else regularization.move()
        if killed is not None:
            self._constraints.kill(killed)
        if self._constraints.alive is not None:
            np.multiply(self._parameters, self._constraints.alive, self._parameters)

    def _at_work(self, penalty: Penalty) -> Regularization:
        """Return the penalty at work, made anew when it was changed."""
        if self._regularization is None or self._regularization[0] is not penalty:
            made = Regularization(penalty.name, penalty.l1_ratio, self._parameters, self._weight_mask)
            self._regularization = (penalty, made)
        return self._regularization[1]
