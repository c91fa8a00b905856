"""What keys do to a weight: the command, what takes it back, the words; counted from keys before it."""

from __future__ import annotations

from typing import Any, cast

import pytest

from tui_nn.training.commands import HoldNeuron, HoldParameter, SetParameter
from tui_nn.views.neuron.values import BIAS, Term
from tui_nn.views.neuron.weight_edits import WeightEdits, typed_weight

NODE = (2, 3)
TERM = Term(source=1, unit=1, weight=0.5, value=1.0)
THE_BIAS = Term(source=BIAS, unit=None, weight=0.5, value=1.0)


class WritingRun:
    """A run that writes down what it is to carry out."""

    def __init__(self) -> None:
        self.done: list[tuple[Any, Any, str]] = []

    def carry_out(self, command: Any, undone_by: Any, words: str) -> None:
        """Write it down."""
        self.done.append((command, undone_by, words))


@pytest.fixture
def run() -> WritingRun:
    return WritingRun()


@pytest.fixture
def edits(run: WritingRun) -> WeightEdits:
    return WeightEdits(cast(Any, run))


def test_a_weight_is_set_with_what_takes_it_back(edits: WeightEdits, run: WritingRun) -> None:
    edits.set(NODE, TERM, 2.0, "from x")

    assert run.done == [
        (SetParameter(1, 1, 3, 2.0), SetParameter(1, 1, 3, 0.5), "from x 0.5000 -> 2.0000"),
    ]


def test_the_bias_has_no_row(edits: WeightEdits, run: WritingRun) -> None:
    edits.set(NODE, THE_BIAS, 2.0, "bias")

    assert run.done[0][0] == SetParameter(1, None, 3, 2.0)


def test_a_second_key_counts_from_the_first_before_it_is_seen(edits: WeightEdits, run: WritingRun) -> None:
    edits.nudge(NODE, TERM, 1, "from x")
    edits.nudge(NODE, TERM, 1, "from x")

    assert [command.value for command, _, _ in run.done] == pytest.approx([0.6, 0.7])


def test_what_moments_show_counts_when_they_are_sure_to_hold_it(edits: WeightEdits, run: WritingRun) -> None:
    edits.nudge(NODE, TERM, 1, "from x")
    edits.see()
    edits.see()
    edits.nudge(NODE, TERM, -1, "from x")

    assert run.done[1][0].value == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("kind", "words"), [("freeze", ["w frozen", "w thawed"]), ("cut", ["w cut", "w healed"])]
)
def test_a_weight_is_held_and_freed(edits: WeightEdits, run: WritingRun, kind: str, words: list[str]) -> None:
    edits.hold_weight(NODE, TERM, kind, "w")
    edits.hold_weight(NODE, TERM, kind, "w")

    held, loose = HoldParameter(kind, 1, 1, 3, True), HoldParameter(kind, 1, 1, 3, False)
    assert run.done == [(held, loose, words[0]), (loose, held, words[1])]


def test_a_weight_is_known_to_be_cut_before_it_is_seen(edits: WeightEdits) -> None:
    edits.hold_weight(NODE, TERM, "cut", "w")

    assert edits.is_cut(NODE, TERM)
    assert not edits.is_cut((2, 4), TERM)


def test_a_neuron_that_is_held_is_let_go(edits: WeightEdits, run: WritingRun) -> None:
    edits.hold_node(NODE, "cut", True, "hidden 2")

    assert run.done == [(HoldNeuron("cut", NODE, False), HoldNeuron("cut", NODE, True), "hidden 2 healed")]


@pytest.mark.parametrize("text", ["", "two", "nan", "1e7"])
def test_a_line_that_is_no_weight_is_refused_and_not_used(text: str) -> None:
    used: list[float] = []

    assert "is not allowed" in typed_weight(used.append)(text)
    assert used == []


def test_a_line_that_is_a_weight_is_used() -> None:
    used: list[float] = []

    assert typed_weight(used.append)("-1.5") == ""
    assert used == [-1.5]
