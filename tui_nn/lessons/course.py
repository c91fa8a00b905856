"""The lessons of a folder: in the order of their names, each in a person's language where it is there.

01-a-neuron-is-a-line.md         English
01-a-neuron-is-a-line.de.md      the same in German
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tui_nn.files.assets import asset_path
from tui_nn.files.errors import FileError
from tui_nn.files.reading import list_folder
from tui_nn.lessons.lesson import Lesson
from tui_nn.lessons.problems import LessonError, Problem
from tui_nn.lessons.reading import read_lesson

END = ".md"
LANGUAGE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(frozen=True)
class Course:
    """What lies in a folder."""

    lessons: tuple[Lesson, ...]
    refused: tuple[tuple[str, LessonError], ...] = ()
    """Names of those that cannot be played, with why."""


def shipped_folder() -> Path:
    """Return where the lessons lie that come with the program."""
    return asset_path("lessons")


def language_of(environment: Mapping[str, str]) -> str:
    """Return a person's language as two letters; English where none is set."""
    for name in LANGUAGE_VARIABLES:
        if given := environment.get(name):
            letters = given[:2].lower()
            return letters if letters.isalpha() and given[2:3] in ("", "_", ".") else "en"
    return "en"


def lesson_files(folder: Path) -> dict[str, dict[str, Path]]:
    """Return the files of a folder by the names of their lessons, and then by language. Raises FileError."""
    found: dict[str, dict[str, Path]] = {}
    for path in list_folder(folder):
        name, _, language = path.name.removesuffix(END).partition(".")
        if path.name.endswith(END) and name.lower() != "readme":
            found.setdefault(name, {})[language or "en"] = path
    return found


def read_course(folder: Path, language: str = "en") -> Course:
    """Return all lessons of a folder; those that cannot be read are kept aside. Raises FileError."""
    lessons, refused = [], []
    for name, by_language in lesson_files(folder).items():
        path = by_language.get(language) or by_language.get("en") or next(iter(by_language.values()))
        try:
            lessons.append(read_lesson(inside(folder, path)))
        except LessonError as error:
            refused.append((name, error))
    return Course(tuple(lessons), tuple(refused))


def inside(folder: Path, path: Path) -> Path:
    """Return the path of a lesson if no link leads out of its folder; raise LessonError."""
    if not path.resolve().is_relative_to(folder.resolve()):
        raise LessonError([Problem(str(path), 1, "it leads out of its folder")])
    return path


def find_lesson(course: Course, wanted: str) -> Lesson:
    """Return the lesson of a name, a part of a name, or a number from 1; raise FileError, LessonError."""
    lessons = course.lessons
    for name, error in course.refused:
        if wanted == name:
            raise error
    if wanted.isdecimal() and len(wanted) < 4:
        for lesson in lessons:
            if lesson.name.partition("-")[0].lstrip("0") == wanted.lstrip("0"):
                return lesson
    found = [lesson for lesson in lessons if wanted in (lesson.name, lesson.title)]
    found = found or [lesson for lesson in lessons if wanted and wanted in lesson.name]
    if len(found) == 1:
        return found[0]
    names = ", ".join(lesson.name for lesson in found or lessons)
    raise FileError(
        f"{wanted} is the name of {'no' if not found else 'more than one'} lesson; there are {names}"
    )
