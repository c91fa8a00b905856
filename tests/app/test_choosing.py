"""Lists to choose from, features as switches, and jumping to a setting by its letter."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tui_nn.data import DATASETS
from tui_nn.screens.choose import ChooseScreen, Picture
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.values import choices
from tui_nn.widgets.form import Form
from tui_nn.widgets.settings_rows import settings_rows

Open = Any
Driven = Any
LISTED = [
    row.key for row in settings_rows(Config()) if row.letter and choices(SETTINGS[row.key].kind) is not None
]
JUMPED_TO = [row for row in settings_rows(Config()) if row.letter]


def _list(driven: Driven) -> ChooseScreen:
    screen = driven.app.screen
    assert isinstance(screen, ChooseScreen)
    return screen


def test_no_letter_jumps_to_two_settings() -> None:
    letters = [row.letter for row in JUMPED_TO]

    assert len(set(letters)) == len(letters)


async def test_a_letter_jumps_to_its_setting(open_app: Open) -> None:
    async with open_app() as driven:
        for row in JUMPED_TO:
            await driven.press("c", row.letter)
            assert driven.form.rows[driven.form.cursor].key == row.key


async def test_a_letter_without_a_row_says_so_and_moves_nothing(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("c", "r", "k")
        assert driven.said == "k is for classes, which has no effect now."
        await driven.press("Q")

        assert driven.said == "Q is for clusters, which has no effect now."
        assert driven.form.rows[driven.form.cursor].key == "learning_rate"


async def test_the_last_line_shows_the_keys_of_what_has_the_keyboard(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        usual = driven.screen_lines()[-1]
        assert "space run/pause" in usual
        for keys, words in (("c", "letter its row"), ("r5", "enter take it")):
            await driven.press(*keys)
            assert words in driven.screen_lines()[-1]
        await driven.press("escape", "escape")
        assert driven.screen_lines()[-1] == usual

        await driven.press("tab", "right", "enter", "enter")
        await driven.until(lambda: "F X freeze, cut" in driven.screen_lines()[-1])
        await driven.press("escape", "escape")

        assert driven.screen_lines()[-1] == usual


@pytest.mark.parametrize("screen", ["2", "3", "4"])
async def test_the_last_line_of_every_screen_shows_the_keys_of_its_settings(
    open_app: Open, screen: str
) -> None:
    async with open_app((80, 24)) as driven:
        await driven.press(screen)
        usual = driven.screen_lines()[-1]
        await driven.press("c")
        assert "letter its row" in driven.screen_lines()[-1]
        await driven.press("escape")

        assert driven.screen_lines()[-1] == usual


async def test_a_digit_on_a_row_with_a_list_chooses_as_in_the_list(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.type("cd3")
        assert driven.config.dataset == list(driven.playground.datasets)[2]
        assert driven.app.screen is driven.playground
        await driven.type("cg9")

        assert [row.key for row in _list(driven).query_one(Form).rows] == list(
            choices(SETTINGS["regularization"].kind) or ()
        )


async def test_letters_go_to_rows_as_long_as_the_settings_have_the_keyboard(open_app: Open) -> None:
    async with open_app() as driven:
        before = driven.text(driven.form), driven.map.is_discrete
        await driven.press("c", "m", "down", "d")

        assert driven.form.rows[driven.form.cursor].key == "dataset"
        assert driven.text(driven.form) != before[0], "the letters are shown"
        await driven.press("escape")
        assert (driven.text(driven.form), driven.map.is_discrete) == before


@pytest.mark.parametrize("begun", [".5", "-1", "0.5"])
async def test_a_value_is_begun_by_any_character_of_a_number(open_app: Open, begun: str) -> None:
    async with open_app() as driven:
        speed = driven.config.speed
        await driven.type(f"cr{begun}")

        assert driven.prompt.query_one("#prompt-field").value == begun
        assert driven.config.speed == speed


@pytest.mark.parametrize("name", LISTED)
async def test_a_list_offers_every_choice_and_takes_the_one_under_its_cursor(
    open_app: Open, name: str
) -> None:
    async with open_app() as driven:
        notes = list(choices(SETTINGS[name].kind) or ())
        if name == "dataset":
            notes = [dataset for dataset in notes if dataset in driven.playground.datasets]
        await driven.press("c", SETTINGS[name].letter, "enter")
        form = _list(driven).query_one(Form)
        assert [row.key for row in form.rows] == notes
        assert form.rows[form.cursor].key == SETTINGS[name].kind.format(getattr(driven.config, name))

        form.cursor = 1
        await driven.press("enter")
        assert driven.app.screen is driven.playground
        is_taken = SETTINGS[name].kind.format(getattr(driven.config, name)) == notes[1]
        assert is_taken != ("is not allowed" in driven.said)


async def test_escape_leaves_a_list_without_a_choice(open_app: Open) -> None:
    async with open_app() as driven:
        before = driven.config
        await driven.press("c", "a", "enter", "down", "escape")

        assert driven.app.screen is driven.playground
        assert driven.config == before


async def test_every_data_set_of_the_plane_has_a_picture(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await driven.press("c", "d", "enter")
        screen = _list(driven)
        form, picture = screen.query_one(Form), screen.query_one(Picture)
        seen = set()
        for row, name in enumerate(DATASETS):
            form.cursor = row
            await driven.settle()
            drawn = driven.text(picture)
            assert bool(drawn.strip()) == DATASETS[name].plane, name
            if drawn.strip():
                seen.add(drawn)

        assert len(seen) == sum(kind.plane for kind in DATASETS.values())


async def test_a_chosen_data_set_trains_at_once(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("space")
        for name in driven.playground.datasets:
            await driven.change(dataset=name)
            await driven.until(lambda name=name: driven.snapshot.config.dataset == name)
            step = driven.snapshot.step
            await driven.until(lambda step=step: driven.snapshot.step > step)


async def test_a_number_switches_a_feature(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("c", "f", "7", "3", "1")

        assert driven.config.features == ("y", "x2", "siny")
        await driven.until(lambda: driven.snapshot.layer_sizes[0] == 3)


async def test_a_number_beyond_the_features_switches_nothing(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("c", "f", "0")

        assert driven.config.features == ("x", "y")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 36)], ids=str)
@pytest.mark.parametrize("name", ["optimizer", "loss", "initializer", "dataset"])
async def test_a_list_shows_every_description_whole(open_app: Open, name: str, size: tuple[int, int]) -> None:
    async with open_app(size) as driven:
        await driven.press("c", SETTINGS[name].letter, "enter")
        form = _list(driven).query_one(Form)
        for place, row in enumerate(form.rows):
            form.cursor = place
            await driven.settle()
            shown = re.sub(r"[▴▾]", "", driven.text(form))
            assert " ".join(row.value.split()) in " ".join(shown.split())
        assert form.region.bottom <= size[1]
