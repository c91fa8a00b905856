"""What people hand on, whatever it is: a share line, or an address of TensorFlow Playground."""

from __future__ import annotations

from tui_nn.settings.sharing.line import LineError, SharedLine, read_line

ADDRESS = "://"


def read_shared(text: str) -> SharedLine:
    """Return what a line or an address says. Raises LineError."""
    if ADDRESS in text:
        raise LineError("no address can be read")
    return read_line(text)
