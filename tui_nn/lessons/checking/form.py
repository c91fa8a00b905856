"""What of a lesson's form only shows when it is laid out, or beside its course."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tui_nn.lessons.keys import WAIT, key_name
from tui_nn.lessons.lesson import Lesson, Step
from tui_nn.lessons.problems import Problem
from tui_nn.lessons.solving import keys_of
from tui_nn.lessons.text import FORMULA, keys_named, lines_of
from tui_nn.settings.config import Config

ROOMS = (("80x24", 76, 19), ("120x36", 42, 32))
"""Windows, with the columns and lines that the whole text of a step has in them."""
FOLDED = 76
"""Columns of the two lines that say what is to be done."""
MOST_FORMULA = 40
"""Cells of a line that is shown as it stands: the panel beside a large picture has no more."""
GROUPS = ("arrows",)
"""Several keys at once."""


def check_form(lesson: Lesson, names: Collection[str]) -> list[Problem]:
    """Return what is wrong with texts and keys, and with `needs` beside the names of the course."""
    file = str(lesson.path)
    problems = [
        Problem(file, 1, f"needs: there is no lesson {name}") for name in lesson.needs if name not in names
    ]
    if lesson.name in lesson.needs:
        problems.append(Problem(file, 1, "needs: a lesson cannot need itself"))
    for step in lesson.steps:
        problems += (Problem(file, line, words) for line, words in _step(step))
    return problems


def _step(step: Step) -> Iterator[tuple[int, str]]:
    texts = [(step.body_line, step.body), (step.after_line, step.after)]
    yield from _too_long(step)
    for first, text in texts:
        for number, line in enumerate(text.split("\n"), first):
            if line.startswith(FORMULA) and len(line.rstrip()) > MOST_FORMULA:
                yield number, f"a line that is shown as it stands has at most {MOST_FORMULA} letters"
    task = step.task
    if task is not None:
        texts += [(task.line, words) for words in (task.words, *task.hints, *task.because)]
    for first, text in texts:
        for number, key in keys_named(text):
            if key not in GROUPS and key_name(key) is None:
                yield first + number, f"[{key}] is no key"
    if task is not None and task.kind == "reach":
        for name, way in (("solution", task.solution), ("wrong", task.wrong)):
            try:
                keys_of(task, way, Config())
            except ValueError as error:
                yield task.line, f"{name}: {error}"
    if task is not None:
        for key in (*task.press, *task.solution.keys, *task.wrong.keys):
            if key != WAIT and key_name(key) is None:
                yield task.line, f"{key} is no key"


def _too_long(step: Step) -> Iterator[tuple[int, str]]:
    """Yield what has no room: the text with its task, what is said after it, the task alone."""
    task = step.task
    for window, width, most in ROOMS:
        before, after = len(lines_of(step.body, width)), len(lines_of(step.after, width))
        if task is not None:
            n_words = len(lines_of(task.words, width))
            before += n_words + 2 + len(task.answers)
            said = max((len(lines_of(words, width)) for words in task.because), default=0)
            after += 5 + said
        if before > most:
            yield (
                step.body_line,
                f"text and task have {before} lines; a window of {window} has room for {most}",
            )
        if after > most:
            yield step.after_line, f"{after} lines; a window of {window} has room for {most}"
    if task is not None and len(lines_of(task.words, FOLDED)) > 2:
        yield task.line, f"what is to be done has more than two lines of {FOLDED} columns"


def check_siblings(lessons: Collection[Lesson]) -> list[Problem]:
    """Return where a lesson asks something else in another language."""
    by_name: dict[str, Lesson] = {}
    problems = []
    for lesson in sorted(lessons, key=lambda lesson: len(lesson.path.name)):
        first = by_name.setdefault(lesson.name, lesson)
        asked = [[(task.name, task.digest) for task in each.tasks] for each in (first, lesson)]
        if asked[0] != asked[1]:
            at = next(
                (
                    task.line
                    for task, pair in zip(lesson.tasks, asked[1], strict=True)
                    if pair not in asked[0]
                ),
                1,
            )
            problems.append(Problem(str(lesson.path), at, f"it asks something else than {first.path.name}"))
    return problems
