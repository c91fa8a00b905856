"""Lessons in texts, and what is complained of in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui_nn.lessons.lesson import Lesson
from tui_nn.lessons.new import TEMPLATE
from tui_nn.lessons.problems import LessonError
from tui_nn.lessons.reading import read_lesson

Complaints = Callable[[str], list[str]]


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    """The lesson that `lesson new` writes."""
    path = tmp_path / "01-new.md"
    path.write_text(TEMPLATE, encoding="utf-8")
    return read_lesson(path)


@pytest.fixture
def complaints(tmp_path: Path) -> Complaints:
    """Return what is wrong with a lesson's text, each as `line: words`."""

    def read(text: str) -> list[str]:
        path = tmp_path / "01-wrong.md"
        path.write_text(text, encoding="utf-8")
        try:
            read_lesson(path)
        except LessonError as error:
            return [
                f"{found.line if found.file == str(path) else found.file}: {found.words}"
                for found in error.problems
            ]
        return []

    return read
