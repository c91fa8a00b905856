"""What goes wrong with a sweep as a whole."""

from __future__ import annotations


class SweepError(Exception):
    """A sweep that cannot begin or go on; the text is one sentence for a person, without its dot."""
