"""Groups of seeds stand with their numbers and, where there is room, their spread as a bar."""

from __future__ import annotations

import math

import pytest

from tui_nn.render.palette import palette_for
from tui_nn.sweeps.results import Measure
from tui_nn.sweeps.spread import Spread, compare
from tui_nn.views.sweep.draw_groups import draw_groups

PLAIN = palette_for("mono", True)
LOSS = Measure("test_loss")
SPREADS = [
    Spread((("learning_rate", "0.03"),), (0.1, 0.2, 0.3)),
    Spread((("learning_rate", "0.3"),), (0.4, 0.5, 0.6)),
    Spread((("learning_rate", "3"),), (0.9, math.inf, math.inf)),
]


def lines(height: int, width: int, n_groups: int = 3) -> list[str]:
    chosen = SPREADS[:n_groups]
    cells = draw_groups(chosen, compare(chosen), LOSS, n_groups - 1, PLAIN, height, width)
    return [line.rstrip() for line in cells.lines()]


def test_each_group_has_its_median_its_ends_and_what_it_lost() -> None:
    first, *rows = lines(12, 60)

    assert first.split() == ["learning", "rate", "seeds", "median", "min", "max", "lost", "p"]
    assert rows[0].split()[:5] == ["0.03", "3", "0.2000", "0.1000", "0.3000"]
    assert rows[2].split()[:6] == ["3", "3", "-", "0.9000", "0.9000", "2"]


def test_bars_are_on_one_scale_with_the_median_on_them() -> None:
    _, first, second, third, *_ = lines(12, 99)
    left = lines(12, 99)[0].index("p") + 3

    bars = [row[left:] for row in (first, second, third)]

    assert bars[0].strip("-o") == ""
    assert abs(bars[0].index("o") - (len(bars[0]) - 1) / 2) <= 0.5, "0.2 is in the middle of 0.1 and 0.3"
    assert len(bars[0]) < len(bars[1]) < len(bars[2])
    assert bars[2].strip() == "-", "where most are lost there is no median"


def test_the_verdict_stands_below() -> None:
    assert "cannot be told apart in test loss (Mann-Whitney U = 9" in " ".join(lines(12, 60))


@pytest.mark.parametrize("width", [0, 1, 5, 20, 40, 60, 80, 200])
@pytest.mark.parametrize("height", [0, 1, 2, 3, 6, 20])
def test_any_size_is_drawn(width: int, height: int) -> None:
    drawn = lines(height, width)

    assert len(drawn) == height
    if width >= 40 and height >= 3:
        assert any("median" in line for line in drawn)


def test_the_group_of_the_selected_run_is_in_sight() -> None:
    assert any(line.split()[:1] == ["3"] for line in lines(4, 60))


def test_results_however_far_apart_are_on_one_scale() -> None:
    spreads = [Spread((("batch_size", text),), ends) for text, ends in (("1", (1e-30, 1e290)), ("2", (1.0,)))]

    _, first, second, _ = draw_groups(spreads, [], LOSS, None, PLAIN, 4, 80).lines()

    begin, end = first.index("---"), len(first.rstrip()) - 1
    assert second.rindex("o") - begin == round(30 / 320 * (end - begin)), "1 is 30 of 320 powers of ten up"
