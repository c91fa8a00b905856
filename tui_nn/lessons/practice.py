"""What was predicted or answered wrongly at first, asked again: a lesson made of steps of others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tui_nn.lessons.course import Course
from tui_nn.lessons.lesson import Lesson, Step
from tui_nn.lessons.progress import MISSED, Progress, done_of

PRACTICE = "practice"
"""Its name."""


def missed_steps(course: Course, progress: Progress) -> list[tuple[str, Step]]:
    """Return the steps that were missed, each with the name of its lesson; each sets its run up by itself."""
    found = []
    for lesson in course.lessons:
        for number, step in enumerate(lesson.steps):
            done = None if step.task is None else done_of(progress, lesson.name, step.task)
            if done is not None and done.how == MISSED:
                found.append((lesson.name, replace(step, config=lesson.settings_at(number), change={})))
    return found


def practice_lesson(course: Course, progress: Progress) -> Lesson | None:
    """Return a lesson of what was missed; None if nothing was."""
    missed = missed_steps(course, progress)
    if not missed:
        return None
    return Lesson(
        name=PRACTICE,
        path=Path(PRACTICE),
        title="Practice",
        goal="Say again what was said wrongly.",
        minutes=len(missed),
        level=1,
        needs=(),
        shows=(),
        config={},
        steps=tuple(step for _, step in missed),
        sources=tuple(name for name, _ in missed),
    )
