"""`?` explains what has the keyboard, with its words and its keys; `:` finds a word of the field."""

from __future__ import annotations

from typing import Any

import pytest
from textual.widgets import Static

from tui_nn.files.errors import FileError
from tui_nn.lessons.about import shipped_abouts
from tui_nn.lessons.glossary import shipped_glossary
from tui_nn.screens.keys import KeysScreen
from tui_nn.screens.sheet import SheetScreen
from tui_nn.training.snapshot import Status
from tui_nn.views.map.panel import MapView

Open = Any
Driven = Any
ABOUTS = shipped_abouts()
TERMS = shipped_glossary().terms
INSIDE = {
    "neuron": "NetworkView",
    "walk": "StageView",
    "layers": "WeightsView",
    "hidden": "HiddenView",
    "landscape": "LandscapeView",
    "moments": "MomentList",
    "ablation": "AblationView",
}


def title(driven: Driven) -> str:
    assert isinstance(driven.app.screen, SheetScreen)
    return str(driven.app.screen.query_one("#sheet").border_title)


def words(driven: Driven) -> str:
    return " ".join(str(driven.app.screen.query_one("#sheet-text", Static).content).split())


async def titles(driven: Driven) -> list[str]:
    """Return the titles of all sheets, in the order in which tab goes through them."""
    found = [title(driven)]
    while True:
        await driven.press("tab")
        if title(driven) == found[0]:
            return found
        found.append(title(driven))


def names(*keys: str) -> list[str]:
    return [ABOUTS[key].name for key in keys]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (60, 20)])
async def test_it_says_what_the_panel_in_focus_shows_with_words_and_keys(
    open_app: Open, size: tuple[int, int]
) -> None:
    async with open_app(size) as driven:
        driven.map.focus()
        await driven.press("question_mark")
        about = ABOUTS["MapView"]

        assert title(driven) == about.name
        assert about.shows in words(driven)
        for key in about.words:
            assert TERMS[key].meaning in words(driven)
        for keys, does in about.keys:
            assert f"{keys} {does}" in words(driven)


