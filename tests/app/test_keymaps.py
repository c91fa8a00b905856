"""A person's own keys in the app: pressed, shown, and left alone where text is typed."""

from __future__ import annotations

from typing import Any

import pytest

from tui_nn.screens.keys import keys_text
from tui_nn.settings.keymaps.files import read_keymap
from tui_nn.settings.keymaps.keymap import keymap_of
from tui_nn.views.drawing.panel import DRAW_KEYS

Open = Any


async def test_an_own_key_does_what_the_usual_one_does_and_that_one_says_why_not(open_app: Open) -> None:
    async with open_app(keymap=keymap_of({"run.step": ("N",)})) as driven:
        await driven.press("N")
        await driven.until(lambda: driven.snapshot.step == 1)

        await driven.press("s")
        await driven.until_said("s does nothing in this map of keys")

        assert driven.session.trainer.step == 1


async def test_hjkl_move_in_a_panel(open_app: Open) -> None:
    async with open_app(keymap=read_keymap("vim")) as driven:
        driven.network.focus()
        await driven.settle()
        before = driven.network.node

        await driven.press("l", "j")

        assert driven.network.node != before
        assert driven.config.hidden_sizes == (4, 2)


async def test_a_field_takes_what_is_typed(open_app: Open) -> None:
    async with open_app(keymap=read_keymap("vim")) as driven:
        await driven.press("w")
        await driven.type("hjkl")

        assert driven.prompt.field.value.endswith("hjkl")


async def test_letters_go_to_rows_of_the_settings_but_for_those_that_move(open_app: Open) -> None:
    async with open_app(
        keymap=keymap_of({"panel.down": ("N",), "run.step": ("r",), "run.reset": ("Q",)})
    ) as driven:
        await driven.press("c", "N", "N")
        moved = driven.form.cursor

        await driven.press("r")

        assert moved == 2
        assert driven.form.rows[driven.form.cursor].letter == "r"
        assert driven.session.trainer.step == 0


async def test_the_last_line_and_the_page_of_keys_show_own_keys(open_app: Open) -> None:
    keymap = keymap_of({"run.toggle": ("P",)})
    async with open_app(keymap=keymap) as driven:
        assert "P run/pause" in driven.screen_lines()[-1]
        assert "Press P to train" in driven.said

    lines = keys_text(keymap=keymap).plain.splitlines()
    assert "P" in next(line for line in lines if line.endswith("run or pause the training")).split()


@pytest.mark.parametrize("typed", ["ы", "σ", "і"])  # where s is on a Russian, a Greek, a Ukrainian layout
async def test_keys_of_other_layouts_are_taken_by_their_position(open_app: Open, typed: str) -> None:
    async with open_app() as driven:
        await driven.type(typed)

        await driven.until(lambda: driven.snapshot.step == 1)


async def test_a_letter_without_a_position_is_told_in_words(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.type("ß")

        await driven.until_said("ß is no key here: keys are Latin letters")


async def test_other_letters_can_be_keys_of_a_map(open_app: Open) -> None:
    async with open_app(keymap=keymap_of({"run.step": ("ß",)})) as driven:
        await driven.type("ß")

        await driven.until(lambda: driven.snapshot.step == 1)


async def test_a_field_takes_letters_of_any_layout(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("w")
        await driven.type("йσß")

        assert driven.prompt.field.value.endswith("йσß")


async def test_a_question_is_answered_by_its_own_key(open_app: Open) -> None:
    answers: list[str] = []
    async with open_app(keymap=keymap_of({"run.step": ("y",), "screen.code": ("Q",)})) as driven:
        driven.app.questions.ask("Is it so? y accepts.", lambda: answers.append("yes"))

        await driven.press("y")

        assert answers == ["yes"]
        assert driven.session.trainer.step == 0


async def test_the_last_line_shows_own_keys_of_the_panel_that_has_the_keyboard(open_app: Open) -> None:
    async with open_app((200, 60), keymap=keymap_of({"screen.next_view": ("N",)})) as driven:
        await driven.app.run_action("page('adversarial', 'digits')")
        await driven.until(lambda: "smallest" in driven.screen_lines()[-1])

        assert "N view" in driven.screen_lines()[-1]


async def test_the_last_line_leaves_letters_to_the_canvas_that_takes_them(open_app: Open) -> None:
    async with open_app((200, 60), keymap=keymap_of({"screen.settings": ("N",)})) as driven:
        await driven.press("2")
        await driven.until(lambda: driven.app.shown.snapshot is not None)
        usual = [f"{keys} {words}" for keys, words in DRAW_KEYS]

        await driven.press("enter")
        await driven.settle()

        assert driven.app.shown.inner_keys == DRAW_KEYS
        assert all(line in driven.screen_lines()[-1] for line in usual[:4])
