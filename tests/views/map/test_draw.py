from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.data.dataset import square
from tui_nn.render.palette import COLORS_256, MONO
from tui_nn.settings.config import Config
from tui_nn.training.session import Session
from tui_nn.training.snapshot import PointSet, ViewRequest
from tui_nn.views.looks import new_looks
from tui_nn.views.map.draw import (
    MapShare,
    decision_area,
    decision_grid,
    decision_picture,
    share_panel,
    shown_points,
)
from tui_nn.views.map.values import DecisionMap, MapRequest


def moment(**settings: Any) -> tuple[PointSet, DecisionMap]:
    """Return the data and the first moment of a run, with a map."""
    session = Session(Config(**{"samples": 40, **settings}), looks=new_looks())
    grid = decision_grid(square(-6.0, 6.0), MONO, 11, 30)
    snapshot = session.snapshot(ViewRequest(looks=(MapRequest(grid),)))
    assert snapshot.points is not None
    return snapshot.points, snapshot.reply(DecisionMap)


def test_a_grid_has_the_samples_of_the_cells_of_the_map() -> None:
    area = decision_area(square(-1.0, 1.0), 21, 80)

    # 20 rows above the axis; a cell is twice as high as wide
    assert (area.plane.rows, area.plane.columns) == (20, 40)
    for palette, samples in ((MONO, 1), (COLORS_256, 2)):
        grid = decision_grid(square(-1.0, 1.0), palette, 21, 80)
        assert grid is not None
        assert (grid.columns, grid.rows) == (40, 20 * samples)
        assert (grid.x_low, grid.x_high, grid.y_low, grid.y_high) == (-1, 1, -1, 1)


@pytest.mark.parametrize("size", [(0, 0), (0, 40), (10, 0), (-1, -1)])
def test_there_is_no_grid_where_there_is_no_room(size: tuple[int, int]) -> None:
    assert decision_grid(square(-1.0, 1.0), MONO, *size) is None


def test_a_picture_has_the_size_that_was_asked_for() -> None:
    data, snapshot = moment()
    cells = decision_picture(snapshot.surface, shown_points(data, snapshot), data.domain, MONO, 11, 30)

    assert cells.glyphs.shape == (11, 30)


def test_training_points_are_judged() -> None:
    data, snapshot = moment()
    points = shown_points(data, snapshot)

    assert points is not None
    assert points.wrong is not None
    assert snapshot.train_predictions is not None
    assert np.array_equal(points.wrong, snapshot.train_predictions != data.train_targets)
    assert len(points.positions) == 20


def test_test_points_come_after_them_and_are_marked() -> None:
    data, snapshot = moment(train_fraction=0.75)
    points = shown_points(data, snapshot, with_test=True)

    assert points is not None
    assert points.test is not None
    assert points.test.tolist() == [False] * 30 + [True] * 10


def test_the_truth_is_not_judged() -> None:
    points = shown_points(*moment(), judged=False)

    assert points is not None
    assert points.wrong is None


def test_values_have_the_sign_for_a_class() -> None:
    data, snapshot = moment(dataset="reg-plane")
    points = shown_points(data, snapshot)

    assert points is not None
    assert points.labels.tolist() == (data.train_targets > 0).astype(int).tolist()
    assert points.wrong is None


def test_without_data_there_are_no_points() -> None:
    assert shown_points(None, None) is None


def test_words_that_do_not_fit_beside_the_map_get_the_row_below_it() -> None:
    # 20 rows above the axis are 40 columns, and four more hold the numbers
    assert share_panel(square(-1.0, 1.0), 21, 50, 40) == MapShare(20, 50, 0)
    assert share_panel(square(-1.0, 1.0), 21, 100, 40).height == 21
