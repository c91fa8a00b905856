from __future__ import annotations

from typing import Any

import pytest

from tui_nn.config import Config
from tui_nn.pictures.network import network_grid, network_picture
from tui_nn.render.palette import COLORS_256, MONO
from tui_nn.training.session import Session
from tui_nn.training.snapshot import Grid, Insides, ViewRequest


def insides(config: Config, probe: tuple[float, float] | None = None) -> Insides:
    grid = Grid(6, 4, -6, 6, -6, 6)
    found = Session(config).snapshot(ViewRequest(insides=grid, probe=probe)).insides
    assert found is not None
    return found


def text(config: Config, height: int = 24, width: int = 80, **options: Any) -> str:
    return "\n".join(network_picture(insides(config, **options), config, MONO, height, width).lines())


def test_layers_have_their_titles_and_activations() -> None:
    shown = text(Config(samples=40, hidden_sizes=(4, 3), activation=("relu", "sine")))

    words = ["input", "hidden 1", "hidden 2", "output", "relu", "sine", "sigmoid"]
    assert [word for word in words if word not in shown] == []


def test_inputs_are_called_by_their_features_or_columns() -> None:
    assert "x²" in text(Config(samples=40, features=("x2", "y")))
    assert "x4" in text(Config(samples=40, dataset="clusters"))


def test_the_caption_says_whose_activations_are_shown() -> None:
    assert "mean activations" in text(Config(samples=40))
    assert "activations at the cursor" in text(Config(samples=40), probe=(0.5, 0.5))


def test_maps_have_the_samples_that_the_grid_asks_for() -> None:
    config = Config(samples=40, hidden_sizes=(4, 2))
    grid = network_grid(config.layer_sizes, config, (-2.0, 2.0), COLORS_256, 24, 60)

    assert (grid.x_low, grid.y_high) == (-2, 2)
    assert grid.columns > grid.rows // 2 > 0


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (3, 200), (60, 8)])
def test_any_size_can_be_drawn(size: tuple[int, int]) -> None:
    config = Config(samples=40, hidden_sizes=(20, 2))
    network_grid(config.layer_sizes, config, (-1.0, 1.0), MONO, *size)

    assert network_picture(insides(config), config, MONO, *size).glyphs.shape == size


def test_a_network_of_filters_is_drawn_as_columns_of_what_it_is_made_of() -> None:
    shown = text(Config(dataset="digits", samples=40, hidden_sizes=("4c3", "p2", 12), activation="relu"))

    words = ["input", "hidden 1", "4c3", "p2", "12", "output", "softmax", "activations"]
    assert [word for word in words if word not in shown] == []
    assert "too many weights" not in shown


def test_a_network_of_many_weights_is_drawn_with_its_activations() -> None:
    shown = text(Config(samples=40, hidden_sizes=(400, 400)))

    assert [word for word in ("hidden 2", "tanh", "output", "activations") if word not in shown] == []
