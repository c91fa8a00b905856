"""The network that ships: it reads digits before anything has been trained here."""

from __future__ import annotations

from tui_nn.engine import EngineError
from tui_nn.files.assets import asset_path
from tui_nn.files.errors import FileError
from tui_nn.settings.config import Config
from tui_nn.settings.presets import presets
from tui_nn.training.commands import UseParameters
from tui_nn.training.saved_run import SavedRun, load_run

NAME = "digits.npz"
SCREEN_SAMPLES = 10_000
"""Digits generated when the Digits screen is opened: not many, to be there at once."""
DRAWN_PART = 0.2
LEARNING_RATE = 0.0003
"""Small enough that a network that is good already does not first get worse."""
DECIDE_WEIGHTS = ("hidden_sizes", "activation", "batch_norm", "dtype")
"""Settings with which the shipped weights were made and are of use; dropout, say, asks for no others."""


def digits_config() -> Config:
    """Return the settings that the Digits screen begins with: a network like the shipped one."""
    config = Config.from_dict(presets()["digits"].settings)
    run = _load()
    if run is not None:
        config = config.replace(hidden_sizes=run.config().hidden_sizes, activation=run.config().activation)
    return config.replace(
        samples=SCREEN_SAMPLES, mix_drawn=DRAWN_PART, learning_rate=LEARNING_RATE, paused=True
    )


def shipped_parameters() -> UseParameters | None:
    """Return the command that puts the shipped weights into such a network; None where none are shipped."""
    run = _load()
    return UseParameters(run.network.parameters) if run is not None else None


def shipped_for(config: Config) -> UseParameters | None:
    """Return that command where these settings make a network of the shipped shape for the same digits."""
    run = _load()
    if run is None or config.dataset != run.config().dataset:
        return None
    settings = run.network_settings()
    is_same = all(getattr(config, name) == settings[name] for name in DECIDE_WEIGHTS)
    return UseParameters(run.network.parameters) if is_same else None


def _load() -> SavedRun | None:
    try:
        run = load_run(asset_path(NAME))
        run.config()
    except (EngineError, FileError, OSError):
        return None
    return run
