from __future__ import annotations

import re
from typing import Any

import pytest

from tui_nn.data.dataset import square
from tui_nn.render import slots
from tui_nn.render.palette import ASCII, COLORS_256, MONO
from tui_nn.settings.config import Config
from tui_nn.settings.layers import layer_sizes
from tui_nn.training.holding import hold_neuron, hold_parameter
from tui_nn.training.session import Session
from tui_nn.training.trainer import Trainer
from tui_nn.views.map.values import Grid
from tui_nn.views.network.draw import network_grid, network_picture
from tui_nn.views.network.draw_link_marks import Flow
from tui_nn.views.network.look import look_at_network
from tui_nn.views.network.values import COLORINGS, Insides, InsidesRequest

GRID = Grid(6, 4, -6, 6, -6, 6)


def insides(config: Config, **options: Any) -> Insides:
    return look_at_network(Trainer(config), InsidesRequest(GRID, **options))


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
    grid = network_grid(layer_sizes(config), config, square(-2.0, 2.0), COLORS_256, 24, 60)

    assert (grid.x_low, grid.y_high) == (-2, 2)
    assert grid.columns > grid.rows // 2 > 0


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (3, 200), (60, 8)])
def test_any_size_can_be_drawn(size: tuple[int, int]) -> None:
    config = Config(samples=40, hidden_sizes=(20, 2))
    network_grid(layer_sizes(config), config, square(-1.0, 1.0), MONO, *size)

    assert network_picture(insides(config), config, MONO, *size).glyphs.shape == size


def test_a_network_of_filters_is_drawn_as_columns_of_what_it_is_made_of() -> None:
    shown = text(Config(dataset="digits", samples=40, hidden_sizes=("4c3", "p2", 12), activation="relu"))

    words = ["input", "hidden 1", "4c3", "p2", "12", "output", "softmax", "activations"]
    assert [word for word in words if word not in shown] == []
    assert "too many weights" not in shown


@pytest.mark.parametrize("hidden", [("4c3", "p2", 12), (128,)])
def test_large_layers_show_their_strongest_part_and_how_many_there_are(hidden: tuple[int | str, ...]) -> None:
    config = Config(dataset="digits", samples=40, hidden_sizes=hidden, activation="relu")
    shown = text(config, 36, 110)

    assert "of 784" in shown
    assert "strongest neurons" in shown
    assert re.search(r"\+7[67]\d", shown), "the others are counted"
    assert re.search(r"\d+,\d+ ", shown), "pixels are called by row and column"
    assert "output" in shown


def test_a_network_of_very_many_weights_is_drawn() -> None:
    config = Config(samples=40, hidden_sizes=(400, 400))
    seen = insides(config)

    assert [len(units) for units in seen.units] == [2, 16, 16, 1]
    assert [matrix.shape for matrix in seen.weights] == [(2, 16), (16, 16), (16, 1)]
    assert "of 400" in text(config, 30, 120)


@pytest.mark.parametrize("coloring", COLORINGS)
def test_the_caption_says_what_the_neurons_show(coloring: str) -> None:
    words = {"activations": "mean activations", "weights": "biases", "gradients": "no step yet"}

    assert words[coloring] in text(Config(samples=40), coloring=coloring)


def after_a_step(config: Config, **request: Any) -> Insides:
    trainer = Trainer(config)
    trainer.advance()
    return look_at_network(trainer, InsidesRequest(GRID, **request))


def test_gradients_are_drawn_after_a_step() -> None:
    config = Config(samples=40)
    seen = after_a_step(config, coloring="gradients")
    shown = "\n".join(network_picture(seen, config, MONO, 24, 80).lines())

    assert "mean delta in the last batch" in shown
    assert "gradients" in shown


@pytest.mark.parametrize("coloring", COLORINGS)
def test_marks_flow_with_the_activations_or_back_with_the_deltas(coloring: str) -> None:
    config = Config(samples=40)
    flow = Flow(0, is_backward=coloring == "gradients")
    picture = network_picture(after_a_step(config, coloring=coloring), config, ASCII, 24, 80, flow=flow)
    shown = "\n".join(picture.lines())

    assert ("<" in shown) == flow.is_backward
    assert (">" in shown) != flow.is_backward


def test_what_is_held_is_drawn() -> None:
    config = Config(samples=40, hidden_sizes=(4, 2))
    session = Session(config)
    hold_neuron(session.trainer.network, "cut", (1, 2), True)
    hold_parameter(session.trainer.network, "freeze", 1, 0, 1, True)
    seen = look_at_network(session.trainer, InsidesRequest(GRID))
    shown = network_picture(seen, config, ASCII, 24, 80).lines()

    assert "* frozen" in shown[-1]
    assert "x cut" in shown[-1]
    assert sum(line.count("*") for line in shown[2:-3]) == 1


def test_the_selected_neuron_and_link_are_found_by_their_numbers() -> None:
    config = Config(samples=40, hidden_sizes=(40, 2))
    seen = insides(config, kept=(1, 37))
    assert 37 in seen.units[1]
    source = int(seen.units[0][1])
    shown = network_picture(seen, config, COLORS_256, 30, 80, selected=(1, 37), chosen=(1, source, 37))

    assert "38" in {
        "".join(shown.glyphs[r, shown.background[r] == slots.SELECTION]).strip() for r in range(30)
    }
    assert (shown.foreground == slots.ACCENT).sum() > 8
    gone = network_picture(seen, config, COLORS_256, 30, 80, selected=(1, 99), chosen=(1, 0, 99))
    assert not (gone.background == slots.SELECTION).any()
