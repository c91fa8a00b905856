"""The network that ships: it reads digits before anything has been trained here."""

from __future__ import annotations

from tui_nn.assets import asset_path
from tui_nn.config import Config
from tui_nn.engine import Dense, EngineError, Network, load_model
from tui_nn.presets import presets
from tui_nn.training.commands import UseParameters

NAME = "digits.npz"
SCREEN_SAMPLES = 10_000
"""Digits generated when the Digits screen is opened: not many, to be there at once."""


def digits_config() -> Config:
    """Return the settings that the Digits screen begins with: those that the shipped network fits."""
    config = Config.from_dict(presets()["digits"].settings).replace(samples=SCREEN_SAMPLES, mix_drawn=0.2)
    network = _load()
    if network is None:
        return config
    sizes = tuple(placed.units for placed in network.layers[:-1])
    return config.replace(hidden_sizes=sizes)


def _load() -> Network | None:
    try:
        network = load_model(asset_path(NAME)).network
    except (EngineError, OSError):
        return None
    return network if all(isinstance(placed.layer, Dense) for placed in network.layers) else None


def shipped_parameters(config: Config) -> UseParameters | None:
    """Return the command that puts the shipped weights into a network; None if they do not fit it."""
    network = _load()
    if network is None or config.layer_sizes != network.layer_sizes:
        return None
    return UseParameters(network.parameters.astype("float32"))
