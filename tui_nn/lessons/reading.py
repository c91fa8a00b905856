"""A lesson out of its file: every field checked, each complaint with file and line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tui_nn.files.errors import FileError
from tui_nn.files.reading import read_text
from tui_nn.lessons.blocks import Block, StepBlocks, cut
from tui_nn.lessons.condition import MEASURES
from tui_nn.lessons.fields import Fields
from tui_nn.lessons.lesson import DIGIT_VIEWS, OUTLINES, PAGES, Claim, Lesson, Settings, Step
from tui_nn.lessons.problems import LessonError, Problem
from tui_nn.lessons.settings_given import read_names, read_settings
from tui_nn.lessons.tasks import read_condition, read_task
from tui_nn.settings.datasets import SETS_OF_IMAGES

MOST_BYTES = 200_000
"""A lesson is a few pages of text."""
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SCREENS = ("playground", "digits", "inside", "space")


def read_lesson(path: Path) -> Lesson:
    """Return the lesson in a file; raise LessonError with all that is wrong with it."""
    try:
        text = read_text(path, MOST_BYTES)
    except FileError as error:
        raise LessonError([Problem(str(path), 1, error.why)]) from None
    return parse_lesson(text, path)


def parse_lesson(text: str, path: Path) -> Lesson:
    """Return the lesson in a text; see read_lesson."""
    file, name = str(path), path.name.partition(".")[0]
    if not NAME.fullmatch(name):
        words = "a lesson's file is named by small letters, digits and hyphens, as 01-a-neuron.md"
        raise LessonError([Problem(file, 1, words)])
    head, parts = cut(file, text)
    fields = Fields(file, head)
    config = read_settings(fields, "config", fields.table("config"), {})
    shows = read_names(fields, "shows")
    known: dict[str, Any] = {
        "title": fields.text("title"),
        "goal": fields.text("goal"),
        "minutes": fields.integer("minutes", 1, 60),
        "level": fields.integer("level", 1, 3),
        "needs": _needs(fields),
        "claims": tuple(_claim(fields, config, entry) for entry in fields.tables("claim")),
    }
    fields.end()
    problems = list(fields.problems)
    steps = []
    for number, part in enumerate(parts, 1):
        step, found = _read_step(file, number, part, config, shows)
        steps.append(step)
        problems += found
    problems += _twice(file, steps)
    if not any(step.task for step in steps):
        problems.append(Problem(file, head.line, "no step asks for anything"))
    if problems:
        raise LessonError(sorted(problems, key=lambda problem: problem.line))
    return Lesson(name=name, path=path, shows=shows, config=config, steps=tuple(steps), **known)


def _needs(fields: Fields) -> tuple[str, ...]:
    names = fields.texts("needs", [])
    for name in names:
        if not NAME.fullmatch(name):
            fields.wrong("needs", f"needs: {name} is not the name of a lesson, as 01-a-neuron")
    return names


def _read_step(
    file: str, number: int, part: StepBlocks, lesson: Settings, shows: tuple[str, ...]
) -> tuple[Step, list[Problem]]:
    fields = Fields(file, part.task or Block(part.line, ""))
    config = None
    if fields.has("config"):
        config = read_settings(fields, "config", fields.table("config"), lesson)
    change = read_settings(fields, "change", fields.table("change"), lesson)
    base = {**lesson, **(config or {}), **change}
    outline = fields.texts("outline", [])
    for name in outline:
        if name not in OUTLINES:
            fields.wrong("outline", f"outline: {name} is not allowed; one of {', '.join(OUTLINES)}")
    screen, page = fields.text("screen", ""), fields.text("page", "")
    if screen and screen not in SCREENS:
        fields.wrong("screen", f"screen: {screen} is not allowed; one of {', '.join(SCREENS)}")
    is_digits = base.get("dataset") in SETS_OF_IMAGES
    pages = DIGIT_VIEWS if screen == "digits" else PAGES
    if page and page not in pages:
        fields.wrong("page", f"page: {page} is not allowed; one of {', '.join(pages)}")
    if is_digits and screen == "playground":
        fields.wrong("screen", f"screen: playground shows no {base['dataset']}; digits and inside do")
    task = read_task(fields, number, base, shows)
    if task is not None and not is_digits and task.until is not None and task.until.is_of_a_drawing:
        fields.wrong("until", "until: a drawing is read only where the data set is digits or mnist")
    fields.end()
    if not part.body.text and task is None:
        fields.problems.append(Problem(file, part.line, "the step has no text"))
    if task is None and part.after.text:
        words = "a text after the task, but no `do`: it would never be read"
        fields.problems.append(Problem(file, part.after.line, words))
    step = Step(
        part.title,
        part.body.text,
        part.after.text,
        part.line,
        part.body.line,
        part.after.line,
        config,
        change,
        outline,
        screen,
        page,
        task,
    )
    return step, fields.problems


def _twice(file: str, steps: list[Step]) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for task in (step.task for step in steps if step.task is not None):
        if task.name in seen:
            problems.append(Problem(file, task.line, f"name: two tasks are named {task.name}"))
        if not NAME.fullmatch(task.name):
            problems.append(
                Problem(file, task.line, f"name: {task.name} has more than small letters, digits, hyphens")
            )
        seen.add(task.name)
    return problems


def _claim(fields: Fields, lesson: Settings, entry: dict[str, Any]) -> Claim:
    line = fields.line_of("claim")

    def wrong(words: str) -> None:
        fields.wrong("claim", f"claim: {words}")

    says, measure = str(entry.pop("says", "")), str(entry.pop("measure", ""))
    if not says:
        wrong("says is missing: the sentence that is claimed")
    if measure not in MEASURES:
        wrong(f"measure: {measure or 'nothing'} is not allowed; one of {', '.join(MEASURES)}")
    epochs = entry.pop("epochs", 0)
    if not isinstance(epochs, int) or not 1 <= epochs <= 10_000:
        wrong("epochs must be a whole number from 1 to 10000: how long the runs are at most")
    until = read_condition(fields, "claim", entry.pop("until")) if "until" in entry else None
    config = read_settings(fields, "claim", entry.pop("config", {}), lesson)
    between, than = entry.pop("between", None), entry.pop("than", None)
    if (between is None) == (than is None):
        wrong("it has either `between = [low, high]` or `than = {settings}`")
    if between is not None and not (
        isinstance(between, list) and len(between) == 2 and all(isinstance(v, (int, float)) for v in between)
    ):
        wrong("between must be [low, high]")
        between = None
    others = None if than is None else read_settings(fields, "claim", than, lesson)
    for name in entry:
        wrong(f"{name} is no field of a claim")
    ends = None if between is None else (float(between[0]), float(between[1]))
    return Claim(says, line, measure, config, epochs if isinstance(epochs, int) else 1, until, ends, others)
