"""The array types that the engine speaks of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
"""An array of floats, float32 or float64 as the network was built."""

Rows = npt.NDArray[np.intp]
"""Row numbers of samples: the members of one batch."""

Operation = Callable[[], object]
"""One prepared call, arguments and result buffer bound."""
