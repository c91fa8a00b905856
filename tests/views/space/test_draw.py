"""A network becomes a scene with its own names, numbers and words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.render.palette import PALETTES
from tui_nn.settings.config import Config
from tui_nn.training.example import Example
from tui_nn.training.trainer import Trainer
from tui_nn.views.space.draw import answer_words, link_room, links_words, scene, space_picture
from tui_nn.views.space.look import look_at_links
from tui_nn.views.space.values import Links, LinksRequest

DIGITS: dict[str, Any] = {"dataset": "digits", "samples": 60, "batch_size": 10}


def look(request: LinksRequest | None = None, **settings: Any) -> tuple[Links, Config]:
    config = Config().replace(**settings)
    return look_at_links(Trainer(config), request or LinksRequest()), config


def test_layers_are_named_by_their_role_and_size() -> None:
    found = scene(*look(hidden_sizes=(8, 3)))

    assert [sheet.label for sheet in found.sheets] == ["input (2)", "hidden 1 (8)", "hidden 2 (3)", "output"]
    assert found.sheets[0].names == ("x", "y")


def test_maps_of_filters_are_counted() -> None:
    found = scene(*look(**DIGITS, hidden_sizes=("4c3", "p2", 12)))

    labels = ["input (784)", "hidden 1 (4 maps)", "hidden 2 (4 maps)", "hidden 3 (12)", "output (10)"]
    assert [sheet.label for sheet in found.sheets] == labels


def test_outputs_stand_below_each_other_with_the_answer_marked() -> None:
    links, config = look(**DIGITS, hidden_sizes=(16,))
    output = scene(links, config).sheets[-1]

    assert output.names == tuple("0123456789")
    assert (output.grid.rows, output.grid.columns) == (10, 1)
    assert output.marked == links.layers[-1].activations.argmax()


def test_values_are_shown_against_a_scale_that_holds_them_all() -> None:
    links, config = look(hidden_sizes=(4,))
    links.layers[1].activations[:] = [0.5, -3.0, 0.0, 1.0]

    assert scene(links, config).sheets[1].values.tolist() == [0.125, -0.75, 0.0, 0.25]


def test_the_words_say_how_many_links_are_left_out() -> None:
    assert links_words(look(hidden_sizes=(8,))[0]) == "2-8-1, all 24 links"
    large = look(LinksRequest(most=30), **DIGITS, hidden_sizes=(128,))[0]
    assert links_words(large) == "784-128-10, the strongest 60 of 101,632 links"
    by_gradients = look(LinksRequest(what="gradients"), hidden_sizes=(8,))[0]
    assert links_words(by_gradients, "gradients") == "2-8-1, all 24 links, by gradients"


def test_the_words_say_that_links_of_filters_are_left_out() -> None:
    links, _ = look(LinksRequest(most=30), **DIGITS, hidden_sizes=("4c3", "p2"))
    words = links_words(links)

    assert words == "784-3136-784-10, the strongest 30 of 7,840 links, those of filters left out"


def test_the_answer_is_put_beside_the_truth() -> None:
    links, _ = look(LinksRequest(Example("train", 2)), **DIGITS, hidden_sizes=(16,))

    answer = int(links.layers[-1].activations.argmax())
    assert answer_words(links) == f"train 3: {links.target}, read as {answer}"
    assert answer_words(look()[0]) == "train 1"


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("size", [(0, 0), (1, 1), (5, 200), (18, 76), (30, 116)])
def test_a_picture_has_the_size_that_is_asked_for(palette: Any, size: tuple[int, int]) -> None:
    for settings in ({"hidden_sizes": (8,)}, {"hidden_sizes": ()}, {**DIGITS, "hidden_sizes": ("4c3", 12)}):
        links, config = look(LinksRequest(most=20), **settings)
        assert space_picture(links, config, palette, *size).glyphs.shape == size


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_last_row_says_what_the_signs_look_like(palette: Any) -> None:
    links, config = look()
    last = space_picture(links, config, palette, 20, 76).lines()[-1]

    assert "below 0" in last
    assert "above 0" in last


def test_of_networks_that_diverged_something_is_drawn() -> None:
    trainer = Trainer(Config())
    trainer.network.parameters[:] = np.nan
    links = look_at_links(trainer, LinksRequest())

    assert space_picture(links, trainer.config, PALETTES["truecolor"], 20, 76).glyphs.shape == (20, 76)


def test_more_links_have_room_on_a_larger_screen_and_with_fewer_layers() -> None:
    assert link_room(2, 54, 196) > link_room(2, 30, 116) > link_room(4, 30, 116) >= link_room(9, 0, 0) > 0
