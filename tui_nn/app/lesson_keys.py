"""Whether the keys that a lesson's text names do something: each is pressed, on the screen of its step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from tui_nn.lessons.keys import key_name
from tui_nn.lessons.lesson import Lesson, Step
from tui_nn.lessons.problems import Problem
from tui_nn.lessons.text import keys_named
from tui_nn.settings.config import SETTINGS
from tui_nn.training import commands as do

if TYPE_CHECKING:
    from tui_nn.app.app import PlaygroundApp

WINDOW = (80, 24)
"""Columns and rows: what does something here does so in every larger window."""
IN_A_PANEL = {"up", "down", "left", "right", "arrows", "enter", "escape", "backspace", "home", "end"}
"""Keys that act within what has the keyboard."""
NOT_PRESSED = IN_A_PANEL | {"q", "tab"}
"""Those, the way out, and the key that moves the keyboard on: what they do depends on more than the step."""
TRAINS_S = 3.0
"""Seconds that a step's own training may take before its keys are tried: they do the same amid it."""
LETTERS_OF_A_LIST = "c"
"""Behind this key a letter is that of a setting's row."""
REFUSALS = (
    "No setting has",
    "no effect now",
    "belong to",
    "works on another screen",
    "No lesson is open",
)
"""Words with which the program says that a key does nothing here."""


class Hands(Protocol):
    """Hands on the keyboard of an open app, eyes on its screen."""

    app: PlaygroundApp

    async def press(self, *keys: str) -> None:
        """Press keys, by the program's names; what they do to the app has been done when this returns."""

    async def until(self, is_reached: Callable[[], object]) -> None:
        """Wait for a state."""

    def screen_lines(self) -> list[str]:
        """Return the text of the whole screen."""


def keys_of_step(step: Step) -> list[tuple[int, str]]:
    """Return the keys that the texts of a step name, each with its line in the file."""
    return [(first + number, key) for first, text in _texts(step) for number, key in keys_named(text)]


def _texts(step: Step) -> Iterator[tuple[int, str]]:
    yield from ((step.body_line, step.body), (step.after_line, step.after))
    if step.task is not None:
        for words in (step.task.words, *step.task.hints, *step.task.because):
            yield step.task.line, words


def rows_of_settings(lesson: Lesson) -> set[str]:
    """Return the letters of the settings that a lesson lists."""
    return {SETTINGS[name].letter for name in (lesson.shows or SETTINGS)}


async def key_problems(hands: Hands, lesson: Lesson) -> list[Problem]:
    """Play a lesson in an open app; return where its text names a key that does nothing there."""
    player = hands.app.players.lessons
    await player.play(lesson)
    problems = []
    for number, step in enumerate(lesson.steps):
        lines: dict[str, int] = {}
        for line, key in keys_of_step(step):
            lines.setdefault(key, line)
        keys = [key for key in lines if key not in NOT_PRESSED]
        for nth, key in enumerate(keys):
            is_row = LETTERS_OF_A_LIST in keys[:nth] and key in rows_of_settings(lesson)
            if words := await _trouble(hands, number, key, is_row):
                problems.append(Problem(str(lesson.path), lines[key], words))
    return problems


async def _trouble(hands: Hands, number: int, key: str, is_row: bool) -> str:
    """Press a key in a step that has just begun; return what is wrong with it, or nothing."""
    app = hands.app
    player, frames = app.players.lessons, app.pictures.frames
    assert player.playing is not None
    player.playing.number = number
    await player.do("again")
    await hands.until(lambda: app.shown.snapshot is not None)
    app.shown.set_focus(None)
    await hands.press("D", *([LETTERS_OF_A_LIST] if is_row else []))
    await _rest(hands)
    before = hands.screen_lines()
    name = key_name(key)
    assert name is not None, "check_form has looked at that"
    await hands.press(name)
    await hands.until(lambda: (frames.is_still and not _is_at_work(app)) or hands.screen_lines() != before)
    after = hands.screen_lines()
    while len(app.screen_stack) > 2:
        await hands.press("escape")
    await hands.press("escape")
    refusal = next((line for line in after for words in REFUSALS if words in line), None)
    if refusal is not None:
        return f"[{key}] does nothing here at {WINDOW[0]}x{WINDOW[1]}: {refusal.strip()}"
    return "" if after != before or is_row else f"[{key}] does nothing here at {WINDOW[0]}x{WINDOW[1]}"


def _is_at_work(app: PlaygroundApp) -> bool:
    """Return whether something is still done that a key has begun: what serves the app itself has a group."""
    return any(worker.group == "default" and not worker.is_finished for worker in app.workers)


async def _rest(hands: Hands) -> None:
    """Wait until the screen shows all there is; what a step still trains after TRAINS_S is paused."""
    frames = hands.app.pictures.frames
    end = monotonic() + TRAINS_S
    await hands.until(lambda: frames.is_still or monotonic() > end)
    if not frames.is_still:
        hands.app.run_shown.send(do.Pause())
        await hands.until(lambda: frames.is_still)
