"""The cursor of the map goes from sample to sample and reads their true classes; f walks the one it is at."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.screens.inside import InsideScreen
from tui_nn.training.example import Example
from tui_nn.training.snapshot import Status
from tui_nn.views.map.values import DecisionMap
from tui_nn.widgets.event_line import EventLine

Open = Any
Driven = Any
NOISY = {"dataset": "moons", "noise": 0.5, "samples": 100}


def said(screen: Any) -> str:
    return str(screen.query_one(EventLine).text)


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


def read_test_digits(driven: Driven) -> tuple[list[int], list[int], list[int]]:
    """Return which test digits are misclassified, their classes, and what they are taken for."""
    trainer = driven.session.trainer
    part, network = trainer.problem.test, trainer.network
    predicted = network.loss.decode(network.predict(part.inputs(slice(2000))))
    truths = part.targets[:2000]
    wrong = np.flatnonzero(predicted != truths)
    return wrong.tolist(), truths[wrong].tolist(), predicted[wrong].tolist()


async def _on_digits(driven: Driven) -> Any:
    await driven.press("2")
    screen = driven.app.screen
    await driven.until(lambda: screen.snapshot is not None)
    await driven.press("R", "e")
    await driven.until(lambda: screen.snapshot.epoch == 1 and screen.snapshot.status is Status.PAUSED)
    return screen


@pytest.mark.parametrize("n_views", [1, 2, 3])
async def test_j_goes_through_the_misclassified_digits_of_every_view(open_app: Open, n_views: int) -> None:
    async with open_app() as driven:
        screen = await _on_digits(driven)
        await driven.press(*"v" * n_views)
        wrong, truths, predicted = read_test_digits(driven)
        start = int(wrong[0] == 0)
        for place in (start, start + 1):
            await driven.press("j")
            words = f"Test {wrong[place] + 1}: class {truths[place]}, predicted {predicted[place]}"
            await driven.until(lambda words=words: words in said(screen))  # type: ignore[misc]
            assert f"(misclassified: {place + 1:,} of {len(wrong):,})" in said(screen)
            assert screen.sample == wrong[place]
        assert screen.showing == "train", "where its picture and its reading are"
        await driven.press("J")
        await driven.until(lambda: screen.sample == wrong[start])
        await driven.press("f")
        inside = driven.app.screen
        await driven.until(lambda: inside.snapshot is not None)

        assert inside.example == Example("test", wrong[start])
        await driven.until(lambda: f"class {truths[start]}" in "\n".join(driven.screen_lines()))


async def test_two_js_at_once_go_two_further(open_app: Open) -> None:
    async with open_app() as driven:
        screen = await _on_digits(driven)
        wrong, *_ = read_test_digits(driven)
        await driven.type("vjj")

        await driven.until(lambda: screen.sample == wrong[1 + (wrong[0] == 0)])


@pytest.mark.parametrize("screen", ["3", "4"])
async def test_inside_and_space_look_at_the_next_misclassified_sample(open_app: Open, screen: str) -> None:
    async with open_app(**NOISY) as driven:
        wrong = [number for number in _wrong(driven) if number]
        await driven.press(screen)
        shown = driven.app.screen
        await driven.until(lambda: shown.snapshot is not None)
        for number in wrong[:2]:
            await driven.press("j")
            await driven.until(lambda number=number: shown.example == Example("train", number))  # type: ignore[misc]
            assert f"Train {number + 1}: class " in said(shown)
        await driven.press("J")

        await driven.until(lambda: shown.example == Example("train", wrong[0]))


async def test_inside_says_that_a_regression_has_no_misclassified_samples(open_app: Open) -> None:
    async with open_app(dataset="reg-plane") as driven:
        await driven.press("3")
        shown = driven.app.screen
        await driven.until(lambda: shown.snapshot is not None)
        await driven.press("j")

        await driven.until(lambda: "Only classes can be misclassified" in said(shown))


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
