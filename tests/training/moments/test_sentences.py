"""Every sentence of a moment fits into two lines of the narrowest full window, whatever its numbers are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tui_nn.render.cells import wrap
from tui_nn.settings.config import Config
from tui_nn.settings.moments import MOMENTS
from tui_nn.training.moments.checkups import Checkup
from tui_nn.training.moments.detectors import DETECTORS
from tui_nn.training.moments.facts import Facts
from tui_nn.training.moments.log import Moment
from tui_nn.training.moments.observer import Observer
from tui_nn.training.moments.vitals import Vitals
from tui_nn.training.moments.watch import MomentWatch
from tui_nn.training.moments.window import GONE, Finding, Window
from tui_nn.training.rules import explosion
from tui_nn.training.snapshot import Metrics, Status
from tui_nn.training.trainer import Trainer

ROOM = 78
"""Cells of the event line at 80 columns, as its panel has one free at either side."""
HIDDEN = 16
NAMES = (*(f"hidden {number + 1}" for number in range(HIDDEN)), "output")
CONFIG = Config(learning_rate=0.000123, samples=10_000)
FACTS = Facts(CONFIG, (2, *(1024,) * HIDDEN, 1), NAMES, 1000, 60_000, 0.693147, 0.99876)


def checkup(step: int, train: float, test: float, accuracy: float = 0.6123, **given: Any) -> Checkup:
    vitals = {
        "gradient_norms": (0.00123,) * len(NAMES),
        "weight_norms": (123.4,) * len(NAMES),
        "counted": (1024,) * len(NAMES),
        "dead": (0,) * len(NAMES),
        "saturated": (0,) * len(NAMES),
        "motion": 1.23e-5,
    }
    return Checkup(step, Metrics(train, test, accuracy, accuracy), Vitals(step=step, **{**vitals, **given}))


def window(checkups: list[Checkup], facts: Facts = FACTS) -> Window:
    return Window(checkups, facts)


STEPS = range(1_000_000, 2_000_001, 20_000)
STILL = [checkup(step, 0.694321, 0.694321) for step in STEPS]
WINDOWS: dict[str, Window] = {
    "no_penalty": window(STILL, replace(FACTS, config=CONFIG.replace(regularization="l2"))),
    "not_updating": window([checkup(s, 0.694321, 0.69, motion=1.23e-8) for s in STEPS]),
    "high_loss": window([checkup(s, 12_345.6, 12_345.6) for s in STEPS]),
    "not_learning": window(STILL),
    "plateau": window([checkup(s, 0.0123456, 0.0123456) for s in STEPS]),
    "overfitting": window(
        [checkup(s, 0.123456 - i * 0.00234, 0.123456 + i * 0.00987) for i, s in enumerate(STEPS)]
    ),
    "dead_units": window([checkup(s, 0.69, 0.69, dead=(1023,) * len(NAMES)) for s in STEPS]),
    "vanishing": window(
        [checkup(s, 0.69, 0.69, gradient_norms=(1.23e-9, *(0.00123,) * HIDDEN)) for s in STEPS]
    ),
    "exploding": window(
        [checkup(s, 0.69, 0.69, gradient_norms=(1.23e-5 if s < STEPS[-1] else 1.23e9,)) for s in STEPS]
    ),
    "goal": window([checkup(s, 0.0123456, 0.0123456, 0.99876) for s in STEPS]),
}
SATURATED = window(
    [
        checkup(
            s,
            0.69,
            0.69,
            gradient_norms=(1.23e-9, *(0.00123,) * HIDDEN),
            saturated=(1023,) * len(NAMES),
        )
        for s in STEPS
    ]
)


def lines(kind: str, finding: Finding) -> list[str]:
    """Return what is told of a finding at which the run pauses, as the event line breaks it."""
    moment = Moment(kind, 2_000_000, finding.what, finding.remedies)
    told = moment.told(f"Paused, {MOMENTS[kind].label}")
    assert "Try " in told or not finding.remedies
    return wrap(told, ROOM)


def test_every_sign_is_tried_here() -> None:
    assert set(WINDOWS) == set(DETECTORS)


@pytest.mark.parametrize("kind", DETECTORS)
def test_a_sign_is_told_in_two_lines(kind: str) -> None:
    finding = DETECTORS[kind](WINDOWS[kind], False)
    assert finding is not None
    assert finding is not GONE
    assert len(lines(kind, finding)) <= 2, lines(kind, finding)


def test_a_loss_that_was_not_looked_at_has_not_stopped_falling() -> None:
    few = window([checkup(s, loss, loss) for s, loss in ((1, 0.69), (1_000_000, 0.3), (2_000_000, 0.1))])

    assert few.losses[1] == 0.1
    assert DETECTORS["plateau"](few, False) is None


def test_neurons_that_are_saturated_are_told_in_two_lines() -> None:
    finding = DETECTORS["vanishing"](SATURATED, False)
    assert finding is not None
    assert "1,023 of" in finding.what
    assert len(lines("vanishing", finding)) <= 2, lines("vanishing", finding)


@pytest.mark.parametrize("step", [0, 1])
def test_the_first_passes_of_a_deep_network_are_told_in_two_lines(step: int) -> None:
    (moment,) = MomentWatch().see([checkup(step, 0.694321, 0.694321)], FACTS)
    told = lines(moment.kind, Finding(moment.what, moment.remedies))
    assert len(told) <= 2, told


def test_a_divergence_is_told_in_two_lines() -> None:
    observer = Observer(Trainer(CONFIG))
    observer.ended(Status.DIVERGED, explosion(0.694321, Metrics(1.23e28, 1.0, 0.5, 0.5), 0.000123))
    (moment,) = observer.log.moments
    told = lines("divergence", Finding(moment.what, moment.remedies))
    assert len(told) <= 2, told
