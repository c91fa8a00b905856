"""What would be lost with a run: what was trained, or changed by hand, since it was written last."""

from __future__ import annotations

WORTH_STEPS = 2000
"""So many steps that were never written are worth a question before they are lost."""


class Unwritten:
    """Counts steps of training, and remembers whether a person changed the network."""

    def __init__(self) -> None:
        self.written()

    def written(self) -> None:
        """Note that all there is has been written, or begins anew."""
        self._steps, self._has_edits = 0, False

    def trained(self, steps: int) -> None:
        """Note so many more steps."""
        self._steps += steps

    def edited(self) -> None:
        """Note that a person changed the network."""
        self._has_edits = True

    @property
    def is_worth_writing(self) -> bool:
        """Whether a person should be asked before it is lost."""
        return self._has_edits or self._steps > WORTH_STEPS
