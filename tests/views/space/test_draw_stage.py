"""How far apart sheets stand: as makes the scene fill its picture, within bounds."""

from __future__ import annotations

import numpy as np
import pytest

from tui_nn.views.space.draw_sheets import Grid, unit_grid
from tui_nn.views.space.draw_stage import GAPS, frame, stage
from tui_nn.views.space.draw_viewpoint import FIRST_VIEW

LABEL_ROWS = 2


def aspect_of_picture(height: int, width: int) -> float:
    """Return width by height in dots: 2 across and 4 down in each cell."""
    return width * 2 / ((height - LABEL_ROWS) * 4)


def aspect_of_scene(grids: list[Grid], gap: float) -> float:
    """Return how long the layers are by how high they look at first, from very far away."""
    length = gap * (len(grids) - 1)
    _, up, _ = FIRST_VIEW.axes()
    corners = [
        np.array([x, y, z]) @ up for grid in grids for z, y in frame(grid) for x in (-length / 2, length / 2)
    ]
    return float(length / np.ptp(corners))


@pytest.mark.parametrize(
    ("shapes", "size"),
    [
        ([(4,)] * 2, (34, 60)),
        ([(16,)] * 3, (30, 70)),
        ([(16,)] * 5, (30, 116)),
        ([(784,), (128,), (10,)], (24, 80)),
    ],
)
def test_between_the_bounds_the_scene_has_the_shape_of_the_picture(
    shapes: list[tuple[int, ...]], size: tuple[int, int]
) -> None:
    grids = [unit_grid(shape) for shape in shapes]
    gap = stage(tuple(grids), *size).gap

    assert GAPS[0] < gap < GAPS[1]
    assert aspect_of_scene(grids, gap) == pytest.approx(aspect_of_picture(*size))


def test_sheets_never_come_nearer_or_go_farther_apart_than_the_bounds() -> None:
    grids = (unit_grid((16,)),) * 3

    assert stage(grids, 60, 20).gap == GAPS[0]
    assert stage(grids, 12, 200).gap == GAPS[1]
    assert stage(grids[:1], 20, 60).gap == 0.0


@pytest.mark.parametrize("n", [1, 2, 5])
def test_sheets_stand_evenly_around_the_middle(n: int) -> None:
    fitted = stage((unit_grid((4,)),) * n, 30, 116)
    across = [fitted.across(sheet) for sheet in range(n)]

    assert sum(across) == pytest.approx(0.0)
    assert np.diff(across) == pytest.approx([fitted.gap] * (n - 1))
