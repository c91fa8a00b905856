"""A course with what a person has done of it: read when it is wanted, written when a task is done."""

from __future__ import annotations

import os
from pathlib import Path

from tui_nn.files.assets import readable_asset
from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path
from tui_nn.lessons.course import END, Course, find_lesson, language_of, read_course, shipped_folder
from tui_nn.lessons.lesson import Lesson
from tui_nn.lessons.map_of_course import Place, first_open, places_of
from tui_nn.lessons.playing import Playing
from tui_nn.lessons.practice import PRACTICE, missed_steps, practice_lesson
from tui_nn.lessons.progress import (
    MISSED,
    SOLVED,
    Progress,
    done_of,
    progress_file,
    read_progress,
    with_done,
    write_progress,
)
from tui_nn.lessons.reading import read_lesson

TOUR = "tour"
"""The name of the lesson, outside of every course, that shows a newcomer around."""


class CourseBook:
    """The lessons of a folder and a person's progress in them."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._progress: Progress | None = None
        self._course = Course(())
        self._has_complained = False

    def read(self) -> str:
        """Read the course anew, and progress once; return what is wrong with that. Raises FileError."""
        self._course = read_course(self._folder or shipped_folder(), language_of(os.environ))
        complaint = ""
        if self._progress is None:
            self._progress, complaint = read_progress(progress_file())
        return complaint

    @property
    def progress(self) -> Progress:
        """What is done."""
        return self._progress or {}

    def places(self) -> list[Place]:
        """Return what the map of the course shows: practice first, where something was missed."""
        places = places_of(self._course, self.progress)
        if n_missed := len(missed_steps(self._course, self.progress)):
            words = "Asks again what you predicted or answered wrongly."
            places.insert(0, Place(PRACTICE, "Practice", f"{n_missed} to ask again", words))
        return places

    def next_lesson(self) -> str:
        """Return the name of the first lesson of which something is left to do."""
        return first_open(self._course, self.progress)

    def find(self, wanted: str) -> Lesson:
        """Return the lesson of a name, a number or a path. Raises FileError, LessonError."""
        if wanted == PRACTICE:
            practice = practice_lesson(self._course, self.progress)
            if practice is None:
                raise FileError("Nothing is to be practiced: no prediction went wrong")
            return practice
        if wanted == TOUR:
            return read_lesson(readable_asset(f"{TOUR}{END}"))
        return read_lesson(full_path(wanted)) if wanted.endswith(END) else find_lesson(self._course, wanted)

    def first_step(self, lesson: Lesson) -> int:
        """Return the step to go on from: the first that is not done, where the lesson was begun."""
        if lesson.sources:
            return 0
        tasks = [(number, step.task) for number, step in enumerate(lesson.steps) if step.task is not None]
        left = [number for number, task in tasks if done_of(self.progress, lesson.name, task) is None]
        return left[0] if 0 < len(left) < len(tasks) else 0

    def finish(self, playing: Playing) -> str:
        """Keep that a task is done; return why that could not be written, once, or nothing."""
        if playing.task is None or playing.is_shown:
            return ""
        how = MISSED if playing.has_missed else SOLVED
        name = playing.lesson.source(playing.number)
        self._progress = with_done(self.progress, name, playing.task, how, playing.best)
        try:
            write_progress(progress_file(), self._progress)
        except FileError as error:
            is_first, self._has_complained = not self._has_complained, True
            return f"Progress is not kept: {error.why}." if is_first else ""
        return ""
