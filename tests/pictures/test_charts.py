from __future__ import annotations

import numpy as np
import pytest

from tui_nn.pictures.charts import ROWS_FOR_TWO, charts_picture
from tui_nn.render.palette import MONO
from tui_nn.training.snapshot import Curves

RECORDED = Curves(np.arange(50), *(np.linspace(start, 0.1, 50) for start in (0.9, 0.8, 0.5, 0.4)))


def text(height: int, is_regression: bool = False, log: bool = False) -> str:
    return "\n".join(charts_picture(RECORDED, is_regression, MONO, height, 60, log=log).lines())


def test_accuracy_has_a_chart_where_there_is_room() -> None:
    assert "Accuracy" in text(ROWS_FOR_TWO)
    assert "Accuracy" not in text(ROWS_FOR_TWO - 1)


def test_regression_has_r2_instead() -> None:
    assert "R²" in text(20, is_regression=True)
    assert "Accuracy" not in text(20, is_regression=True)


def test_a_log_scale_is_named() -> None:
    assert "Loss (log)" in text(20, log=True)


@pytest.mark.parametrize("height", [0, 1, 5, 14, 30])
def test_the_picture_has_the_size_that_was_asked_for(height: int) -> None:
    assert charts_picture(RECORDED, False, MONO, height, 60).glyphs.shape == (height, 60)


def test_nothing_recorded_is_said_in_words() -> None:
    assert "no data yet" in "\n".join(charts_picture(None, False, MONO, 8, 40).lines())
