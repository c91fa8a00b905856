"""The course as rows: the number and title of each lesson, and what of it is done."""

from __future__ import annotations

from dataclasses import dataclass

from tui_nn.lessons.course import Course
from tui_nn.lessons.lesson import Lesson
from tui_nn.lessons.progress import Progress, done_of


@dataclass(frozen=True)
class Place:
    """One lesson on the map."""

    name: str
    label: str
    state: str
    words: str


def places_of(course: Course, progress: Progress) -> list[Place]:
    """Return what the map shows, lessons that cannot be played at the end."""
    places = [_place(lesson, progress) for lesson in course.lessons]
    for name, error in course.refused:
        problem = error.problems[0]
        places.append(Place(name, name, "cannot be played", f"Line {problem.line}: {problem.words}"))
    return places


def first_open(course: Course, progress: Progress) -> str:
    """Return the name of the first lesson of which something is left to do."""
    for lesson in course.lessons:
        if any(done_of(progress, lesson.name, task) is None for task in lesson.tasks):
            return lesson.name
    return course.lessons[0].name if course.lessons else ""


def _place(lesson: Lesson, progress: Progress) -> Place:
    number = lesson.name.partition("-")[0].lstrip("0")
    label = f"{number} {lesson.title}" if number.isdecimal() else lesson.title
    n_done = sum(done_of(progress, lesson.name, task) is not None for task in lesson.tasks)
    state = f"{n_done}/{len(lesson.tasks)}"
    if n_done == len(lesson.tasks):
        state += " solved"
    for task in lesson.tasks:
        done = done_of(progress, lesson.name, task)
        for unit, par in task.par.items():
            best = f", best {done.best}" if done is not None and done.best else ""
            state += f", par {par} {unit}{best}"
            break
    needs = (
        f" After {', '.join(name.partition('-')[0].lstrip('0') for name in lesson.needs)}."
        if lesson.needs
        else ""
    )
    return Place(lesson.name, label, state, f"{lesson.goal} {lesson.minutes} minutes.{needs}")
