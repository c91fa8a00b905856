"""Everything that decides how a run goes on: a trainer restored from it repeats the same bits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.settings.config import Config

if TYPE_CHECKING:
    from tui_nn.data import Standardizer
    from tui_nn.data.standardizer import TargetScale
    from tui_nn.training.trained_rows import Keys


def _no_rows() -> Keys:
    from tui_nn.training.trained_rows import NONE  # the first picture waits for no module that only trains

    return NONE


@dataclass(frozen=True, eq=False)
class DataNote:
    """What is to be known of data by who asks a network without having them."""

    task: str
    class_names: tuple[str, ...]
    """Empty for regression."""
    input_names: tuple[str, ...]
    """Empty for images."""
    image_shape: tuple[int, ...] | None
    features: tuple[str, ...]
    standardizer: Standardizer | None
    target_scale: TargetScale | None = None


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A run at one step. Data is not in it: it follows from the config."""

    config: Config
    step: int
    parameters: NDArray[np.floating[Any]]
    network_state: dict[str, NDArray[Any]]
    """What layers carry beside parameters: dead links, running means."""
    optimizer_state: NDArray[np.floating[Any]]
    optimizer_steps: int
    batches_state: dict[str, Any]
    dropout_state: Mapping[str, Any]
    history_state: dict[str, Any]
    training_seconds: float
    rules_state: Mapping[str, Any] = field(default_factory=dict)
    """What the stop rules remember; empty: nothing yet."""
    trained_rows: Keys = field(default_factory=_no_rows)
    """Of samples of other data that were trained on before; see trained_rows.py."""
    data: DataNote | None = None
    """None: it came out of a file, and nobody has asked."""
