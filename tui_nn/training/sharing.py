"""A run as a share line, and a run that begins from one."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.own import own_rows
from tui_nn.engine import EngineError
from tui_nn.files.errors import FileError
from tui_nn.settings.config import Config
from tui_nn.settings.flags import Parser, UsageError, add_settings
from tui_nn.settings.precedence import SHARED, line_of, read_config
from tui_nn.settings.sharing.line import LineError, write_line
from tui_nn.settings.sharing.tfp.address import write_address
from tui_nn.settings.sharing.weights import read_weights, write_weights
from tui_nn.training.saved_run import SavedRun

Array = NDArray[Any]

STANDARD_INPUT = "-"
MOST_CHARACTERS = 500
"""A line with weights is no longer than this: it goes into a message and through a terminal."""


@dataclass(frozen=True)
class Shared:
    """A line, and what it does not hold."""

    config: Config
    line: str
    left_out: str = ""
    """A sentence; empty where nothing is missing."""


def share_settings(line: str) -> Shared:
    """Return what a line or an address says, as a line. Raises UsageError."""
    parser = Parser()
    add_settings(parser)
    arguments = parser.read(["--share", line])
    config = read_config(arguments, {})
    weights = shared_weights(arguments, config)
    return Shared(config, write_line(config, None if weights is None else write_weights(weights)))


def share_as_address(shared: Shared) -> Shared:
    """Return an address of TensorFlow Playground in place of a line. Raises LineError."""
    return Shared(shared.config, write_address(shared.config), "Weights and training are not in an address.")


def share_run(run: SavedRun, path: str) -> Shared:
    """Return the line of a saved run. Raises FileError."""
    try:
        return share(run.config(), run.network.parameters, run.network.state())
    except EngineError as error:
        raise FileError(f"{path} was not made a line: {error}") from None


def share(config: Config, parameters: Array, state: Mapping[str, Array]) -> Shared:
    """Return the line of a run whose network has these parameters and `Network.state`.

    Raises EngineError for rows that have no name.
    """
    if config.table == STANDARD_INPUT or (config.table is None and own_rows(config.dataset_spec) is not None):
        came = "on standard input" if config.table else "as arrays"
        raise EngineError(f"Its rows came {came}, which no line can name; a saved run holds them.")
    plain = write_line(config)
    if not np.isfinite(parameters).all():
        return Shared(config, plain, "The weights are left out: some are no finite numbers.")
    if state["statistics"].size:
        return Shared(config, plain, "The weights are left out: batch normalization keeps more than weights.")
    line = write_line(config, write_weights(parameters))
    if len(line) > MOST_CHARACTERS:
        return Shared(
            config, plain, f"The weights are left out: {parameters.size:,} are too many for a line."
        )
    return Shared(config, line, "What is frozen or cut is free in it." if "held" in state else "")


def shared_weights(arguments: Namespace, config: Config) -> Array | None:
    """Return the weights that the line of a command line holds; None without. Raises UsageError."""
    line = line_of(arguments)
    if line is None or line.weights is None:
        return None
    try:
        return read_weights(line.weights, config)
    except LineError as error:
        raise UsageError(f"{SHARED}: {error}") from None
