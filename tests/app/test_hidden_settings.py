"""Settings hidden for a lesson are neither listed nor jumped to."""

from __future__ import annotations

from typing import Any

from tui_nn.settings.config import SETTINGS

Open = Any


async def test_hidden_settings_are_not_listed(open_app: Open) -> None:
    async with open_app(hide=("learning_rate", "dataset")) as driven:
        shown = {row.key for row in driven.form.rows}

        assert not shown & {"learning_rate", "dataset"}
        assert "activation" in shown


async def test_the_letter_of_a_hidden_setting_jumps_nowhere_and_does_nothing_else(open_app: Open) -> None:
    async with open_app(hide=("learning_rate", "speed")) as driven:
        await driven.press("s")
        await driven.until(lambda: driven.snapshot.step == 1)
        before = driven.form.cursor
        for name in ("learning_rate", "speed"):
            await driven.press("c", SETTINGS[name].letter, "escape")

        assert driven.form.cursor == before
        assert driven.session.trainer.step == 1, "r alone resets"
        assert driven.app.return_value is None, "q alone quits"


async def test_all_settings_may_be_hidden(open_app: Open) -> None:
    async with open_app(hide=tuple(SETTINGS)) as driven:
        await driven.press("c", "d", "up", "down", "left", "right", "enter", "5", "escape")

        assert not driven.form.rows
        assert driven.app.screen is driven.playground


async def test_only_the_settings_that_a_lesson_names_are_listed(open_app: Open) -> None:
    async with open_app(only=("data set", "noise", "hidden layers")) as driven:
        assert [row.key for row in driven.form.rows] == ["dataset", "noise", "hidden_sizes"]


async def test_what_is_hidden_too_is_not_listed(open_app: Open) -> None:
    async with open_app(only=("data set", "noise"), hide=("noise",)) as driven:
        assert [row.key for row in driven.form.rows] == ["dataset"]


async def test_a_named_setting_is_listed_from_when_it_means_something(open_app: Open) -> None:
    async with open_app(only=("optimizer", "momentum")) as driven:
        assert [row.key for row in driven.form.rows] == ["optimizer"]
        await driven.change(optimizer="momentum")
        assert [row.key for row in driven.form.rows] == ["optimizer", "momentum"]
