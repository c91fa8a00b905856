"""No text on any screen is cut at 80x24: all of it goes through two doors, which tell what they cut.

Cells are written by `cells.write`, which shortens or clips; borders and prompts are Textual's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from rich.cells import cell_len
from textual.widgets import Static

from tui_nn.data import DATASETS
from tui_nn.data.own import array_dataset
from tui_nn.files.assets import asset_path
from tui_nn.lessons.course import read_course, shipped_folder
from tui_nn.lessons.lesson import Lesson
from tui_nn.lessons.reading import read_lesson
from tui_nn.render import cells
from tui_nn.screens.compare import CompareScreen
from tui_nn.screens.inside import PAGES
from tui_nn.views.walk.page import WalkPage
from tui_nn.widgets.event_line import EventLine
from tui_nn.widgets.form import Form
from tui_nn.widgets.key_line import KeyLine

Open = Any
Driven = Any
SIZE = (80, 24)


class Cuts(set[str]):
    """What was cut since it was emptied last."""


@pytest.fixture
def cuts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cuts]:
    found = Cuts()
    shorten, clip = cells.shorten, cells.clip

    def tell(before: list[str], after: list[str]) -> list[str]:
        lost = "".join(before).strip() != "".join(after).strip()
        if lost and any(glyph.isalpha() for glyph in before):
            found.add("".join(before))
        return after

    monkeypatch.setattr(cells, "shorten", lambda glyphs, *rest: tell(glyphs, shorten(glyphs, *rest)))
    monkeypatch.setattr(cells, "clip", lambda glyphs, *rest: tell(glyphs, clip(glyphs, *rest)))
    return found


def cut_borders(driven: Driven) -> list[str]:
    """Return the titles and texts of the screen that have no room."""
    found = []
    for widget in driven.app.screen.query("*"):
        if not widget.is_on_screen or not widget.outer_size.width:
            continue
        for words in (widget.border_title, widget.border_subtitle):
            if words and widget.styles.border_top[0] and cell_len(str(words)) + 6 > widget.outer_size.width:
                found.append(str(words))
        if isinstance(widget, Static) and widget.size.area:
            text = str(widget.content)
            if len(cells.wrap(text, widget.size.width)) > widget.size.height:
                found.append(text)
    return found


LESSONS = (*read_course(shipped_folder()).lessons, read_lesson(asset_path("tour.md")))


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
async def test_no_step_of_a_lesson_is_cut(
    open_app: Open,
    cuts: Cuts,
    lesson: Lesson,
    size: tuple[int, int],
) -> None:
    async with open_app(size) as driven:
        player = driven.app.players.lessons
        await player.play_named(lesson.name)
        for _ in lesson.steps:
            await driven.until(lambda: driven.app.shown.snapshot is not None)
            await driven.settle()
            panel = driven.app.shown.lesson
            assert panel._whole().n_rows <= panel.size.height, player.playing.step.title
            assert cut_borders(driven) == []
            player.playing.number += not player.playing.is_last
            await player.do("again")
        assert not cuts


RUNS = [
    {"dataset": "spiral", "hidden_sizes": (8, 8)},
    {"dataset": "rings", "hidden_sizes": (64, 64)},
    {"dataset": "pinwheel", "hidden_sizes": (6,)},
    {"dataset": "reg-plane", "hidden_sizes": (4,)},
]


@pytest.mark.parametrize("settings", RUNS, ids=lambda given: given["dataset"])
async def test_the_playground_cuts_nothing(open_app: Open, cuts: Cuts, settings: dict[str, Any]) -> None:
    async with open_app(SIZE, **settings) as driven:
        for key in (
            "s",
            "t",
            "tab",
            "tab",
            "enter",
            "escape",
            "escape",
            "v",
            "v",
            "Z",
            "p",
            "c",
            "w",
            "escape",
        ):
            await driven.press(key)
            assert (key, set(cuts), cut_borders(driven)) == (key, set(), [])


IMAGES = {"dataset": "digits", "samples": 40, "hidden_sizes": (16, 12)}


@pytest.mark.parametrize("settings", [RUNS[0], RUNS[3], IMAGES], ids=lambda given: given["dataset"])
async def test_the_pages_inside_cut_nothing(open_app: Open, cuts: Cuts, settings: dict[str, Any]) -> None:
    async with open_app(SIZE, **settings) as driven:
        await driven.press("s", "3")
        for page in PAGES:
            await driven.press("s")  # another moment, with what the page asks of it
            assert (page.label, set(cuts), cut_borders(driven)) == (page.label, set(), [])
            await driven.press("m")


async def see(driven: Driven, cuts: Cuts, *keys: str) -> None:
    """Press keys, and look after each."""
    for key in keys:
        await driven.press(key)
        assert (key, set(cuts), cut_borders(driven)) == (key, set(), [])


async def test_the_digits_cut_nothing(open_app: Open, cuts: Cuts) -> None:
    async with open_app(SIZE) as driven:
        await driven.press("2")
        screen = driven.app.screen
        await driven.until(lambda: screen.snapshot is not None)
        await see(
            driven, cuts, "enter", "K", "space", "J", "space", "m", "escape", "i", "escape", "c", "escape"
        )
        for view in ("train", "weights", "errors", "adversarial"):
            await see(driven, cuts, "v")
            assert screen.showing == view
            await driven.until(lambda: screen.snapshot is not None)
            await see(driven, cuts, "s", "tab", "right", "tab", "enter", "t", "Z", "z", "z", "escape")
            driven.app.screen.set_focus(None)


async def test_space_cuts_nothing(open_app: Open, cuts: Cuts) -> None:
    async with open_app(SIZE, hidden_sizes=(8, 8)) as driven:
        await see(driven, cuts, "s", "4", "right", "enter", "enter", "v", "v", "braceright", "w", "escape")


@pytest.mark.parametrize("settings", [RUNS[0], RUNS[3], IMAGES], ids=lambda given: given["dataset"])
async def test_a_comparison_cuts_nothing(open_app: Open, cuts: Cuts, settings: dict[str, Any]) -> None:
    async with open_app(SIZE, **settings) as driven:
        await driven.press("C")
        await driven.until(lambda: isinstance(driven.app.shown, CompareScreen))
        await driven.until(lambda: driven.app.shown.seen is not None)
        keys = (
            "s",
            "down",
            "right",
            "right",
            "home",
            "v",
            "l",
            "z",
            "z",
            "tab",
            "u",
            "c",
            "escape",
            "A",
            "e",
        )
        await see(driven, cuts, *keys)
        await see(driven, cuts, *["right"] * 6, "9", "0", "w")


async def test_what_is_explained_cuts_nothing(open_app: Open, cuts: Cuts) -> None:
    async with open_app(SIZE) as driven:
        await see(driven, cuts, "question_mark", *["tab"] * 6, "escape", "3", "question_mark", *["tab"] * 4)
        await see(driven, cuts, "escape", "4", "question_mark", *["tab"] * 3, "escape", "1")
        await driven.type(":backprop\r")
        await see(driven, cuts, *["tab"] * 4, "escape")
        await driven.type(":momentum")
        assert not cuts


async def test_what_is_taught_cuts_nothing(open_app: Open, cuts: Cuts) -> None:
    async with open_app(SIZE, pause_on=("first_forward", "first_backward")) as driven:
        await driven.press("space")
        for _ in range(2):
            await driven.until(lambda: driven.app.screen.query("#moment-text"))
            await see(driven, cuts, "x")


async def test_the_keys_page_cuts_nothing(open_app: Open, cuts: Cuts) -> None:
    async with open_app(SIZE) as driven:
        await see(
            driven, cuts, "question_mark", "question_mark", "pagedown", "pagedown", "pagedown", "escape"
        )


@pytest.mark.parametrize("dataset", ["spiral", "reg-plane", "digits"])
async def test_every_setting_its_prompt_and_its_list_cut_nothing(
    open_app: Open, cuts: Cuts, dataset: str
) -> None:
    async with open_app(SIZE, dataset=dataset) as driven:
        await driven.until(lambda: driven.app.shown.snapshot is not None)
        await driven.press("c")
        form = driven.app.shown.query_one(Form)
        found = []
        for index, row in enumerate(form.rows):
            form.cursor = index
            await driven.settle()
            if row.key:
                form.post_message(Form.Opened(form, row.key, ""))
                await driven.settle()
                await driven.press("down", "up")
                found += [(row.key, words) for words in cut_borders(driven)]
                await driven.press("escape")
            found += [(row.key, words) for words in (*cuts, *cut_borders(driven))]
            cuts.clear()
        assert not found, found


STATES = {
    "rewound": ({}, ("s", "s", "s", "comma", "comma", "3", "4", "1")),
    "a branch": ({}, ("e", "comma", "s", "1")),
    "silent penalty": ({"regularization": "l2"}, ("s", "3", "1")),
    "no test set": ({"train_fraction": 1.0}, ("e", "3", "4", "1")),
    "diverged": (
        {"optimizer": "sgd", "loss": "mse", "output_activation": "linear", "learning_rate": 1e6},
        ("e", "3", "4", "1", "b"),
    ),
}


@pytest.mark.parametrize("state", STATES)
async def test_no_state_of_a_run_is_cut(open_app: Open, cuts: Cuts, state: str) -> None:
    settings, keys = STATES[state]
    async with open_app(SIZE, **settings) as driven:
        await see(driven, cuts, *keys)


async def test_the_loss_of_the_trainer_cuts_nothing(open_app: Open, cuts: Cuts) -> None:
    async with open_app(SIZE) as driven:
        driven.link.kill()
        await driven.until_said("Training process lost: it was ended by SIGKILL")
        await driven.settle()
        assert (set(cuts), cut_borders(driven)) == (set(), [])


async def test_a_long_sentence_gets_rows_and_no_panel_moves(open_app: Open, cuts: Cuts) -> None:
    async with open_app(SIZE) as driven:
        before = [view.region for view in (driven.map, driven.network, driven.curves)]
        sentence = (
            "Loss has stopped falling for a while, and this is what can be done about it: add a neuron."
        )
        driven.playground.tell(sentence)
        await driven.settle()

        assert not cuts
        line, keys = driven.playground.query_one(EventLine), driven.playground.query_one(KeyLine)
        shown = " ".join(f"{driven.text(line)} {driven.text(keys)}".split())
        assert shown.startswith(sentence)
        assert "space run/pause" in shown
        assert line.region.y == driven.map.region.bottom  # no border is covered, nor what stands in it
        assert [view.region for view in (driven.map, driven.network, driven.curves)] == before
        driven.playground.tell("Paused.")
        await driven.settle()
        assert line.size.height == 1


async def test_names_of_classes_are_whole_or_shortened_where_they_are_said_in_full_too(
    open_app: Open, cuts: Cuts, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(0)
    names = ["Iris versicolor", "Iris setosa", "Iris virginica of the north"]
    kind = array_dataset("flowers", rng.normal(size=(90, 2)), [names[i % 3] for i in range(90)])
    monkeypatch.setitem(DATASETS, kind.name, kind)
    async with open_app(SIZE, dataset=kind.name, samples=90, classes=3, hidden_sizes=(8, 8)) as driven:
        found = []
        for key in ("s", "tab", "tab", "right", "J", "J", "f", "right", "m", "m", "m", "m", "4", "1"):
            await driven.press(key)
            found += [(key, words) for words in (*cuts, *cut_borders(driven))]
            cuts.clear()
        assert not found, found


LAYERS = [
    {"hidden_sizes": (8, 8), "batch_norm": True, "dropout": 0.2, "optimizer": "adam"},
    {"hidden_sizes": (3,), "dataset": "reg-plane", "optimizer": "momentum"},
    {"hidden_sizes": ("2c3", "p2", "a2", 6), "dataset": "digits", "batch_norm": True, "activation": "relu"},
]


@pytest.mark.parametrize("settings", LAYERS, ids=["dense", "regression", "images"])
async def test_no_stage_of_a_walk_is_cut(open_app: Open, cuts: Cuts, settings: dict[str, Any]) -> None:
    async with open_app(SIZE, samples=40, **settings) as driven:
        await driven.until(lambda: driven.app.shown.snapshot is not None)
        await driven.press("s", "f")
        page = driven.app.screen.query_one(WalkPage)
        await driven.until(lambda: page.walk is not None)
        found = []
        for stage in range(len(page.walk.stages)):
            await driven.settle()
            found += [(stage, words) for words in (*cuts, *cut_borders(driven))]
            cuts.clear()
            await driven.press("right")
        assert not found, found
