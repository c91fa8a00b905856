"""No advice contradicts what was said before of the same run."""

from __future__ import annotations

import pytest

from tui_nn.training.moments.log import Moment
from tui_nn.training.moments.watch import MomentWatch, consistent


@pytest.mark.parametrize(
    ("advice", "before", "left"),
    [
        ("] raises the rate, u adds to them", ["[ lowers the rate"], "u adds to them"),
        ("[ lowers the rate, R draws new weights", ["] raises the rate"], "R draws new weights"),
        ("c a takes another, H removes one", ["u adds to the 6"], "c a takes another"),
        ("h adds a hidden layer", ["H removes one of 3"], ""),
        ("[ lowers the rate", ["[ lowers the rate, R draws"], "[ lowers the rate"),
        (
            "c g adds a penalty, c m more samples (now 1,000)",
            [],
            "c g adds a penalty, c m more samples (now 1,000)",
        ),
    ],
)
def test_a_remedy_that_undoes_one_before_is_left_out(advice: str, before: list[str], left: str) -> None:
    assert consistent(advice, before) == left


def test_what_was_seen_is_said_though_its_remedy_was_ruled_out() -> None:
    from tui_nn.training.moments.detectors import Finding

    watch = MomentWatch()
    watch.ended("plateau", 10, Finding("It stays", "[ lowers the rate"))
    watch.ended("not_updating", 20, Finding("They rest", "] raises the rate"))

    assert watch.log().moments[-1] == Moment("not_updating", 20, "They rest", "")
