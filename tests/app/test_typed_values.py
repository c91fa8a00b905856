"""Values that are typed: right ones are taken, wrong ones get a message beside the field."""

from __future__ import annotations

from typing import Any

import pytest
from textual.widgets import Input, Static

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.values import choices
from tui_nn.widgets.settings_rows import settings_rows

Open = Any
Driven = Any

WRONG = {
    "learning_rate": ["-1", "0", "nan", "inf", "fast", "", "1e99"],
    "samples": ["9", "1e12", "ten", "10.5"],
    "noise": ["-0.1", "0.9", "90%"],
    "train_fraction": ["0", "1.1"],
    "batch_size": ["0", "-3", "half"],
    "hidden_sizes": ["0", "8,0", "1000000,1000000", "a,b", "8,,8"],
    "weights_seed": ["-1", "4294967296"],
    "clip_norm": ["0", "none of it"],
}
RIGHT = {
    "learning_rate": [("0.5", 0.5), ("1e-3", 1e-3)],
    "samples": [("1e3", 1000), ("2,000", 2000)],
    "noise": [("25%", 0.25), ("0.3", 0.3)],
    "batch_size": [("full", None), ("7", 7)],
    "hidden_sizes": [("8,8", (8, 8)), ("none", ())],
    "clip_norm": [("2.5", 2.5), ("none", None)],
}


async def _open_prompt(driven: Driven, name: str) -> Input:
    await driven.press("c", SETTINGS[name].letter, "enter")
    field = driven.prompt.query_one(Input)
    assert field.has_focus
    return field


async def _type_over(driven: Driven, text: str) -> None:
    driven.prompt.query_one(Input).value = ""
    await driven.type(text)
    await driven.press("enter")


def _note(driven: Driven) -> Static:
    return driven.prompt.query_one("#prompt-note", Static)


@pytest.mark.parametrize("name", RIGHT)
async def test_a_right_value_is_taken(open_app: Open, name: str) -> None:
    async with open_app() as driven:
        for text, value in RIGHT[name]:
            await _open_prompt(driven, name)
            await _type_over(driven, text)

            assert getattr(driven.config, name) == value
            assert not driven.prompt.has_class("-open")
            await driven.until(lambda value=value: getattr(driven.snapshot.config, name) == value)


@pytest.mark.parametrize("name", WRONG)
async def test_a_wrong_value_gets_a_message_and_changes_nothing(open_app: Open, name: str) -> None:
    async with open_app() as driven:
        before = driven.config
        await _open_prompt(driven, name)
        for text in WRONG[name]:
            await _type_over(driven, text)

            assert driven.config == before
            assert driven.prompt.has_class("-open")
            assert str(_note(driven).content).startswith(f"{text or 'nothing'} is not allowed; ")
            assert _note(driven).has_class("-wrong")

        await driven.press("escape")
        assert driven.config == before
        assert driven.form.has_focus


async def test_the_field_begins_with_the_present_value_and_says_what_is_allowed(open_app: Open) -> None:
    async with open_app() as driven:
        field = await _open_prompt(driven, "learning_rate")

        assert field.value == "0.03"
        assert str(_note(driven).content) == SETTINGS["learning_rate"].kind.allowed


async def test_a_digit_on_a_row_begins_typing(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("c", "r", "0")
        await driven.type(".2")
        await driven.press("enter")

        assert driven.config.learning_rate == 0.2


async def test_an_open_field_takes_every_printable_key(open_app: Open) -> None:
    async with open_app() as driven:
        before = driven.config
        field = await _open_prompt(driven, "learning_rate")
        field.value = ""
        await driven.type("qrR gs[]<>-+=hHuUcztdplLabBx:?")

        assert field.value == "qrR gs[]<>-+=hHuUcztdplLabBx:?"
        assert driven.config == before
        assert driven.app.return_value is None


async def test_pasted_lines_fill_the_field_with_the_first(open_app: Open) -> None:
    async with open_app() as driven:
        field = await _open_prompt(driven, "learning_rate")
        await driven.type("\x1b[200~0.7\nq\nspace\x1b[201~")

        assert field.value == "0.7"
        await driven.press("enter")
        assert driven.config.learning_rate == 0.7


async def test_every_listed_setting_opens_on_enter_and_is_left_by_escape(open_app: Open) -> None:
    async with open_app() as driven:
        before = driven.config
        await driven.press("tab", "tab", "tab")
        for row, setting in enumerate(driven.form.rows):
            driven.form.cursor = row
            await driven.press("enter")
            is_listed = driven.app.screen is not driven.playground
            assert is_listed or driven.prompt.has_class("-open"), setting.key

            await driven.press("escape")
            assert driven.app.screen is driven.playground
            assert not driven.prompt.has_class("-open")

        assert driven.config == before


LISTINGS: list[dict[str, Any]] = [
    {"dataset": "rings", "regularization": "elastic_net"},
    {"optimizer": "adamw", "schedule": "step"},
    {"optimizer": "momentum", "schedule": "cosine"},
    {"optimizer": "rmsprop"},
    {"dataset": "general"},
]
"""Between them every setting of points means something; `mix_drawn` belongs to digits."""


def test_every_listed_setting_has_a_letter_of_its_own() -> None:
    listed = [setting for setting in SETTINGS.values() if setting.is_listed]
    letters = [setting.letter for setting in listed]

    assert all(len(letter) == 1 and letter.isalpha() for letter in letters)
    assert len(set(letters)) == len(letters)


@pytest.mark.parametrize("values", LISTINGS, ids=str)
async def test_every_row_is_reached_in_two_keys_and_typed_into_at_once(
    open_app: Open, values: dict[str, Any]
) -> None:
    async with open_app((80, 24), **values) as driven:
        for row in driven.form.rows:
            setting = SETTINGS[row.key]
            await driven.type(f"c{setting.letter}")
            assert driven.form.has_focus
            assert driven.form.rows[driven.form.cursor].key == setting.name
            assert row.label in "\n".join(driven.screen_lines())
            if choices(setting.kind) is None:
                for typed in (".5", "-1"):
                    await driven.type(typed)
                    assert driven.prompt.query_one(Input).value == typed
                    await driven.press("escape")
            await driven.press("escape")


def test_the_listings_of_these_tests_hold_every_setting() -> None:
    held = {row.key for values in LISTINGS for row in settings_rows(Config(**values))}

    assert {setting.name for setting in SETTINGS.values() if setting.is_listed} - held == {"mix_drawn"}
