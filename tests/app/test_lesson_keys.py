"""Every key that the text of a shipped lesson names does something at 80x24, on the screen of its step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tui_nn.lessons.course import read_course, shipped_folder
from tui_nn.lessons.keys import key_name
from tui_nn.lessons.lesson import DIGIT_VIEWS, PAGES, Lesson, Step
from tui_nn.lessons.text import keys_named
from tui_nn.screens.digits_words import VIEWS
from tui_nn.screens.inside import NAMES
from tui_nn.settings.actions import ACTIONS

Open = Any
LESSONS = read_course(shipped_folder()).lessons
IN_A_PANEL = {"up", "down", "left", "right", "arrows", "enter", "escape", "backspace", "home", "end"}
"""Keys that act within what has the keyboard."""
LETTERS_OF_A_LIST = "c"
"""Behind this key a letter is that of a setting's row."""


def _texts(step: Step) -> Iterator[str]:
    yield from (step.body, step.after)
    if step.task is not None:
        yield from (step.task.words, *step.task.hints, *step.task.because)


def keys_of_step(step: Step) -> list[str]:
    return [key for text in _texts(step) for _, key in keys_named(text)]


def rows_of_settings(lesson: Lesson) -> set[str]:
    from tui_nn.settings.config import SETTINGS

    return {SETTINGS[name].letter for name in (lesson.shows or SETTINGS)}


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_key_that_a_lesson_names_is_one_of_the_program(lesson: Lesson) -> None:
    known = {key for action in ACTIONS for key in action.keys} | IN_A_PANEL | {"pageup", "pagedown"}

    for step in lesson.steps:
        keys = keys_of_step(step)
        behind = rows_of_settings(lesson) if LETTERS_OF_A_LIST in keys else set()
        strangers = [key for key in keys if key not in behind and (key_name(key) or key) not in known]
        assert strangers == [], step.title


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
async def test_every_key_that_a_lesson_names_does_something(
    open_app: Open, lesson: Lesson, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TUI_NN_STATE", str(tmp_path / "state"))
    async with open_app((80, 24)) as driven:
        await driven.app.players.lessons.play_named(lesson.name)
        await driven.until(lambda: driven.app.players.lessons.playing is not None)
        await driven.settle()
        player = driven.app.players.lessons
        for number, step in enumerate(lesson.steps):
            keys = [key for key in dict.fromkeys(keys_of_step(step)) if key not in IN_A_PANEL | {"q", "tab"}]
            for key in keys:
                player.playing.number = number
                await player.do("again")
                await driven.until(lambda: driven.app.shown.snapshot is not None)
                driven.app.shown.set_focus(None)
                await driven.press("D")
                is_row = LETTERS_OF_A_LIST in keys[: keys.index(key)] and key in rows_of_settings(lesson)
                if is_row:
                    await driven.press(LETTERS_OF_A_LIST)
                before = "\n".join(driven.screen_lines())
                name = key_name(key)
                assert name is not None
                await driven.press(name)

                after = "\n".join(driven.screen_lines())
                assert after != before or is_row, f"{step.title}: {key} does nothing"
                for refusal in (
                    "No setting has",
                    "no effect now",
                    "belong to",
                    "works on another screen",
                    "No lesson is open",
                ):
                    assert refusal not in after, f"{step.title}: {key} does nothing here"
                while len(driven.app.screen_stack) > 2:
                    await driven.press("escape")
                await driven.press("escape")


def test_the_pages_that_a_lesson_can_open_are_those_there_are() -> None:
    assert PAGES == NAMES
    assert tuple(VIEWS) == DIGIT_VIEWS
