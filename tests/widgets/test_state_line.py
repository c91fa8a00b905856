"""The state line says how the run stands; every number has one width, and what matters least goes first."""

from __future__ import annotations

import math
from typing import Any

import pytest
from rich.cells import cell_len

from tui_nn.render import slots
from tui_nn.render.palette import PALETTES
from tui_nn.settings.config import Config
from tui_nn.training.place import TimelinePlace
from tui_nn.training.snapshot import Metrics, Status
from tui_nn.widgets.state_line import StateLine, loss_text, percent, state_fields

Open = Any
WIDE = (
    "paused epoch 56 step 1,234 loss train 0.2500 test 0.5000 accuracy train 96.9% test 50.0% rate 0.03 "
    "0 steps/s 0.0 epochs/s 0.0 frames/s"
)


def words(line: StateLine, text: Any) -> str:
    return " ".join(text(line)[0].split())


async def test_before_the_first_moment_it_is_starting(alone: Open, text: Any, moment: Any) -> None:
    line = StateLine(PALETTES["mono"])
    async with alone(line):
        assert words(line, text) == "starting"
        line.snapshot = moment()
        assert words(line, text) == "starting", "the settings are not known yet"
        line.config = Config()

        assert words(line, text).startswith("paused")


async def test_all_is_said_where_there_is_room(alone: Open, text: Any, moment: Any) -> None:
    line = StateLine(PALETTES["mono"])
    async with alone(line, size=(170, 3)):
        line.config, line.snapshot = Config(), moment()

        assert words(line, text) == WIDE


@pytest.mark.parametrize(
    ("left_out", "is_kept"),
    [
        ("frames/s", "epochs/s"),
        ("epochs/s", "steps/s"),
        ("steps/s", "rate"),
        ("rate", "step 1,234"),
        ("step 1,234", "accuracy"),
    ],
)
async def test_what_matters_least_is_left_out_first(
    alone: Open, moment: Any, left_out: str, is_kept: str
) -> None:
    line = StateLine(PALETTES["mono"])
    async with alone(line):
        line.config, line.snapshot = Config(), moment()
        drawn = [" ".join(line.draw(1, width).lines()[0].split()) for width in range(169, 79, -1)]
        first_without = next(words for words in drawn if left_out not in words)

        assert left_out in drawn[0]
        assert is_kept in first_without


async def test_in_80_columns_both_sets_have_their_loss_and_accuracy(
    alone: Open, text: Any, moment: Any
) -> None:
    line = StateLine(PALETTES["mono"])
    async with alone(line, size=(80, 3)):
        line.config, line.snapshot = Config(), moment()

        assert "loss train 0.250 test 0.500 accuracy train 96.9% test 50.0%" in words(line, text)


@pytest.mark.parametrize(
    ("changes", "is_lost", "status", "slot"),
    [
        ({"status": Status.RUNNING}, False, "running", slots.ACCENT),
        ({"status": Status.DIVERGED}, False, "diverged", slots.WARNING),
        ({"timeline": TimelinePlace(2, position=0)}, False, "rewound", slots.ACCENT),
        ({"status": Status.RUNNING}, True, "no trainer", slots.WARNING),
    ],
    ids=["running", "diverged", "rewound", "lost"],
)
async def test_the_status_is_a_word_and_what_is_alarming_stands_out(
    alone: Open, text: Any, moment: Any, changes: dict[str, Any], is_lost: bool, status: str, slot: int
) -> None:
    line = StateLine(PALETTES["mono"])
    async with alone(line, size=(120, 3)):
        line.config, line.snapshot = Config(), moment(**changes)
        line.is_lost = is_lost

        assert words(line, text).startswith(f"{status} epoch")
        assert line.draw(1, 119).foreground[0, 0] == slot


def said(moment: Any, **changes: Any) -> str:
    fields = state_fields(moment(**changes), Config(), 9.5)
    return " ".join(f"{field.label} {field.value}" for field in fields)


def test_test_samples_that_were_trained_on_are_told(moment: Any) -> None:
    assert "(test seen)" not in said(moment)
    assert "(test seen)" in said(moment, is_test_seen=True)


def test_regression_has_an_r2_and_no_accuracy(moment: Any) -> None:
    metrics = Metrics(0.1, 0.2, train_r2=0.75, test_r2=-260.0)
    words = " ".join(said(moment, metrics=metrics).split())

    assert "R² train 0.750 test -3e+02" in words
    assert "accuracy" not in words


def test_without_a_test_set_there_is_one_number(moment: Any) -> None:
    words = " ".join(said(moment, metrics=Metrics(0.1, None, 0.9)).split())

    assert "loss train 0.1000 accuracy train 90.0%" in words


def test_the_best_that_is_possible_is_said_where_it_is_known(moment: Any) -> None:
    assert "best possible  97.2%" in said(moment, best_possible_accuracy=0.972)
    assert "best possible" not in said(moment)


@pytest.mark.parametrize(
    ("value", "long", "short"),
    [
        (0.0, "0.0000", "0.000"),
        (0.25, "0.2500", "0.250"),
        (0.001, "0.0010", "0.001"),
        (0.00099, "0.0010", "1e-03"),
        (9.9, "9.9000", "9.900"),
        (10.0, "  10.0", " 10.0"),
        (999.0, " 999.0", "999.0"),
        (1000.0, "1000.0", " 1000"),
        (9999.0, "9999.0", " 9999"),
        (10_000.0, " 1e+04", "1e+04"),
        (1e30, " 1e+30", "1e+30"),
        (None, "     -", "    -"),
    ],
)
def test_a_loss_has_six_cells_or_five(value: float | None, long: str, short: str) -> None:
    assert (loss_text(value), loss_text(value, is_short=True)) == (long, short)


@pytest.mark.parametrize(
    "value", [10.0**power * digit for power in range(-6, 9) for digit in (1.0, 4.44444, 9.9)]
)
def test_no_loss_is_wider_than_another(value: float) -> None:
    assert cell_len(loss_text(value)) == 6
    assert cell_len(loss_text(value, is_short=True)) == 5
    assert float(loss_text(value)) == pytest.approx(value, rel=0.15, abs=5e-5)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_loss_that_is_no_number_has_its_width_too(value: float) -> None:
    assert cell_len(loss_text(value)) == 6


@pytest.mark.parametrize(
    ("fraction", "long", "short"),
    [
        (0.0, "  0.0%", " 0.0%"),
        (0.5, " 50.0%", "50.0%"),
        (0.9994, " 99.9%", "99.9%"),
        (0.9996, "100.0%", " 100%"),
        (1.0, "100.0%", " 100%"),
    ],
)
def test_a_fraction_has_six_cells_or_five(fraction: float, long: str, short: str) -> None:
    assert (percent(fraction), percent(fraction, is_short=True)) == (long, short)
