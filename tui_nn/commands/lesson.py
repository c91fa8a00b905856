"""`tui-nn lesson`: write a lesson, prove it, play it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tui_nn.files.errors import FAILED
from tui_nn.files.paths import full_path, is_folder
from tui_nn.files.visible import say
from tui_nn.lessons.checking.form import check_form, check_siblings
from tui_nn.lessons.checking.pressed_keys import PressedKeys
from tui_nn.lessons.checking.proving import prove_all
from tui_nn.lessons.course import language_of, lesson_files, read_course, shipped_folder
from tui_nn.lessons.lesson import Lesson
from tui_nn.lessons.new import write_new
from tui_nn.lessons.problems import LessonError, Problem
from tui_nn.lessons.reading import read_lesson
from tui_nn.settings.flags import Parser, UsageError

ACTIONS = ("play", "list", "check", "new", "practice")
"""`play` and `practice` open the app: cli sends them there."""


def make_parser() -> Parser:
    """Return the parser of `tui-nn lesson`."""
    parser = Parser(prog="tui-nn lesson", description="Play lessons, write and prove them.")
    does = (
        "play: open the course, or a lesson by name, number or file; practice: ask again what was predicted "
        "wrongly; list: name the lessons; check: prove lessons, without any the course: its tasks "
        "on ten seeds, and that each key its text names does something at 80x24; new: write one"
    )
    parser.add_argument("action", choices=ACTIONS, metavar="ACTION", help=does)
    parser.add_argument("places", nargs="*", metavar="NAME|FILE|DIR", help="lessons, or folders of them")
    parser.add_argument("--lessons", metavar="DIR", help="a folder of lessons, in place of the course")
    parser.add_argument("--form", action="store_true", help="check only the form: fast, while one writes")
    return parser


def main(words: Sequence[str]) -> int:
    """Do what is asked with lessons; return 0, or 1 where one is refused. Raises FileError."""
    arguments = make_parser().parse_intermixed_args(words)  # a flag may stand before a file
    if arguments.action == "new":
        return _new(arguments.places)
    folder = shipped_folder() if arguments.lessons is None else full_path(arguments.lessons)
    if arguments.action == "check":
        return _check([full_path(text) for text in arguments.places] or [folder], arguments.form)
    return _list(folder)


def _list(folder: Path) -> int:
    course = read_course(folder, language_of(os.environ))
    say(*(f"{found.name}: {found.title}, {found.minutes} minutes. {found.goal}" for found in course.lessons))
    problems = [str(problem) for _, error in course.refused for problem in error.problems]
    if problems:
        say(*problems, to=sys.stderr)
    return FAILED if problems else 0


def _check(places: Sequence[Path], is_form_only: bool) -> int:
    lessons: list[tuple[Lesson, frozenset[str]]] = []
    problems: list[Problem] = []
    for place in places:
        names = frozenset(lesson_files(place if is_folder(place) else place.parent))
        for path in _paths(place):
            try:
                lessons.append((read_lesson(path), names))
            except LessonError as error:
                problems += error.problems
    for lesson, names in lessons:
        problems += check_form(lesson, names)
    problems += check_siblings([lesson for lesson, _ in lessons])
    if not is_form_only and not problems:
        with PressedKeys([lesson for lesson, _ in lessons]) as pressed:
            problems += prove_all([lesson for lesson, _ in lessons])
            problems += pressed.problems()
    if problems:
        say(*map(str, problems), to=sys.stderr)
    say(f"{len(lessons)} lessons read, {len(problems)} complaints.")
    return FAILED if problems else 0


def _paths(place: Path) -> list[Path]:
    if not is_folder(place):
        return [place]
    return [path for by_language in lesson_files(place).values() for path in by_language.values()]


def _new(places: Sequence[str]) -> int:
    if len(places) != 1:
        raise UsageError("lesson new: it needs one file name, such as 01-my-lesson.md")
    path = full_path(places[0])
    write_new(path)
    say(f"{path} is a small lesson; tui-nn lesson check {path.name} proves it.")
    return 0
