"""The one exception of the data floor."""

from __future__ import annotations


class DataError(ValueError):
    """Data that cannot be made, read or understood; the message is one sentence for a person."""
