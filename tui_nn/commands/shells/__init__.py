"""What shells and the manual are told of the command line: read from the parsers that make --help."""

from __future__ import annotations

SHELLS = ("bash", "zsh", "fish")
"""Those that can be told."""
