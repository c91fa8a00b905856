"""A saved network as the word of a command."""

from __future__ import annotations

from tui_nn.files.assets import readable_asset
from tui_nn.settings.flags import UsageError

SHIPPED = "default"
"""The word that names the network of digits that comes with the program."""
MODEL_HELP = f"a file that `tui-nn train --save` wrote, or {SHIPPED}: the network of digits shipped here"


def check_given(command: str, model: str | None) -> None:
    """Raise UsageError where a command was given no model."""
    if model is None:
        raise UsageError(f"{command} needs a model file, which `tui-nn train --save FILE` writes")


def model_path(name: str) -> str:
    """Return the path of a model; raise FileError where the shipped one is missing."""
    return str(readable_asset("digits.npz")) if name == SHIPPED else name
