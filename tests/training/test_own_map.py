"""A map of a person's own data: one column, and columns of very different sizes."""

from __future__ import annotations

import numpy as np
import pytest

from tui_nn.data import DATASETS, array_dataset
from tui_nn.settings.config import Config
from tui_nn.training.problem import make_problem


def test_one_input_goes_across_and_its_target_up(monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.linspace(0, 1, 20)
    monkeypatch.setitem(DATASETS, "own", array_dataset("own", x, np.sin(x)))
    problem = make_problem(Config(dataset="own", samples=20))
    points = problem.points(1)

    assert problem.has_map
    assert points.train_inputs[:, 1] == pytest.approx(np.sin(points.train_inputs[:, 0]))
    assert problem.on_plane(np.array([[0.5, 3.0], [0.5, -3.0]])).tolist() == [[0.5], [0.5]]


def test_settings_that_change_nothing_of_own_rows_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DATASETS, "own", array_dataset("own", np.arange(12.0).reshape(6, 2), ["a", "b"] * 3))
    config = Config(dataset="own", batch_size="full")

    assert not config.is_relevant("samples")
    assert not config.is_relevant("noise")
    assert config.is_relevant("train_fraction")
    assert (config.n_train, config.batch_size) == (3, None)


@pytest.mark.parametrize(("n_columns", "names"), [(1, ("x1", "target")), (2, ("x", "y")), (4, ("x1", "x2"))])
def test_a_map_names_its_axes_as_the_columns(
    monkeypatch: pytest.MonkeyPatch, n_columns: int, names: tuple[str, str]
) -> None:
    rows = np.random.default_rng(0).normal(size=(20, n_columns))
    monkeypatch.setitem(DATASETS, "own", array_dataset("own", rows, rows[:, 0] + 0.5))

    assert make_problem(Config(dataset="own", samples=20)).points(0).axis_names == names
