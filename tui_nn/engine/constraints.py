"""What training leaves alone: links that L1 has killed, and what is frozen or cut."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array
from tui_nn.engine.errors import EngineError
from tui_nn.engine.holds import Holds, Positions, nothing_held, read_holds

OTHER_SHAPE = "The saved state belongs to a network of a different shape."


class Constraints:
    """The constraints on one vector of parameters, (n_parameters,)."""

    def __init__(self, parameters: Array) -> None:
        self._parameters = parameters
        self.alive: npt.NDArray[np.bool_] | None = None
        """Which parameters L1 has not killed (n_parameters,); None while all live."""
        self.holds: Holds | None = None
        """What is frozen or cut; None while it is nothing."""

    def revive(self) -> None:
        """Let dead links learn again."""
        self.alive = None

    def kill(self, killed: npt.NDArray[np.bool_]) -> None:
        """Let links (n_parameters,) be dead from now on."""
        self.alive = ~killed if self.alive is None else self.alive & ~killed

    def hold(self, positions: Positions, reason: int) -> None:
        """Leave the parameters at `positions` alone for a reason (holds.py); cut ones become zero."""
        before = self.holds or nothing_held(self._parameters)
        self._take(before.because(positions, reason, self._parameters))

    def release(self, positions: Positions, reason: int) -> None:
        """Take back one reason to hold them; what no reason cuts any more has its value again."""
        if self.holds is not None:
            self._take(self.holds.without(positions, reason, self._parameters))

    def keep_cut(self) -> None:
        """Make zero again what is cut, after the parameters were written as a whole."""
        if self.holds is not None:
            self._parameters[self.holds.cut] = 0.0

    def state(self) -> dict[str, Array]:
        """Return copies of what is dead and held, as far as something is."""
        state: dict[str, Array] = {} if self.alive is None else {"alive": self.alive.copy()}
        if self.holds is not None:
            state |= {"held": self.holds.reasons.copy(), "healed": self.holds.healed.copy()}
        return state

    def load_state(self, state: Mapping[str, Array]) -> None:
        """Take over `state` of a network of the same shape. Raises EngineError on another."""
        alive = np.array(state["alive"], dtype=bool) if "alive" in state else None
        holds = nothing_held(self._parameters)
        if "held" in state and "healed" in state:
            holds = read_holds(state["held"], state["healed"], self._parameters.dtype)
        vectors = [holds.reasons, holds.healed, *([] if alive is None else [alive])]
        if any(vector.shape != self._parameters.shape for vector in vectors):
            raise EngineError(OTHER_SHAPE)
        self.alive = alive
        self._take(holds)
        self.keep_cut()

    def _take(self, holds: Holds) -> None:
        self.holds = holds if holds.held.size else None
