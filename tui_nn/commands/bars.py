"""Where a bar of progress may be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TextIO

from tui_nn.settings.accessible import is_accessible


def takes_bars(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Return whether a line can be drawn over and over: on a terminal that nobody has read aloud."""
    return stream.isatty() and not is_accessible(environment)
