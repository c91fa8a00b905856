"""What a person has done of lessons: a text file of names and digests, one line a task.

    01-a-neuron-is-a-line circle b843fa9b833a missed 0
    01-a-neuron-is-a-line enclose a42c467a364e solved 13

lesson, task, digest of what it asks, how it ended, the best that was reached in the unit of its par. A digest
that is no longer that of the task leaves it open; a line that is none is left out, and said once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tui_nn.files.errors import FileError
from tui_nn.files.paths import make_folder
from tui_nn.files.places import state_folder
from tui_nn.files.reading import read_text
from tui_nn.files.writing import replaced
from tui_nn.lessons.lesson import Task

SOLVED, MISSED = "solved", "missed"
"""MISSED: done, but predicted or answered wrongly at first: `practice` asks again."""
MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Done:
    """How one task ended."""

    digest: str
    how: str
    best: int = 0
    """In the unit of the task's par; 0: it has none."""


Progress = Mapping[tuple[str, str], Done]
"""By the names of lesson and task."""


def progress_file() -> Path:
    """Return where it is kept. Raises FileError."""
    return state_folder() / "lessons.txt"


def read_progress(path: Path) -> tuple[Progress, str]:
    """Return what a file holds, and what is wrong with it, in words, or nothing."""
    if not path.exists():
        return {}, ""
    try:
        text = read_text(path, MOST_BYTES)
    except FileError as error:
        return {}, f"Progress in lessons cannot be read: {error.why}"
    found, n_wrong = {}, 0
    for line in text.splitlines():
        words = line.split()
        if len(words) == 5 and words[3] in (SOLVED, MISSED) and words[4].isdecimal():
            found[words[0], words[1]] = Done(words[2], words[3], int(words[4][:9]))
        elif words:
            n_wrong += 1
    return found, f"Progress in lessons: {n_wrong} lines are damaged and left out" if n_wrong else ""


def write_progress(path: Path, progress: Progress) -> None:
    """Write it, whole or not at all. Raises FileError."""
    make_folder(path.parent)
    lines = [
        f"{lesson} {task} {done.digest} {done.how} {done.best}\n"
        for (lesson, task), done in sorted(progress.items())
    ]
    with replaced(path) as file:
        file.write("".join(lines).encode())


def done_of(progress: Progress, lesson: str, task: Task) -> Done | None:
    """Return how a task ended, if what it asks is still what it asked then."""
    done = progress.get((lesson, task.name))
    return done if done is not None and done.digest == task.digest else None


def with_done(progress: Progress, lesson: str, task: Task, how: str, best: int) -> Progress:
    """Return progress with a task that ended; of two bests the lower one stays."""
    before = done_of(progress, lesson, task)
    if before is not None and before.best and best:
        best = min(best, before.best)
    elif before is not None:
        best = best or before.best
    return {**progress, (lesson, task.name): Done(task.digest, how, best)}
