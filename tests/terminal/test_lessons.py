"""Each shipped lesson is played from end to end in a real terminal, by the keys of its own solutions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui_nn.lessons.course import read_course, shipped_folder
from tui_nn.lessons.keys import WAIT
from tui_nn.lessons.lesson import Lesson, Task, Way
from tui_nn.lessons.playing import Playing
from tui_nn.lessons.solving import keys_of
from tui_nn.settings.config import Config
from tui_nn.widgets.lesson_panel import SIDE_FROM

Open = Callable[..., Any]
Terminal = Any
BYTES = {
    "space": " ",
    "enter": "\r",
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "page-up": "\x1b[5~",
    "page-down": "\x1b[6~",
    "shift+tab": "\x1b[Z",
    "ctrl+z": "\x1a",
    "ctrl+y": "\x19",
    "ctrl+p": "\x10",
}
PAUSE_S = 0.1
"""An escape and what follows it are not to be one key."""
LESSONS = read_course(shipped_folder()).lessons
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
each_size = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])


def settle(terminal: Terminal) -> None:
    """Wait as a person does who looks before the next key: a new step moves the keyboard to another panel."""
    for _ in range(3):
        terminal.read(PAUSE_S)


def press(terminal: Terminal, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key == WAIT:
            terminal.until(lambda: " paused " in terminal.text)
        elif key == "escape":
            terminal.type("\x1b")
            settle(terminal)
        else:
            terminal.type(BYTES.get(key, key))
            terminal.read(0)


def do(terminal: Terminal, lesson: Lesson, number: int, task: Task, way: Way) -> None:
    press(terminal, keys_of(task, way, Playing(lesson, Config(), number).start_config()))


def is_at(terminal: Terminal, words: str) -> bool:
    """Return whether the panel's first row ends in words."""
    return any(words in line for line in terminal.screen.display[:1])


def fail(terminal: Terminal, lesson: Lesson, number: int, task: Task) -> None:
    """Go the wrong way to its end, then begin the step again."""
    assert task.until is not None
    do(terminal, lesson, number, task, task.wrong)
    if task.until.within is not None:
        terminal.until(lambda: "are over" in terminal.text or "diverged" in terminal.text)
    assert not is_at(terminal, "solved")
    terminal.type("GD")  # what is folded shows the state line
    begins = f"epoch {lesson.trained_before(number):4d}"
    terminal.until(lambda: begins in terminal.text and " paused " in terminal.text)
    settle(terminal)


@each_size
@each_lesson
def test_a_lesson_is_solved_by_its_solutions_and_failed_by_its_wrong_ways(
    open_terminal: Open, lesson: Lesson, size: tuple[int, int], tmp_path: Path
) -> None:
    terminal = open_terminal("lesson", "play", lesson.name, size=size, TUI_NN_STATE=str(tmp_path / "state"))
    n = len(lesson.steps)
    for number, step in enumerate(lesson.steps):
        place = f"{number + 1}/{n}"
        terminal.until(lambda place=place: is_at(terminal, place))
        settle(terminal)
        if number == 0:
            press(terminal, ("+", "+", "+"))
        if step.task is not None:
            if step.task.kind == "reach" and step.task.wrong.is_given:
                fail(terminal, lesson, number, step.task)
            do(terminal, lesson, number, step.task, step.task.solution)
            terminal.until(lambda place=place: is_at(terminal, f"{place} solved"))
        if number + 1 < n:
            if size[0] < SIDE_FROM and step.task is not None and step.after:
                terminal.type("8")  # unfolds what is said when it is done
                settle(terminal)
            terminal.type("8")
            after = f"{number + 2}/{n}"
            terminal.until(lambda after=after: is_at(terminal, after))

    kept = (tmp_path / "state" / "lessons.txt").read_text(encoding="utf-8")
    assert len(kept.splitlines()) == len(lesson.tasks)
    terminal.type("\x11")
    assert terminal.wait() == 0
