"""What the process that presses keys answers, and what is said where it breaks."""

from __future__ import annotations

import sys

import pytest

from tui_nn.lessons.checking.pressed_keys import PressedKeys
from tui_nn.lessons.lesson import Lesson


def _said(lesson: Lesson, script: str) -> list[str]:
    with PressedKeys([lesson], [sys.executable, "-c", script]) as pressed:
        return [str(problem) for problem in pressed.problems()]


def test_what_the_process_finds_has_its_file_and_line(lesson: Lesson) -> None:
    script = "import sys, json; print(json.dumps({'file': sys.argv[1], 'problems': [[7, 'no key']]}))"

    assert _said(lesson, script) == [f"{lesson.path}:7: no key"]


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("raise SystemExit(3)", "the app ended with status 3"),
        ("print('[1]')", "the app ended with status 0"),
        ('print(\'{"file": 1, "problems"\')', "the app ended with status 0"),
        ("print(2); raise ValueError('broken')", "ValueError: broken"),
        ("import os; os.kill(os.getpid(), 9)", "the app ended with status -9"),
    ],
)
def test_a_process_that_breaks_is_one_sentence(lesson: Lesson, script: str, why: str) -> None:
    assert _said(lesson, script) == [f"{lesson.path}:1: its keys could not be tried: {why}"]
