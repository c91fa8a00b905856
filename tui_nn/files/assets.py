"""Where the files are that ship with the code: inside the package in a wheel, next to it in a checkout."""

from __future__ import annotations

from pathlib import Path

from tui_nn.files.errors import FileError

_PACKAGE = Path(__file__).resolve().parents[1]


def asset_path(name: str) -> Path:
    """Return the path of a shipped file; raise FileNotFoundError if the installation lacks it."""
    for folder in (_PACKAGE / "assets", _PACKAGE.parent / "assets"):
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(f"this installation of tui-nn lacks assets/{name}")


def readable_asset(name: str) -> Path:
    """Return the same path for who says what is wrong with files: raises FileError."""
    try:
        return asset_path(name)
    except FileNotFoundError as error:
        raise FileError(str(error)) from None
