from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from tui_nn.render.ascii_text import ascii_only
from tui_nn.render.palette import PALETTES, TRUECOLOR
from tui_nn.settings.config import Config
from tui_nn.training.trainer import Trainer
from tui_nn.views.hidden.draw import hidden_picture, hidden_span
from tui_nn.views.hidden.look import look_at_hidden
from tui_nn.views.hidden.values import HiddenSpace, HiddenSpaceRequest


def spaces(**changes: object) -> list[HiddenSpace]:
    """Return what is seen of each layer."""
    trainer = Trainer(Config(samples=60, **changes))
    for _ in range(30):
        trainer.advance()
    found = [look_at_hidden(trainer, HiddenSpaceRequest(layer, has_test=True)) for layer in range(9)]
    return [space for layer, space in enumerate(found) if space.layer == layer]


def text(space: HiddenSpace, height: int = 30, width: int = 120) -> str:
    lines = hidden_picture(space, TRUECOLOR, height, width, hidden_span(space)).lines()
    return " ".join(" ".join(lines).split())


def moved(space: HiddenSpace, factor: float) -> HiddenSpace:
    return replace(space, positions=space.positions * np.float32(factor))


def test_the_last_hidden_layer_says_that_the_output_is_a_straight_cut() -> None:
    *_, last, _ = spaces(hidden_sizes=(4, 2))

    assert "A linear boundary" in text(last)
    assert "decision boundary" in text(last)
    assert "dimensions" not in text(last), "two neurons are seen whole"


def test_other_layers_say_whose_lines_are_drawn_and_what_they_are_worth() -> None:
    first = spaces(hidden_sizes=(4, 2))[1]

    assert "a neuron of hidden 2 is 0" in text(first)
    assert "A projection of 4 dimensions" in text(first)
    assert "through the mean" in text(first)


def test_more_lines_than_are_drawn_are_counted() -> None:
    assert "strongest 8 of 20." in text(spaces(hidden_sizes=(2, 20))[1])


def test_axes_have_the_names_of_inputs_neurons_or_directions() -> None:
    plane, first, second, _ = spaces(hidden_sizes=(4, 2), features=("x", "xy"))

    assert "↑ xy" in text(plane)
    assert "principal component 1 (" in text(first)
    assert "↑ neuron 2" in text(second)


def test_a_long_name_of_an_axis_is_whole_beside_the_words() -> None:
    space = spaces(hidden_sizes=(8, 8))[1]
    shown = hidden_picture(space, TRUECOLOR, 17, 74, hidden_span(space)).lines()

    assert re.search(r"↑ principal component 2 \(\d+ % of variance\)   ", shown[0])
    assert re.search(r"principal component 1 \(\d+ % of variance\) →", shown[-1])


def test_a_network_of_every_kind_is_drawn_in_any_size_and_palette() -> None:
    kinds = (
        {"hidden_sizes": ()},
        {"hidden_sizes": (3, 1)},
        {"hidden_sizes": (3,), "dataset": "reg-plane"},
        {"hidden_sizes": (3,), "dataset": "rings", "classes": 5},
        {"hidden_sizes": ("2c3", 5), "dataset": "digits"},
        {"hidden_sizes": (4,), "activation": "relu"},
    )
    for changes in kinds:
        for space in spaces(**changes):
            for name, palette in PALETTES.items():
                for size in ((0, 0), (5, 11), (17, 78), (30, 120)):
                    cells = hidden_picture(space, palette, *size, hidden_span(space), shows_test=True)
                    assert cells.glyphs.shape == size
                    assert "ascii" not in name or "?" not in ascii_only("".join(cells.lines()))


def test_a_run_that_diverged_is_told() -> None:
    space = replace(spaces(hidden_sizes=(2,))[1], is_finite=False)

    assert "diverged" in text(space)


def test_what_an_activation_cannot_leave_is_shown_whole() -> None:
    for name, low, high in (("tanh", -1, 1), ("sigmoid", 0, 1), ("gaussian", 0, 1)):
        space = spaces(hidden_sizes=(2,), activation=name)[1]
        (x_low, x_high), y = hidden_span(space)
        assert (x_low, x_high) == y
        assert (low - 0.2, high) < (x_low, x_high) < (low, high + 0.2)
        assert hidden_span(moved(space, 0.01), hidden_span(space)) == hidden_span(space)


@pytest.mark.parametrize("layer", [1, 2], ids=["principal components", "two neurons"])
def test_a_scale_stays_while_the_samples_fit(layer: int) -> None:
    space = spaces(hidden_sizes=(5, 2), activation="softplus")[layer]
    span = hidden_span(space)
    reach = float(np.abs(space.positions).max()) / span[0][1]

    assert hidden_span(moved(space, 0.9 / reach), span) == span
    assert hidden_span(moved(space, 0.7 / reach), span) == span
    larger = hidden_span(moved(space, 1.5 / reach), span)
    assert larger[0][1] > span[0][1]
    assert np.abs(moved(space, 1.5 / reach).positions).max() <= larger[0][1]
    assert hidden_span(moved(space, 0.3 / reach), span)[0][1] < span[0][1]
