"""Each key of the table does what the table says; an action without a line here is not tested."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.screens.compare import CompareScreen
from tui_nn.screens.course import CourseScreen
from tui_nn.screens.digits import DigitsScreen
from tui_nn.screens.digits_draw import DrawView
from tui_nn.screens.find import FindScreen
from tui_nn.screens.inside import PAGES, InsideScreen
from tui_nn.screens.keys import KeysScreen
from tui_nn.screens.moment import MomentScreen
from tui_nn.screens.share import ShareScreen
from tui_nn.screens.sheet import SheetScreen
from tui_nn.screens.space import SpaceScreen
from tui_nn.screens.sweep import SweepScreen
from tui_nn.settings.actions import ACTIONS
from tui_nn.settings.moments import MOMENTS
from tui_nn.sweeps.journal import open_journal
from tui_nn.training.holding import held_in_words
from tui_nn.training.snapshot import Status
from tui_nn.views.drawing.panel import Canvas
from tui_nn.views.map.values import DecisionMap
from tui_nn.views.network.values import Insides
from tui_nn.views.space.values import Links
from tui_nn.views.walk.page import WalkPage
from tui_nn.views.walk.panel_code import CodeView

Open = Any
Driven = Any
HOT = {"dataset": "moons", "activation": "relu", "optimizer": "sgd", "learning_rate": 1e4}
"""Settings of a run that diverges within some steps."""


async def runs_and_pauses(driven: Driven) -> None:
    await driven.press("space")
    await driven.until(lambda: driven.snapshot.step > 20)
    assert driven.snapshot.status is Status.RUNNING
    await driven.press("space")
    await driven.until_status(Status.PAUSED)
    assert driven.said == "Paused."


async def takes_one_step(driven: Driven) -> None:
    await driven.press("space")
    await driven.until(lambda: driven.snapshot.step > 20)
    await driven.press("s")
    await driven.until_status(Status.PAUSED)
    before = driven.session.trainer.step
    await driven.press("s")
    assert driven.session.trainer.step == before + 1


async def ends_the_epoch(driven: Driven) -> None:
    await driven.press("e")
    await driven.until(lambda: driven.snapshot.epoch == 1)
    await driven.until_status(Status.PAUSED)
    assert driven.session.trainer.step == 25, "250 training samples in batches of 10"


async def trains_n_epochs(driven: Driven) -> None:
    await driven.press("n")
    await driven.until(lambda: driven.snapshot.epoch == 3)
    await driven.until_status(Status.PAUSED)
    assert driven.session.trainer.step == 75


async def starts_over(driven: Driven) -> None:
    first = driven.parameters
    await driven.press("s")
    await driven.until(lambda: driven.snapshot.step == 1)
    await driven.press("r")
    await driven.until(lambda: driven.snapshot.step == 0)
    np.testing.assert_array_equal(driven.parameters, first)


async def starts_over_from_other_weights(driven: Driven) -> None:
    first = driven.parameters
    await driven.press("s")
    await driven.until(lambda: driven.snapshot.step == 1)
    await driven.press("R")
    await driven.until(lambda: driven.snapshot.step == 0)
    assert not np.isin(driven.parameters[driven.session.trainer.network.weight_mask > 0], first).any()


async def draws_new_data(driven: Driven) -> None:
    weights, points = driven.parameters, driven.playground.points
    await driven.press("g")
    await driven.until(lambda: driven.playground.points is not points)
    assert not np.array_equal(driven.playground.points.train_inputs, points.train_inputs)
    np.testing.assert_array_equal(driven.parameters, weights)


async def teaches(driven: Driven) -> None:
    await driven.press("T")
    assert driven.config.pause_on == tuple(MOMENTS)
    await driven.press("space")
    await driven.until(lambda: isinstance(driven.app.screen, MomentScreen))
    await driven.press("T")
    assert driven.config.pause_on == ()


def moves(setting: str, key: str, to: object) -> Callable[[Driven], Awaitable[None]]:
    async def check(driven: Driven) -> None:
        await driven.press(key)
        assert getattr(driven.config, setting) == to
        await driven.until(lambda: getattr(driven.snapshot.config, setting) == to)

    return check


async def goes_to_the_settings(driven: Driven) -> None:
    await driven.press("c")
    assert driven.form.has_focus
    await driven.press("r")
    assert driven.form.rows[driven.form.cursor].key == "learning_rate"


async def takes_back(driven: Driven) -> None:
    await driven.press("right_square_bracket")
    assert driven.config.learning_rate == 0.1
    await driven.press("ctrl+z")
    assert driven.config.learning_rate == 0.03


async def does_again(driven: Driven) -> None:
    await takes_back(driven)
    await driven.press("ctrl+y")
    assert driven.config.learning_rate == 0.1


async def focuses_the_next_panel(driven: Driven) -> None:
    panels = []
    for _ in range(3):
        await driven.press("tab")
        panels.append(driven.app.focused)
    assert panels == [driven.network, driven.map, driven.form]


async def focuses_the_panel_before(driven: Driven) -> None:
    await driven.press("tab")
    await driven.press("shift+tab")
    assert driven.app.focused is driven.form


async def leaves_the_panel(driven: Driven) -> None:
    await driven.press("tab")
    await driven.press("escape")
    assert driven.app.focused is None


async def lets_a_panel_fill_the_screen(driven: Driven) -> None:
    before = driven.network.outer_size
    await driven.press("tab", "z")
    assert driven.network.outer_size.width == 120
    assert not driven.map.is_on_screen
    await driven.press("z")
    assert driven.network.outer_size == before
    assert driven.map.is_on_screen


def switches(key: str, shown: Callable[[Driven], bool]) -> Callable[[Driven], Awaitable[None]]:
    async def check(driven: Driven) -> None:
        assert not shown(driven)
        await driven.press(key)
        assert shown(driven)
        said = driven.said
        await driven.press(key)
        assert not shown(driven)
        assert said != driven.said

    return check


def recovers(key: str, **changed: float) -> Callable[[Driven], Awaitable[None]]:
    async def check(driven: Driven) -> None:
        before = driven.config
        await driven.press("space")
        await driven.until_status(Status.DIVERGED)
        await driven.press(key)
        await driven.until_status(Status.PAUSED)
        assert driven.config == before.replace(**changed)
        assert np.isfinite(driven.parameters).all()
        assert driven.session.trainer.config == driven.config

    return check


async def opens_the_palette(driven: Driven) -> None:
    await driven.press("colon")
    assert isinstance(driven.app.screen, FindScreen)


async def explains_and_then_shows_and_hides_the_keys(driven: Driven) -> None:
    await driven.press("question_mark")
    assert isinstance(driven.app.screen, SheetScreen)
    await driven.press("question_mark")
    assert isinstance(driven.app.screen, KeysScreen)
    await driven.press("question_mark")
    assert driven.app.screen is driven.playground


def quits(key: str) -> Callable[[Driven], Awaitable[None]]:
    async def check(driven: Driven) -> None:
        await driven.press(key)
        assert driven.app.return_value == 0

    return check


async def _open_digits(driven: Driven) -> DigitsScreen:
    await driven.press("2")
    screen = driven.app.screen
    assert isinstance(screen, DigitsScreen)
    await driven.until(lambda: screen.snapshot is not None)
    await driven.settle()
    return screen


async def opens_digits(driven: Driven) -> None:
    await _open_digits(driven)


async def goes_back_to_the_playground(driven: Driven) -> None:
    playground = driven.playground
    await _open_digits(driven)
    await driven.press("1")
    assert driven.app.screen is playground


async def opens_the_next_view(driven: Driven) -> None:
    screen = await _open_digits(driven)
    seen = []
    for _ in range(5):
        seen.append(screen.showing)
        await driven.press("v")
    assert seen == ["draw", "train", "weights", "errors", "adversarial"]
    assert screen.showing == "draw"


async def shows_other_colors_and_the_next_view_of_digits(driven: Driven) -> None:
    for words in ("Network: weights", "Network: gradients", "Network: activations"):
        await driven.press("v")
        assert driven.network.border_title == words
        await driven.until(lambda words=words: driven.snapshot.reply(Insides).coloring == words.split()[1])
    await opens_the_next_view(driven)


def holds(key: str, count: int, words: str) -> Callable[[Driven], Awaitable[None]]:
    async def check(driven: Driven) -> None:
        await driven.press("tab", key)
        assert driven.said == f"hidden 1, neuron 1 {words}"
        assert held_in_words(driven.session.trainer.network) == f"{count} {words}"
        await driven.until(lambda: driven.network.is_held((1, 0), "cut" if words == "cut" else "freeze"))
        await driven.press(key)
        assert driven.session.trainer.network.constraints.holds is None
        await driven.press("ctrl+z")
        assert held_in_words(driven.session.trainer.network) == f"{count} {words}"

    return check


async def goes_through_misclassified_points(driven: Driven) -> None:
    data = driven.playground.points
    wrong = np.flatnonzero(driven.snapshot.reply(DecisionMap).train_predictions != data.train_targets)
    for key, number in (("j", wrong[0]), ("j", wrong[1]), ("J", wrong[0]), ("J", wrong[-1])):
        await driven.press(key)
        assert driven.map.probe == tuple(data.train_inputs[number])


async def goes_through_the_points_and_the_test_digits(driven: Driven) -> None:
    points = driven.playground.points.train_inputs
    for key, number in (("right_curly_bracket", 0), ("right_curly_bracket", 1), ("left_curly_bracket", 0)):
        await driven.press(key)
        assert driven.map.probe == tuple(points[number])
    screen = await _open_digits(driven)
    await driven.press("v", "right_curly_bracket", "right_curly_bracket")
    assert screen.sample == 2
    await driven.press("left_curly_bracket")
    assert screen.sample == 1


async def keeps_a_drawing_and_trains_on_it(driven: Driven) -> None:
    screen = await _open_digits(driven)
    await driven.press("right_curly_bracket")
    await driven.until(lambda: not screen.query_one(Canvas).board.is_empty)
    await driven.press("i", "7", "enter")
    await driven.until(lambda: len(driven.app.shown.query_one(DrawView).drawings.book) == 1)
    before = driven.parameters
    await driven.press("I")
    await driven.until(lambda: not np.array_equal(driven.parameters, before))


async def keeps_a_run_in_a_file_and_opens_it(driven: Driven) -> None:
    await driven.press("e")
    await driven.until(lambda: driven.snapshot.epoch == 1)
    trained = driven.parameters
    await driven.press("w", "enter")
    await driven.until(Path("moons.npz").exists)
    await driven.press("r")
    await driven.until(lambda: driven.snapshot.step == 0)
    await driven.press("o", "enter")
    await driven.until(lambda: driven.snapshot.step == 25)
    np.testing.assert_array_equal(driven.parameters, trained)


async def opens_the_sweep_again(driven: Driven) -> None:
    with open_journal(Path("j").absolute()):
        pass
    await driven.press("o")
    driven.prompt.field.value = "j"
    await driven.press("enter")
    await driven.until(lambda: isinstance(driven.app.screen, SweepScreen))
    await driven.press("escape")
    await driven.until(lambda: driven.app.screen is driven.playground)
    await driven.press("V")
    await driven.until(lambda: isinstance(driven.app.screen, SweepScreen))


async def quits_when_pressed_twice(driven: Driven) -> None:
    await driven.press("ctrl+c")
    assert "again" in driven.said
    assert driven.app.return_value is None
    await driven.press("ctrl+c")
    assert driven.app.return_value == 130


async def _open_inside(driven: Driven) -> InsideScreen:
    await driven.press("3")
    await driven.until(lambda: isinstance(driven.app.screen, InsideScreen))
    screen = driven.app.screen
    await driven.until(lambda: screen.snapshot is not None)
    await driven.settle()
    return screen


async def opens_inside(driven: Driven) -> None:
    screen = await _open_inside(driven)
    assert driven.app.run_shown.client is not None
    assert screen.snapshot.layer_sizes == driven.snapshot.layer_sizes, "it shows the run it was called from"


async def opens_the_course(driven: Driven) -> None:
    await driven.press("5")
    await driven.until(lambda: isinstance(driven.app.screen, CourseScreen))


def belongs_to_a_lesson(key: str) -> Callable[[Driven], Awaitable[None]]:
    """What it does in one is held by test_lesson_keys and the lessons in a terminal."""

    async def check(driven: Driven) -> None:
        await driven.press(key)
        await driven.until(lambda: driven.said == "No lesson is open. 5 shows the course.")

    return check


async def opens_space(driven: Driven) -> None:
    await driven.press("4")
    await driven.until(lambda: isinstance(driven.app.screen, SpaceScreen))
    screen = driven.app.screen
    await driven.until(lambda: screen.snapshot is not None)
    assert screen.snapshot.reply(Links).layers[0].shape == (2,)


async def turns_the_pages(driven: Driven) -> None:
    screen = await _open_inside(driven)
    await driven.press("m")
    assert type(screen.page) is PAGES[1]
    await driven.press("M", "M")
    assert type(screen.page) is PAGES[-1]


async def chooses_an_example(driven: Driven) -> None:
    screen = await _open_inside(driven)
    await driven.press("E")
    await driven.type("test 12\r")
    assert (screen.example.part, screen.example.index) == ("test", 11)
    await driven.press("right_curly_bracket")
    assert screen.example.index == 12


async def _walk_page(driven: Driven) -> WalkPage:
    await driven.until(lambda: isinstance(driven.app.screen, InsideScreen))
    await driven.until(lambda: isinstance(driven.app.screen.page, WalkPage))
    return driven.app.screen.page


async def walks_by_itself_and_stops(driven: Driven) -> None:
    await driven.press("f")
    page = await _walk_page(driven)
    await driven.until(lambda: page.place > 2)
    await driven.press("f")
    assert not page.is_walking


async def shows_and_hides_the_engines_lines(driven: Driven) -> None:
    await _open_inside(driven)
    await driven.press("y")
    page = await _walk_page(driven)
    await driven.until(lambda: "def _forward_batch" in driven.text(page.query_one(CodeView)))
    await driven.press("y")
    assert not page.query_one(CodeView).is_on_screen


def shows_the_step(step: int, *keys: str) -> Callable[[Driven], Awaitable[None]]:
    async def check(driven: Driven) -> None:
        await driven.press("e")
        await driven.until(lambda: driven.snapshot.epoch == 1)
        await driven.press(*keys)
        await driven.until(lambda: driven.snapshot.step == step)
        assert driven.session.trainer.is_rewound == (step < 25), "an epoch is 25 steps"

    return check


async def replays(driven: Driven) -> None:
    await driven.press("s", "s")
    await driven.until(lambda: driven.snapshot.step == 2)
    await driven.press("semicolon")
    await driven.until(lambda: driven.snapshot.step == 1)
    await driven.until(lambda: driven.snapshot.step == 2)


async def keeps_a_run_with_its_past(driven: Driven) -> None:
    await driven.press("e")
    await driven.until(lambda: driven.snapshot.epoch == 1)
    await driven.press("W", "enter")
    await driven.until_said("with 25 earlier moments")
    assert Path("moons.npz").exists()


def opens_a_comparison(key: str, n_runs: int) -> Callable[[Driven], Awaitable[None]]:
    async def check(driven: Driven) -> None:
        await driven.press(key)
        await driven.until(lambda: isinstance(driven.app.shown, CompareScreen))
        await driven.until(lambda: driven.app.shown.seen is not None)
        assert len(driven.app.shown.seen.runs) == n_runs

    return check


async def shows_the_run_as_a_line(driven: Driven) -> None:
    await driven.press("Y")
    await driven.until(lambda: isinstance(driven.app.screen, ShareScreen))


EFFECTS: dict[str, tuple[dict[str, Any], Callable[[Driven], Awaitable[None]]]] = {
    "space": ({}, runs_and_pauses),
    "s": ({}, takes_one_step),
    "e": ({}, ends_the_epoch),
    "n": ({"epochs": 3}, trains_n_epochs),
    "r": ({}, starts_over),
    "R": ({}, starts_over_from_other_weights),
    "g": ({}, draws_new_data),
    "comma": ({}, shows_the_step(23, "comma", "comma")),
    "full_stop": ({}, shows_the_step(24, "comma", "comma", "full_stop")),
    "0": ({}, shows_the_step(0, "0")),
    "9": ({}, shows_the_step(25, "0", "9")),
    "semicolon": ({}, replays),
    "W": ({}, keeps_a_run_with_its_past),
    "left_square_bracket": ({}, moves("learning_rate", "left_square_bracket", 0.01)),
    "right_square_bracket": ({}, moves("learning_rate", "right_square_bracket", 0.1)),
    "minus": ({"speed": 300}, moves("speed", "minus", 100)),
    "plus": ({"speed": 3000}, moves("speed", "plus", None)),
    "h": ({}, moves("hidden_sizes", "h", (4, 2, 2))),
    "H": ({}, moves("hidden_sizes", "H", (4,))),
    "u": ({}, moves("hidden_sizes", "u", (5, 2))),
    "U": ({}, moves("hidden_sizes", "U", (3, 2))),
    "c": ({}, goes_to_the_settings),
    "ctrl+z": ({}, takes_back),
    "ctrl+y": ({}, does_again),
    "tab": ({}, focuses_the_next_panel),
    "shift+tab": ({}, focuses_the_panel_before),
    "escape": ({}, leaves_the_panel),
    "z": ({}, lets_a_panel_fill_the_screen),
    "T": ({}, teaches),
    "Z": ({}, switches("Z", lambda d: d.network.region.x > d.map.region.x)),
    "t": ({}, switches("t", lambda d: d.map.shows_test)),
    "d": ({}, switches("d", lambda d: d.map.is_discrete)),
    "p": ({}, switches("p", lambda d: d.map.shows_truth)),
    "l": ({}, switches("l", lambda d: d.curves.has_log_scale)),
    "L": ({}, switches("L", lambda d: d.curves.is_recent)),
    "a": ({}, switches("a", lambda d: d.text(d.map).isascii() and d.text(d.network).isascii())),
    "b": (HOT, recovers("b")),
    "B": (HOT, recovers("B", learning_rate=1e3)),
    "x": (HOT, recovers("x", clip_norm=1.0)),
    "colon": ({}, opens_the_palette),
    "question_mark": ({}, explains_and_then_shows_and_hides_the_keys),
    "1": ({}, goes_back_to_the_playground),
    "2": ({}, opens_digits),
    "3": ({}, opens_inside),
    "4": ({}, opens_space),
    "5": ({}, opens_the_course),
    **{key: ({}, belongs_to_a_lesson(key)) for key in "87KSGD"},
    "m": ({}, turns_the_pages),
    "M": ({}, turns_the_pages),
    "E": ({}, chooses_an_example),
    "v": ({}, shows_other_colors_and_the_next_view_of_digits),
    "k": ({}, switches("k", lambda d: d.network.has_flow)),
    "F": ({}, holds("F", 3, "frozen")),
    "X": ({}, holds("X", 5, "cut")),
    "f": ({"walk_interval": 50}, walks_by_itself_and_stops),
    "y": ({}, shows_and_hides_the_engines_lines),
    "J": ({"noise": 0.5}, goes_through_misclassified_points),
    "j": ({"noise": 0.5}, goes_through_misclassified_points),
    "left_curly_bracket": ({}, goes_through_the_points_and_the_test_digits),
    "right_curly_bracket": ({}, goes_through_the_points_and_the_test_digits),
    "i": ({}, keeps_a_drawing_and_trains_on_it),
    "I": ({}, keeps_a_drawing_and_trains_on_it),
    "w": ({}, keeps_a_run_in_a_file_and_opens_it),
    "o": ({}, keeps_a_run_in_a_file_and_opens_it),
    "Y": ({}, shows_the_run_as_a_line),
    "6": ({}, opens_a_comparison("6", 3)),
    "C": ({}, opens_a_comparison("C", 3)),
    "A": ({}, opens_a_comparison("A", 10)),
    "V": ({}, opens_the_sweep_again),
    "q": ({}, quits("q")),
    "ctrl+q": ({}, quits("ctrl+q")),
    "ctrl+c": ({}, quits_when_pressed_twice),
}
"""First key of an action -> settings to begin with, and what it must do."""


@pytest.mark.parametrize("key", [action.keys[0] for action in ACTIONS])
async def test_a_key_does_what_the_table_says(open_app: Open, key: str) -> None:
    settings, check = EFFECTS[key]

    async with open_app(**settings) as driven:
        await check(driven)
