"""The cursor of the map goes from sample to sample and reads their true classes; f walks the one it is at."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.screens.inside import InsideScreen
from tui_nn.training.example import Example
from tui_nn.views.map.values import DecisionMap

Open = Any
Driven = Any
NOISY = {"dataset": "moons", "noise": 0.5, "samples": 100}


def _wrong(driven: Driven, part: str = "train") -> list[int]:
    seen, data = driven.snapshot.reply(DecisionMap), driven.playground.points
    predicted, targets = getattr(seen, f"{part}_predictions"), getattr(data, f"{part}_targets")
    return np.flatnonzero(predicted != targets).tolist()


async def test_braces_put_the_cursor_exactly_on_one_sample_after_the_other(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        data = driven.playground.points
        for key, number in (
            ("}", 0),
            ("}", 1),
            ("}", 2),
            ("{", 1),
            ("{", 0),
            ("{", len(data.train_inputs) - 1),
        ):
            await driven.type(key)
            assert driven.map.probe == tuple(data.train_inputs[number])
            name = data.class_names[int(data.train_targets[number])]
            assert f"Train {number + 1}: class {name}, predicted " in driven.said
            assert f"true {name}" in driven.text(driven.map)


async def test_j_goes_through_the_misclassified_points_and_round(open_app: Open) -> None:
    async with open_app(**NOISY) as driven:
        wrong = _wrong(driven)
        assert len(wrong) > 2
        data = driven.playground.points
        for place, number in enumerate([*wrong, wrong[0]]):
            await driven.press("j")
            assert driven.map.probe == tuple(data.train_inputs[number])
            assert f"(misclassified: {place % len(wrong) + 1} of {len(wrong)})" in driven.said
        await driven.press("J", "J")

        assert driven.map.probe == tuple(data.train_inputs[wrong[-2]])


async def test_test_points_count_when_they_are_shown(open_app: Open) -> None:
    async with open_app(**NOISY) as driven:
        await driven.press("t", "J")
        number = _wrong(driven, "test")[-1]

        assert driven.map.probe == tuple(driven.playground.points.test_inputs[number])
        assert driven.said.startswith(f"Test {number + 1}: class ")


async def test_f_walks_the_sample_at_the_cursor_with_its_class(open_app: Open) -> None:
    async with open_app(walk_interval=60_000, **NOISY) as driven:
        number = _wrong(driven)[0]
        await driven.press("j", "f")
        await driven.until(lambda: isinstance(driven.app.screen, InsideScreen))
        screen = driven.app.screen

        await driven.until(lambda: screen.example == Example("train", number))


async def test_an_arrow_finds_the_sample_that_is_drawn_in_the_next_cell(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await driven.type("}")
        plane, places = driven.map._plane, driven.playground.points.train_inputs
        cells = plane.cells(places)
        for key, step in (("right", (0, 1)), ("up", (-1, 0)), ("left", (0, -1)), ("down", (1, 0))) * 3:
            row, column = plane.cells([driven.map.cursor])[0]
            await driven.press(key)
            there = plane.cells([driven.map.cursor])[0]
            assert there.tolist() == [row + step[0], column + step[1]]
            drawn = np.flatnonzero((cells == there).all(axis=1))
            assert (driven.map.sample is not None) == bool(len(drawn))
            assert ("true " in driven.text(driven.map)) == bool(len(drawn))


async def test_a_regression_has_points_but_no_misclassified_ones(open_app: Open) -> None:
    async with open_app(dataset="reg-plane") as driven:
        await driven.press("j")
        assert driven.said == "Only classes can be misclassified; { and } go through all points."
        await driven.type("}")

        assert driven.said.startswith("Train 1: target ")


@pytest.mark.parametrize("screen", ["2", "3", "4"])
async def test_elsewhere_j_says_where_it_works(open_app: Open, screen: str) -> None:
    async with open_app() as driven:
        await driven.press(screen, "j")

        assert "j J: misclassified points on the Playground" in "\n".join(driven.screen_lines())


async def test_wrong_test_points_are_mentioned_while_they_are_hidden(open_app: Open) -> None:
    async with open_app(
        (80, 24), noise=0.5, samples=60, data_seed=6, hidden_sizes=(16, 16), epochs=200
    ) as driven:
        driven.playground._name_map()
        assert len(_wrong(driven, "test")) > len(_wrong(driven)) + 2
        assert "t shows" not in driven.map.title, "it is not trained yet"
        await driven.press("n")
        await driven.until(lambda: driven.snapshot.epoch >= 200)
        n_wrong = len(_wrong(driven, "test"))
        assert n_wrong > len(_wrong(driven)) + 2, "it is overfitted"
        words = f"t shows {n_wrong} wrong test points"

        await driven.until(lambda: words in "\n".join(driven.screen_lines()))
        await driven.press("t")
        assert words not in "\n".join(driven.screen_lines())


async def test_where_no_training_point_is_wrong_j_tells_of_the_hidden_ones(open_app: Open) -> None:
    async with open_app((80, 24), noise=0.5, samples=60, hidden_sizes=(16, 16), epochs=1000) as driven:
        await driven.press("n")
        await driven.until(lambda: driven.snapshot.epoch >= 1000)
        assert not _wrong(driven)
        await driven.press("j")

        assert driven.said == (
            f"No training point is misclassified; t shows {len(_wrong(driven, 'test'))} test points that are."
        )
