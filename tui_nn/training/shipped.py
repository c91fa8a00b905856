"""The network that ships: it reads digits before anything has been trained here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui_nn.engine import Dropout, EngineError, Layer
from tui_nn.files.assets import asset_path
from tui_nn.files.errors import FileError
from tui_nn.settings.config import Config
from tui_nn.settings.layers import network_layers
from tui_nn.settings.presets import presets
from tui_nn.training.commands import UseParameters
from tui_nn.training.saved_run import SavedRun, load_run

NAME = "digits.npz"
SCREEN_SAMPLES = 10_000
"""Digits generated when the Digits screen is opened: not many, to be there at once."""
DRAWN_PART = 0.0
"""Generated digits hold drawn ones already; more of them are no longer what the network was trained on."""
GOING_ON: Mapping[str, Any] = {
    "optimizer": "sgd",
    "learning_rate": 0.03,
    "schedule": "inverse_time",
    "decay_steps": 30,
}
"""Settings with which training a network that is good already does not make it worse.

Adam takes steps of one size however small the gradient is; these shrink with it, and with time.
"""
FROM_SCRATCH: Mapping[str, Any] = {"optimizer": "adam", "learning_rate": 0.001, "schedule": "constant"}
"""Settings with which first weights learn quickly, instead of those."""


def digits_config() -> Config:
    """Return the settings that the Digits screen begins with: a network like the shipped one."""
    config = Config.from_dict(presets()["digits"].settings)
    run = _load()
    if run is not None:
        config = config.replace(hidden_sizes=run.config().hidden_sizes, activation=run.config().activation)
    return config.replace(samples=SCREEN_SAMPLES, mix_drawn=DRAWN_PART, paused=True, **GOING_ON)


def changes_for_first_weights(config: Config) -> Mapping[str, Any]:
    """Return what to change before first weights are trained: the settings for going on, if it has them."""
    is_going_on = all(getattr(config, name) == value for name, value in GOING_ON.items())
    return FROM_SCRATCH if is_going_on else {}


def shipped_parameters() -> UseParameters | None:
    """Return the command that puts the shipped weights into such a network; None where none are shipped."""
    run = _load()
    return UseParameters(run.network.parameters) if run is not None else None


def shipped_for(config: Config) -> UseParameters | None:
    """Return that command where these settings make a network of the shipped shape for the same digits.

    Dropout asks for no other weights, and another loss can go on from them.
    """
    run = _load()
    if run is None or config.dataset != run.config().dataset:
        return None
    is_same = _body(config) == _body(run.config()) and config.dtype == run.config().dtype
    return UseParameters(run.network.parameters) if is_same else None


def _body(config: Config) -> list[Layer]:
    """Return the layers before the output that have something to learn, or shape what others learn."""
    return [layer for layer in network_layers(config)[:-1] if not isinstance(layer, Dropout)]


def _load() -> SavedRun | None:
    try:
        run = load_run(asset_path(NAME))
        run.config()
    except (EngineError, FileError, OSError):
        return None
    return run
