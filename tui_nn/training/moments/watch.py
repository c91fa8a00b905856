"""Notices the moments of a run that have a name: one line for each, until it is over.

The same kind is said again at the earliest when the run is twice as old, or after a setting was changed.

It is shown checkups by step number and knows no clock, no screen and no randomness: the same run gives the
same lines, watched or not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from tui_nn.training.moments.checkups import Checkup
from tui_nn.training.moments.detectors import DETECTORS, LEARNING, Detector
from tui_nn.training.moments.facts import Facts
from tui_nn.training.moments.log import Moment, MomentLog
from tui_nn.training.moments.remedies import WALK, without_contradictions
from tui_nn.training.moments.window import GONE, Finding, Window

MOST_LINES = 200
"""Older lines go when there are more."""
REASONS = frozenset({"dead_units", "vanishing", "exploding"})
"""While one of these is there it is the reason why the loss does not fall: no more is said of that."""


class MomentWatch:
    """The log of one run, and what is going on in it."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything: the run begins anew."""
        self._log: list[Moment] = []
        self._going: dict[str, None] = {}
        self._said: dict[str, int] = {}
        self._seen: int | None = None
        self._since = 0

    def changed(self, step: int) -> None:
        """Compare nothing with what was before this step: something was changed by hand."""
        self._since = step
        self._said.clear()

    @property
    def seen(self) -> int | None:
        """The step that was looked at last; None before the first."""
        return self._seen

    def log(self) -> MomentLog:
        """Return what was noticed."""
        return MomentLog(tuple(self._log), tuple(self._going))

    def see(self, checkups: Sequence[Checkup], facts: Facts) -> list[Moment]:
        """Look at the newest of some checkups, the others to compare with; return what is new."""
        step = checkups[-1].step
        if self._seen is not None and step <= self._seen:
            self.go_back(step)
        self._seen = step
        compared = checkups if self._since <= 0 else [c for c in checkups if c.step >= self._since]
        if not compared:
            return []
        window = Window(compared, facts)
        found = self._firsts(window)
        for kind, detector in DETECTORS.items():
            if kind in self._going or not self._is_explained(kind):
                found += self._judge(kind, detector, window)
        return found

    def _is_explained(self, kind: str) -> bool:
        """Return whether what is going on already says why this kind would be there, or says the same."""
        if kind in LEARNING:
            return not REASONS.isdisjoint(self._going) or any(other in self._going for other in LEARNING)
        return kind == "vanishing" and "dead_units" in self._going

    def ended(self, kind: str, step: int, finding: Finding) -> list[Moment]:
        """Note that the run ended: by a divergence, or at its goal; return what is new."""
        return self._begin(kind, step, finding)

    def _firsts(self, window: Window) -> list[Moment]:
        """Return the first forward pass at step 0, the first backward pass at the step after."""
        checkup, facts = window.checkups[-1], window.facts
        if checkup.step == 0:
            loss = checkup.metrics.train_loss
            cost = "not finite" if loss is None else f"{loss:.3g}"
            what = (
                f"{facts.n_train:,} samples went through {facts.architecture}; loss {cost}; "
                f"random guessing would give a loss of {facts.guess_loss:.3g}"
            )
            return self._once("first_forward", 0, Finding(what, (WALK,)))
        if checkup.step == 1:
            norms = zip(facts.layer_names, checkup.vitals.gradient_norms, strict=False)
            known = [f"{norm:.2g} at {name}" for name, norm in reversed(list(norms)) if norm == norm]
            back = ", ".join(dict.fromkeys([*known[:1], *known[-1:]])) or "not finite"
            motion = checkup.vitals.motion
            moved = "" if math.isnan(motion) else f"; the weights moved by {100 * motion:.3g} %"
            return self._once("first_backward", 1, Finding(f"Gradient norm {back}{moved}", (WALK,)))
        return []

    def _judge(self, kind: str, detector: Detector, window: Window) -> list[Moment]:
        finding = detector(window, kind in self._going)
        if finding is GONE:
            self._going.pop(kind, None)
        elif finding is not None:
            return self._begin(kind, window.checkups[-1].step, finding)
        return []

    def _begin(self, kind: str, step: int, finding: Finding) -> list[Moment]:
        if kind in self._going:
            return []
        self._going[kind] = None
        said = self._said.get(kind)
        if said is not None and step - self._since < 2 * (said - self._since):
            return []
        self._said[kind] = step
        given = [remedy for moment in self._log for remedy in moment.remedies]
        return self._add(Moment(kind, step, finding.what, without_contradictions(finding.remedies, given)))

    def _once(self, kind: str, step: int, finding: Finding) -> list[Moment]:
        if any(moment.kind == kind for moment in self._log):
            return []
        return self._add(Moment(kind, step, finding.what, finding.remedies))

    def _add(self, moment: Moment) -> list[Moment]:
        self._log = [*self._log, moment][-MOST_LINES:]
        return [moment]

    def go_back(self, step: int) -> None:
        """Take note that the run went back to a step: what goes on is found anew, the lines stay."""
        self._going.clear()
        self._said.clear()
        self._since = min(self._since, step)
