from __future__ import annotations

import numpy as np
import pytest

from tui_nn.commands.text.inside_words import landscape_words, space_words
from tui_nn.views.hidden.values import HiddenSpace
from tui_nn.views.landscape.values import Landscape, Work


def space(positions: list[list[float]], labels: list[int]) -> HiddenSpace:
    return HiddenSpace(
        layer=1,
        n_layers=3,
        units=3,
        pair=(0, 2),
        positions=np.array(positions, np.float32),
        labels=np.array(labels),
        is_test=np.zeros(len(labels), bool),
        class_names=("0", "1"),
        activation="tanh",
    )


def test_classes_are_said_by_their_centers_and_how_far_they_lie_apart() -> None:
    found = space([[-1, 0], [-1, 2], [3, 1], [1, 1], [-0.5, 1]], [0, 0, 1, 1, 1])

    lines = space_words(found)

    assert lines[0] == "hidden 1, neuron 1 across, neuron 3 up."
    assert lines[1] == "class 0: 2 samples around -1.00, 1.00, spread 1.00."
    assert lines[-1] == "80 % lie nearest to the center of their own class."


def landscape(values: np.ndarray) -> Landscape:
    return Landscape(
        values=values.astype(np.float32),
        span=1.0,
        seed=0,
        step=5,
        n_rows=100,
        n_train=100,
        work=Work.DONE,
        n_done=values.size,
        n_wanted=values.size,
        middle_loss=float(values[2, 2]),
        place=np.zeros(2, np.float32),
        place_loss=float(values[2, 2]),
        place_share=1.0,
        path=np.zeros((0, 2), np.float32),
    )


@pytest.mark.parametrize(
    ("row", "column", "where"),
    [(2, 2, "at the weights themselves"), (0, 4, "1.00 right, 1.00 up"), (3, 1, "0.50 left, 0.50 down")],
)
def test_the_lowest_place_of_a_landscape_is_said_by_its_way_from_the_weights(
    row: int, column: int, where: str
) -> None:
    values = np.ones((5, 5))
    values[row, column] = 0.25

    words = landscape_words(values, landscape(values))

    assert words[1].startswith(f"Lowest of the slice 0.25, {where}")


def test_the_edges_of_a_landscape_are_said_by_their_usual_loss() -> None:
    values = np.ones((5, 5))
    values[:, 0], values[0, 1:4] = 2.0, 3.0

    assert landscape_words(values, landscape(values))[2].endswith("left 2, right 1, up 3, down 1.")
