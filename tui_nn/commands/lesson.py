"""`tui-nn lesson`: write a lesson, prove it, play it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tui_nn.files.errors import FAILED, FileError, complain
from tui_nn.files.paths import full_path, is_folder
from tui_nn.files.visible import say
from tui_nn.lessons.checking.form import check_form
from tui_nn.lessons.course import Course, language_of, lesson_files, read_course, shipped_folder
from tui_nn.lessons.lesson import Lesson
from tui_nn.lessons.new import write_new
from tui_nn.lessons.problems import LessonError, Problem
from tui_nn.lessons.reading import read_lesson
from tui_nn.settings.flags import Parser, UsageError

ACTIONS = ("new", "check", "list")


def main(words: Sequence[str]) -> int:
    """Do what is asked with lessons; return 0, or 1 where one is refused."""
    if not words or words[0] in ("-h", "--help"):
        say(*HELP.splitlines())
        return 0 if words else 2
    action, rest = words[0], words[1:]
    if action not in ACTIONS:
        raise UsageError(
            f"lesson {action} is not known; one of {', '.join(ACTIONS)}; see tui-nn lesson --help"
        )
    try:
        return {"new": _new, "check": _check, "list": _list}[action](rest)
    except FileError as error:
        return complain(error)


HELP = """\
usage: tui-nn lesson play [NAME|N|FILE] [--lessons DIR]  open the course, or a lesson
       tui-nn lesson list [--lessons DIR]                the lessons that there are
       tui-nn lesson check [FILE|DIR ...]                prove lessons; without any, the course
       tui-nn lesson new FILE                            write a small lesson to begin with
"""


def _list(words: Sequence[str]) -> int:
    parser = Parser(prog="tui-nn lesson list")
    parser.add_argument("--lessons", metavar="DIR")
    arguments = parser.read(words)
    folder = shipped_folder() if arguments.lessons is None else full_path(arguments.lessons)
    course = read_course(folder, language_of(os.environ))
    say(
        *(
            f"{lesson.name}: {lesson.title}, {lesson.minutes} minutes. {lesson.goal}"
            for lesson in course.lessons
        )
    )
    return _say_refused(course)


def _check(words: Sequence[str]) -> int:
    parser = Parser(prog="tui-nn lesson check", description="Prove lessons.")
    parser.add_argument("places", nargs="*", metavar="FILE|DIR")
    parser.add_argument("--form", action="store_true", help="only the form: fast, while a lesson is written")
    arguments = parser.read(words)
    lessons: list[tuple[Lesson, frozenset[str]]] = []
    problems: list[Problem] = []
    for place in [full_path(text) for text in arguments.places] or [shipped_folder()]:
        folder = place if is_folder(place) else place.parent
        names = frozenset(lesson_files(folder))
        paths = _paths(place)
        for path in paths:
            try:
                lessons.append((read_lesson(path), names))
            except LessonError as error:
                problems += error.problems
    for lesson, names in lessons:
        problems += check_form(lesson, names)
    if problems:
        say(*map(str, problems), to=sys.stderr)
    say(f"{len(lessons)} lessons read, {len(problems)} complaints.")
    return FAILED if problems else 0


def _paths(place: Path) -> list[Path]:
    if not is_folder(place):
        return [place]
    return [path for by_language in lesson_files(place).values() for path in by_language.values()]


def _say_refused(course: Course) -> int:
    problems = [str(problem) for _, error in course.refused for problem in error.problems]
    if problems:
        say(*problems, to=sys.stderr)
    return FAILED if problems else 0


def _new(words: Sequence[str]) -> int:
    parser = Parser(prog="tui-nn lesson new", description="Write a small lesson to begin with.")
    parser.add_argument("file", metavar="FILE")
    path = full_path(parser.read(words).file)
    write_new(path)
    say(f"{path} is a small lesson; tui-nn lesson check {path.name} proves it.")
    return 0