async def test_without_a_focus_the_screen_is_explained_then_its_panels(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("question_mark")

        assert await titles(driven) == names(
            "playground", "StateLine", "NetworkView", "MapView", "CurveView", "Form"
        )


async def test_a_second_question_mark_shows_all_keys_and_a_third_none(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await driven.press("question_mark", "question_mark")
        assert isinstance(driven.app.screen, KeysScreen)
        await driven.press("question_mark")
        assert driven.app.screen is driven.playground


@pytest.mark.parametrize("key", ["escape", "q", "enter"])
async def test_it_is_closed_and_the_panel_has_the_keyboard_again(open_app: Open, key: str) -> None:
    async with open_app() as driven:
        driven.network.focus()
        await driven.press("question_mark", key)

        assert driven.app.screen is driven.playground
        assert driven.network.has_focus
        assert driven.app.return_value is None


async def test_the_settings_and_the_weights_of_a_neuron_are_two_things(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("c", "question_mark")
        assert title(driven) == ABOUTS["Form"].name
        await driven.press("escape", "escape")
        driven.network.focus()
        await driven.press("enter", "enter", "question_mark")

        assert driven.form.has_focus
        assert title(driven) == ABOUTS["weights"].name


@pytest.mark.parametrize("page", INSIDE)
async def test_a_page_is_explained_behind_its_panel(open_app: Open, page: str) -> None:
    async with open_app((80, 24)) as driven:
        await driven.press("s")
        await driven.app.action_page(page)
        await driven.settle()
        await driven.press("question_mark")

        assert (await titles(driven))[:3] == names(INSIDE[page], page, "inside")


async def test_a_panel_that_means_something_else_on_a_page_is_explained_there_so(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("s", "3")
        await driven.until(lambda: driven.app.shown.query(MapView))
        driven.app.shown.query_one(MapView).focus()
        await driven.press("question_mark")

        assert title(driven) == ABOUTS["neuron-MapView"].name
        assert ABOUTS["MapView"].name not in await titles(driven)


async def test_every_view_of_the_digits_is_explained(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await driven.press("2")
        await driven.until(lambda: driven.app.shown.snapshot is not None)
        found = []
        for _ in range(5):
            await driven.press("question_mark")
            found.append(title(driven))
            await driven.press("escape", "v")

        views = "Canvas", "digits", "GalleryView-filters", "GalleryView-wrong", "AdversarialView"
        assert found == names(*views)


async def test_the_space_and_the_comparison_are_explained(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("4", "question_mark")
        assert (await titles(driven))[:2] == names("SpaceView", "space")
        await driven.press("escape", "1", "C")
        await driven.until(lambda: driven.app.shown.query("RunsTable"))
        await driven.until(lambda: driven.app.shown.focused is not None)
        await driven.press("question_mark")

        assert (await titles(driven))[:2] == names("RunsTable", "compare")


async def test_the_course_is_explained(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await driven.press("5", "question_mark")

        assert await titles(driven) == names("lessons")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_lesson_is_explained_where_it_asks_and_what_it_outlines_where_it_does_not(
    open_app: Open, size: tuple[int, int]
) -> None:
    async with open_app(size) as driven:
        player = driven.app.players.lessons
        await player.play_named("6")
        found = {}
        for number in range(len(player.playing.lesson.steps)):
            player.playing.number = number
            await player.do("again")
            await driven.until(lambda: driven.app.shown.snapshot is not None)
            await driven.settle()
            outlined = [type(w).__name__ for w in driven.app.shown.query(".-outlined")]
            await driven.press("question_mark")
            shown = await titles(driven)
            if player.playing.chooses:
                found["asks"] = shown[0] == ABOUTS["LessonPanel"].name
            elif outlined:
                found["outlines"] = shown[0] in names(*outlined)
            assert ABOUTS["LessonPanel"].name in shown
            await driven.press("escape")

        assert found == {"asks": True, "outlines": True}


async def test_it_does_not_stop_the_run(open_app: Open) -> None:
    async with open_app(paused=False) as driven:
        await driven.press("question_mark")
        step = driven.snapshot.step

        await driven.until(lambda: driven.session.trainer.step > step)
        assert driven.session.status is Status.RUNNING


@pytest.mark.parametrize(
    ("typed", "key"), [("vanishing gradient", "vanishing_gradient"), ("backprop", "backpropagation")]
)
async def test_the_palette_finds_a_word_and_shows_it_with_those_to_read_next(
    open_app: Open, typed: str, key: str
) -> None:
    async with open_app((80, 24)) as driven:
        await driven.type(f":{typed}\r")

        assert title(driven) == TERMS[key].name
        assert TERMS[key].meaning in words(driven)
        assert " ".join(TERMS[key].formula.split()) in words(driven)
        assert await titles(driven) == [TERMS[name].name for name in (key, *TERMS[key].see)]


async def test_the_palette_leads_to_all_keys(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await driven.type(":all keys\r")

        assert isinstance(driven.app.screen, KeysScreen)


async def test_nothing_but_ascii_is_shown_in_ascii(open_app: Open) -> None:
    async with open_app((80, 24), is_ascii=True) as driven:
        await driven.type(":coefficient of\r")
        assert title(driven) == "R2"
        await driven.press("tab")
        assert title(driven) == "regression"

        assert all(line.isascii() for line in driven.screen_lines())


async def test_a_broken_glossary_is_said_and_the_keys_are_shown(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(language: str) -> Any:
        raise FileError("this installation of tui-nn lacks assets/glossary")

    async with open_app() as driven:
        monkeypatch.setattr("tui_nn.app.explaining.shipped_glossary", refuse)
        await driven.press("question_mark")

        assert isinstance(driven.app.screen, KeysScreen)
        assert "lacks assets/glossary" in driven.said
