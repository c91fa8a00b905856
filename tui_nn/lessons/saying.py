"""What the panel of a lesson says at a moment: lines of marked words, folded or whole."""

from __future__ import annotations

from dataclasses import dataclass

from tui_nn.lessons.lesson import Task
from tui_nn.lessons.playing import Playing
from tui_nn.lessons.text import STRONG, Line, Word, lines_of

FOLDED_ROWS = 3
CHOSEN, OPEN = ">", " "


@dataclass(frozen=True)
class Saying:
    """What is to be shown."""

    title: str
    place: str
    """Which step of how many, and whether it is done."""
    lines: tuple[Line, ...]
    has_gap: bool = False
    """Whether a row stands empty below the title where there is room."""

    @property
    def n_rows(self) -> int:
        """Rows that show everything."""
        return 1 + self.has_gap + len(self.lines)


def say_whole(playing: Playing, width: int, height: int) -> Saying:
    """Return the text and the task; when it is done, what happened and why, below the text if both fit."""
    body = lines_of(playing.step.body, width)
    task = _task_lines(playing, width)
    after = _after(playing, width)
    below = _spaced(task, after)
    whole = _spaced(body, below)
    lines = whole if len(whole) <= height else below if after else whole[-height:]
    return Saying(*_names(playing), tuple(lines), has_gap=True)


def say_folded(playing: Playing, width: int) -> Saying:
    """Return two lines: what is to be done, or what came of it."""
    task = playing.task
    if task is None:
        words = "[8] goes on, [7] goes back, [D] shows the text." if not playing.is_last else _END
    elif playing.is_done:
        words = _first_fitting(
            width, f"**{playing.verdict}** {_onward(playing)}", f"**Done.** {_onward(playing)}"
        )
    elif playing.verdict:
        words = _first_fitting(width, playing.verdict, "Not yet. [D] shows why.")
    else:
        more = " [D] shows the answers." if playing.chooses else ""
        more = " [8] takes what the cursor is on." if playing.finds else more
        words = _first_fitting(width, f"**{task.words}**{more}", f"**{task.words}**")
    return Saying(*_names(playing), tuple(lines_of(words, width)))


def _first_fitting(width: int, *sentences: str) -> str:
    """Return the first that the folded panel has room for, or the last."""
    fitting = (words for words in sentences if len(lines_of(words, width)) < FOLDED_ROWS)
    return next(fitting, sentences[-1])


_END = "The lesson ends here. [5] shows the course; your own run is where you left it."


def _onward(playing: Playing) -> str:
    if playing.step.after and not playing.is_read:
        return "[8] says why."
    return _END if playing.is_last else "[8] goes on."


def _names(playing: Playing) -> tuple[str, str]:
    place = f"{playing.number + 1}/{len(playing.lesson.steps)}"
    if playing.is_done:
        place += " shown" if playing.is_shown else " solved"
    return playing.step.title, place


def _task_lines(playing: Playing, width: int) -> list[Line]:
    task = playing.task
    if task is None:
        return [] if not playing.is_last else lines_of(_END, width)
    lines = _strong(lines_of(task.words, width))
    if not playing.is_done and task.kind in ("predict", "answer"):
        lines += _answers(playing, task, width)
    if playing.finds:
        lines += lines_of("[8] takes what the cursor is on.", width)
    if not playing.is_done:
        for hint in task.hints[: playing.n_hints]:
            lines += lines_of(f"Hint: {hint}", width)
        if playing.verdict:
            lines += lines_of(playing.verdict, width)
    return lines


def _answers(playing: Playing, task: Task, width: int) -> list[Line]:
    if not task.answers:
        unit = " %" if task.measure.endswith("accuracy") else ""
        ask = f"Your number: {playing.typed or '_'}{unit}" + (
            "  [enter] takes it" if playing.chooses else ", locked"
        )
        return lines_of(ask, width)
    lines: list[Line] = []
    for number, answer in enumerate(task.answers):
        mark = CHOSEN if number == playing.cursor else OPEN
        lines.append((Word(f"{mark} {answer}"[:width], STRONG if number == playing.cursor else ""),))
    ending = "[up] [down] choose, [enter] takes it." if playing.chooses else "Locked."
    return [*lines, *lines_of(ending, width)]


def _after(playing: Playing, width: int) -> list[Line]:
    if not playing.is_done:
        return []
    said = _strong(lines_of(playing.verdict, width))
    end = lines_of(_END, width) if playing.is_last else []
    return _spaced(_spaced(said, lines_of(playing.step.after, width)), end)


def _strong(lines: list[Line]) -> list[Line]:
    return [tuple(Word(w.text, w.mark or STRONG, w.is_joined) for w in line) for line in lines]


def _spaced(first: list[Line], second: list[Line]) -> list[Line]:
    return [*first, (), *second] if first and second else [*first, *second]
