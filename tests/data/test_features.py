from __future__ import annotations

import math

import numpy as np
import pytest

from tui_nn.data import FEATURES, DataError, feature_matrix
from tui_nn.data.features import feature_label


def test_features_are_those_of_the_settings_in_their_order() -> None:
    assert list(FEATURES) == ["x", "y", "x2", "y2", "xy", "sinx", "siny", "cosx", "cosy"]


def test_feature_matrix_has_one_column_a_name_in_the_given_order() -> None:
    names = ("siny", "xy", "y2", "x2", "sinx", "y", "x", "cosy", "cosx")
    matrix = feature_matrix(np.array([[2.0, -3.0], [0.5, 1.0]]), names)
    assert matrix[0] == pytest.approx([math.sin(-3), -6, 9, 4, math.sin(2), -3, 2, math.cos(-3), math.cos(2)])
    assert matrix.shape == (2, 9)


def test_feature_matrix_refuses_unknown_names_no_names_and_other_shapes() -> None:
    points = np.zeros((3, 2))
    with pytest.raises(DataError, match=r"'tanx'.*sinx"):
        feature_matrix(points, ("x", "tanx"))
    with pytest.raises(DataError, match="at least one"):
        feature_matrix(points, ())
    with pytest.raises(DataError, match="points"):
        feature_matrix(np.zeros((3, 4)), ("x",))


def test_labels_take_the_names_of_columns() -> None:
    labels = [feature_label(name, ("bmi", "pressure")) for name in FEATURES]

    assert labels[:6] == ["bmi", "pressure", "bmi²", "pressure²", "bmi · pressure", "sin bmi"]
    assert [feature_label(name) for name in FEATURES] == [feature.label for feature in FEATURES.values()]
