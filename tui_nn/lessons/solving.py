"""The keys that do a task: those that a lesson names, or those made from what it says of the solution."""

from __future__ import annotations

from collections.abc import Iterator

from tui_nn.lessons.lesson import Task, Way
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.values import choices

TAKE = "8"
"""Takes what is pointed at."""
CHOSEN_BY_DIGIT = 9
"""A list of choices is chosen from by digits."""


def keys_of(task: Task, way: Way, config: Config) -> tuple[str, ...]:
    """Return the names of the keys of a way to do a task that begins with these settings.

    Raises ValueError for a setting that no keys are known for.
    """
    if task.kind == "find":
        return (*way.keys, TAKE)
    if way.keys:
        return way.keys
    if task.kind == "press":
        return task.press
    if task.kind in ("predict", "answer"):
        return _answer(task)
    return (*(key for name in way.settings for key in _setting(name, config, way)), "r", "space")


def _answer(task: Task) -> tuple[str, ...]:
    if task.answers:
        return (*["down"] * (task.right - 1), "enter")
    return (*f"{task.number or 0:g}", "enter")


def _setting(name: str, config: Config, way: Way) -> Iterator[str]:
    """Yield the keys that give one setting its value in the settings panel."""
    setting = SETTINGS[name]
    if not setting.letter:
        raise ValueError(f"{setting.label} has no letter: the lesson has to name the keys")
    yield from ("c", setting.letter)
    text = setting.kind.format(way.settings[name])
    listed = choices(setting.kind)
    if listed is None:
        yield from ("enter", *text, "enter")
    else:
        place = list(listed).index(text)
        if place >= CHOSEN_BY_DIGIT:
            raise ValueError(f"{text} is far down its list: the lesson has to name the keys")
        yield str(place + 1)
    yield "escape"
