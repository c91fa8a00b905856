from __future__ import annotations

import numpy as np

from tui_nn.commands.text.curve_words import Series, braille_line, curves_words, find_series, series_of
from tui_nn.training.snapshot import Curves

STEPS = np.arange(0, 1000, 10)
NOTHING = np.full(len(STEPS), np.nan)


def curve(values: np.ndarray, name: str = "test loss") -> Series:
    return Series(name, STEPS, np.asarray(values, np.float64), is_share=False)


def test_a_curve_is_said_by_its_ends_its_lowest_place_and_where_it_goes() -> None:
    loss = 1.0 - STEPS / 1000.0

    (_, words) = curves_words([curve(loss)])

    assert words == "test loss: from 1.0000 to 0.0100, now falling."


def test_a_test_loss_that_rises_after_a_low_is_called_overfitting() -> None:
    train = 1.0 / (1.0 + STEPS)
    test = 0.5 + ((STEPS - 300) / 1000.0) ** 2

    words = curves_words([curve(train, "train loss"), curve(test)])

    assert words[-1] == "The test loss has risen since step 300: a sign of overfitting."
    assert "lowest 0.5000 at step 300" in words[2]


def test_curves_without_a_test_set_are_those_of_training_alone() -> None:
    curves = Curves(STEPS, 1.0 / (1.0 + STEPS), NOTHING, NOTHING, NOTHING)

    assert [one.name for one in series_of(curves, is_regression=False)] == ["train loss"]


def test_a_curve_is_found_by_any_of_its_words() -> None:
    several = [curve(STEPS, name) for name in ("train loss", "test loss", "test accuracy")]

    assert find_series("", several) is several[1]
    assert find_series("accuracy", several) is several[2]
    assert find_series("train", several) is several[0]
    assert find_series("purple", several) is None


def test_the_braille_line_has_forty_cells_and_falls_where_the_curve_falls() -> None:
    line = braille_line(curve(STEPS[::-1]))

    assert len(line) == 40
    assert all(0x2800 < ord(glyph) < 0x2900 for glyph in line)
    assert line[0] == "⠉"  # both dots on top
    assert line[-1] == "⣀"  # both at the foot


def test_a_level_curve_is_a_level_line() -> None:
    assert set(braille_line(curve(np.ones(len(STEPS))))) == {"⣀"}
