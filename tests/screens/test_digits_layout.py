from __future__ import annotations

import pytest

from tui_nn.screens.digits_layout import ALL_NAMES, DigitsLayout, digits_layout


@pytest.mark.parametrize(
    ("size", "has_half_blocks", "canvas", "seen"),
    [
        ((60, 20), True, 1, 1),
        ((80, 24), True, 1, 1),
        ((115, 36), True, 1, 1),  # 60 columns of canvas would leave 55
        ((116, 33), True, 2, 1),
        ((120, 32), True, 1, 1),  # its 30 rows do not fit between the lines
        ((120, 36), True, 2, 1),
        ((200, 60), True, 3, 2),
        ((200, 60), False, 2, 2),  # 84 x 42 are no whole cells of 2 x 1
        ((240, 70), True, 4, 2),
        ((240, 70), False, 4, 2),
        ((400, 20), True, 1, 1),
        ((0, 0), True, 1, 1),
    ],
)
def test_each_size_has_its_layout(
    size: tuple[int, int], has_half_blocks: bool, canvas: int, seen: int
) -> None:
    assert digits_layout(*size, has_half_blocks) == DigitsLayout(canvas, seen)


def test_the_names_are_those_of_the_style_sheet() -> None:
    assert DigitsLayout(1, 1).names == {"-canvas-1", "-seen-1"}
    assert DigitsLayout(3, 2).names == {"-canvas-3", "-seen-2", "-wide"}
    assert DigitsLayout(3, 2).names <= ALL_NAMES
