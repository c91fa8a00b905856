"""Every key that the text of a shipped lesson names does something at 80x24, on the screen of its step."""

from __future__ import annotations

from pathlib import Path
from time import sleep
from typing import Any

import pytest

from tui_nn.app.lesson_keys import IN_A_PANEL, LETTERS_OF_A_LIST, key_problems, keys_of_step, rows_of_settings
from tui_nn.lessons.course import read_course, shipped_folder
from tui_nn.lessons.keys import key_name
from tui_nn.lessons.lesson import DIGIT_VIEWS, PAGES, Lesson
from tui_nn.lessons.new import TEMPLATE
from tui_nn.lessons.reading import parse_lesson
from tui_nn.screens.digits_words import VIEWS
from tui_nn.screens.inside import NAMES
from tui_nn.settings.actions import ACTIONS
from tui_nn.training.remote.sketchbook import Sketchbook, sketchbook_for

Open = Any
LESSONS = read_course(shipped_folder()).lessons


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_key_that_a_lesson_names_is_one_of_the_program(lesson: Lesson) -> None:
    known = {key for action in ACTIONS for key in action.keys} | IN_A_PANEL | {"pageup", "pagedown"}

    for step in lesson.steps:
        keys = [key for _, key in keys_of_step(step)]
        behind = rows_of_settings(lesson) if LETTERS_OF_A_LIST in keys else set()
        strangers = [key for key in keys if key not in behind and (key_name(key) or key) not in known]
        assert strangers == [], step.title


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
async def test_every_key_that_a_lesson_names_does_something(open_app: Open, lesson: Lesson) -> None:
    async with open_app((80, 24)) as driven:
        assert await key_problems(driven, lesson) == []


async def test_a_key_that_reads_a_file_first_is_waited_for(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_slowly(*images: Any) -> Sketchbook:
        sleep(0.3)
        return sketchbook_for(*images)

    lesson = next(lesson for lesson in LESSONS if "[I]" in "".join(step.body for step in lesson.steps))
    monkeypatch.setattr("tui_nn.screens.drawings.sketchbook_for", read_slowly)

    async with open_app((80, 24)) as driven:
        assert await key_problems(driven, lesson) == []


async def test_a_key_that_does_nothing_is_found_with_its_line(open_app: Open, tmp_path: Path) -> None:
    text = TEMPLATE.replace("What was to be seen.", "What was to be seen.\n[E] says more.")
    lesson = parse_lesson(text, tmp_path / "01-key.md")

    async with open_app((80, 24)) as driven:
        found = await key_problems(driven, lesson)

    line = text.split("\n").index("[E] says more.") + 1
    assert [(each.line, each.words) for each in found] == [(line, "[E] does nothing here at 80x24")]


async def test_a_key_that_the_app_refuses_is_found_with_the_words_of_the_app(
    open_app: Open, tmp_path: Path
) -> None:
    text = TEMPLATE.replace("What was to be seen.", "[I] trains on drawings.")
    lesson = parse_lesson(text, tmp_path / "01-key.md")

    async with open_app((80, 24)) as driven:
        found = await key_problems(driven, lesson)

    assert len(found) == 1
    assert found[0].line == text.split("\n").index("[I] trains on drawings.") + 1
    assert found[0].words.startswith("[I] does nothing here at 80x24: ")
    assert "Your drawings belong to the Digits screen (2)." in found[0].words


def test_the_pages_that_a_lesson_can_open_are_those_there_are() -> None:
    assert PAGES == NAMES
    assert tuple(VIEWS) == DIGIT_VIEWS
