"""tui-nn: a neural-network playground that lives in a terminal.

import tui_nn
tui_nn.show(inputs, targets)                    # the playground on your own arrays
tui_nn.sweep({"learning_rate": [0.01, 0.1]}, 10)  # many runs that differ in some settings, on all cores
tui_nn.connect(dataset="xor")                   # a run of its own process, driven from here
from tui_nn.engine import Network, Dense        # the engine alone
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui_nn.app.show import show
    from tui_nn.commands.protocol.client import connect
    from tui_nn.sweeps.sweep import sweep

__version__ = "0.1.0"
__all__ = ["__version__", "connect", "show", "sweep"]


def __getattr__(name: str) -> Any:
    """Load a function when it is asked for: the version alone must not cost an import of NumPy."""
    if name == "show":
        from tui_nn.app.show import show

        return show
    if name == "connect":
        from tui_nn.commands.protocol.client import connect

        return connect
    if name == "sweep":
        from tui_nn.sweeps.sweep import sweep

        return sweep
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
