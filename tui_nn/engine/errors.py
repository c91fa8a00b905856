"""The one error of the engine that is meant for a person's eyes."""

from __future__ import annotations


class EngineError(ValueError):
    """A network, model file or setting that cannot be; the message says why, and what would work."""
