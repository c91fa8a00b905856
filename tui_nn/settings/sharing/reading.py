"""What people hand on, whatever it is: a share line, or an address of TensorFlow Playground."""

from __future__ import annotations

from tui_nn.settings.sharing.line import MOST_CHARACTERS, LineError, SharedLine, read_line

ADDRESS = "://"


def read_shared(text: str) -> SharedLine:
    """Return what a line or an address says. Raises LineError."""
    if len(text) > MOST_CHARACTERS:
        raise LineError(f"it has {len(text):,} characters, at most {MOST_CHARACTERS:,} are read")
    if ADDRESS in text.partition("=")[0]:
        from tui_nn.settings.sharing.tfp.address import read_address

        return read_address(text)
    return read_line(text)
