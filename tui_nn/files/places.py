"""Where files of a person are kept: downloads in the cache, drawings and models with the data.

All raise FileError where the environment names what cannot be a folder.
"""

from __future__ import annotations

import os
from pathlib import Path

from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path


def cache_folder() -> Path:
    """Return the folder of what can be downloaded again; TUI_NN_CACHE sets another one."""
    if given := os.environ.get("TUI_NN_CACHE"):
        return _named("TUI_NN_CACHE", given)
    from platformdirs import user_cache_path

    return user_cache_path("tui-nn")


def data_folder() -> Path:
    """Return the folder of what a person made; TUI_NN_DATA sets another one."""
    if given := os.environ.get("TUI_NN_DATA"):
        return _named("TUI_NN_DATA", given)
    from platformdirs import user_data_path

    return user_data_path("tui-nn")


def state_folder() -> Path:
    """Return the folder of what the program keeps by itself; TUI_NN_STATE sets another one."""
    if given := os.environ.get("TUI_NN_STATE"):
        return _named("TUI_NN_STATE", given)
    from platformdirs import user_state_path

    return user_state_path("tui-nn")


def kept_runs_folder() -> Path:
    """Return where runs are kept that nobody has written."""
    return state_folder() / "runs"


def sessions_folder() -> Path:
    """Return where sessions that run can be found."""
    return state_folder() / "sessions"


def tour_file() -> Path:
    """Return the file that says that the tour has been offered."""
    return state_folder() / "tour.txt"


def _named(variable: str, text: str) -> Path:
    try:
        return full_path(text)
    except FileError as error:
        raise FileError(f"{variable}: {error}", error.why) from None


def mnist_folder() -> Path:
    """Return where the four files of MNIST are put."""
    return cache_folder() / "mnist"


def drawings_file(of: str = "") -> Path:
    """Return where drawings that a person has labeled are kept; of: what they are, if not 28 x 28 digits."""
    return data_folder() / f"drawings{of and '-'}{of}.npz"
