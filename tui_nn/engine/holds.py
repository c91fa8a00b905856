"""Holds: which parameters training leaves alone, frozen at their values or cut to zero until they are healed.

A parameter can be held for several reasons at once, each a bit: its link was chosen, or the neuron at one of
its ends was. So a neuron that is healed leaves alone what was cut by itself, or with another neuron.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array
from tui_nn.engine.errors import EngineError

CUT_LINK, CUT_TARGET, CUT_SOURCE, FROZEN_LINK, FROZEN_NEURON = 1, 2, 4, 8, 16
"""Why a parameter is held: itself, the neuron it belongs to, or (cut alone) the neuron it comes from."""
CUT = CUT_LINK | CUT_TARGET | CUT_SOURCE
FROZEN = FROZEN_LINK | FROZEN_NEURON

Reasons = npt.NDArray[np.uint8]
Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Holds:
    """What is held of one vector of parameters."""

    reasons: Reasons
    """(n_parameters,) bits; 0 for what is trained."""
    healed: Array
    """(n_parameters,) the values that cut parameters get back; 0 elsewhere."""

    @cached_property
    def held(self) -> Positions:
        """Positions of all that training leaves alone."""
        return np.flatnonzero(self.reasons)

    @cached_property
    def cut(self) -> Positions:
        """Positions of what is zero."""
        return np.flatnonzero(self.reasons & CUT)

    def because(self, positions: Positions, reason: int, parameters: Array) -> Holds:
        """Return these holds with one more reason at `positions`; what is newly cut becomes zero."""
        reasons, healed = self.reasons.copy(), self.healed.copy()
        reasons[positions] |= np.uint8(reason)
        new = (reasons & CUT).astype(bool) & ~(self.reasons & CUT).astype(bool)
        healed[new] = parameters[new]
        parameters[new] = 0.0
        return Holds(reasons, healed)

    def without(self, positions: Positions, reason: int, parameters: Array) -> Holds:
        """Return these holds with one reason less at `positions`; what is healed gets its value back."""
        reasons, healed = self.reasons.copy(), self.healed.copy()
        reasons[positions] &= np.uint8(~reason & 0xFF)
        whole = (self.reasons & CUT).astype(bool) & ~(reasons & CUT).astype(bool)
        parameters[whole] = healed[whole]
        healed[whole] = 0.0
        return Holds(reasons, healed)


def nothing_held(parameters: Array) -> Holds:
    """Return the holds of a network that is trained as a whole."""
    return Holds(np.zeros(parameters.shape, np.uint8), np.zeros_like(parameters))


def read_holds(reasons: Array, healed: Array, dtype: np.dtype[Any]) -> Holds:
    """Return holds as a state kept them. Raises EngineError on numbers that can be none."""
    is_known = reasons.dtype == np.uint8 and not (reasons & ~np.uint8(CUT | FROZEN)).any()
    if not (is_known and healed.dtype.kind == "f" and np.isfinite(healed).all()):
        raise EngineError("The record of frozen and cut weights is damaged.")
    return Holds(reasons.copy(), healed.astype(dtype))
