"""Goes from one misclassified sample to the next, where samples are looked at one by one."""

from __future__ import annotations

import numpy as np

from tui_nn.training.example import Example
from tui_nn.training.misclassified import Misclassified, MisclassifiedRequest
from tui_nn.training.snapshot import Snapshot
from tui_nn.views.map.draw_samples import next_among


class MisclassifiedSearch:
    """Remembers what was asked for until a moment answers it: keys can come faster than moments."""

    def __init__(self) -> None:
        self._steps: list[int] = []
        self._n_asked = 0

    def go(self, step: int) -> None:
        """Go to the next one (step 1), or the one before (-1), as soon as they are known."""
        self._steps.append(step)

    def looks(self, example: Example) -> tuple[object, ...]:
        """Return what is to be asked of the next moment while this example is looked at."""
        self._n_asked = len(self._steps)
        return (MisclassifiedRequest(example.part),) if self._steps else ()

    def take(self, snapshot: Snapshot, example: Example) -> tuple[Example, str] | None:
        """Return the sample that was gone to, and what it is in words; None where none was asked for."""
        found = snapshot.reply(Misclassified)
        if found is None or not self._n_asked:
            return None
        steps, self._steps = self._steps[: self._n_asked], self._steps[self._n_asked :]
        self._n_asked = 0
        if not found.class_names:
            return example, "Only classes can be misclassified; { and } go through all samples."
        if not len(found.indexes):
            name = "training" if found.part == "train" else found.part
            return example, f"No {name} sample is misclassified."
        here: int | None = example.index if example.part == found.part else None
        among = np.zeros(found.indexes[-1] + 1, dtype=bool)
        among[found.indexes] = True
        for step in steps:
            here = next_among(among, here, step)
        assert here is not None
        sample = Example(found.part, here)
        return sample, _words(found, sample)


def _words(found: Misclassified, sample: Example) -> str:
    place = int(np.searchsorted(found.indexes, sample.index))
    truth, predicted = (found.class_names[number[place]] for number in (found.truths, found.predictions))
    which = f"misclassified: {place + 1:,} of {len(found.indexes):,}"
    return f"{sample.words.capitalize()}: class {truth}, predicted {predicted} ({which})."
