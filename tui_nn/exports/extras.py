"""Libraries that are installed with the extra `export` only."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from tui_nn.exports.errors import ExportError


def needed(module: str, name: str) -> Any:
    """Return a library's module; raise ExportError that says how to install it."""
    try:
        return import_module(module)
    except ImportError:
        raise ExportError(f"this format needs {name}: pip install 'tui-nn[export]'") from None
