"""Every key of the program in one table: bindings, key line, help page and command palette are made from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True)
class Action:
    """Something a key does."""

    name: str
    """The action's method, without its `action_`; with arguments as Textual writes them."""
    keys: tuple[str, ...]
    """Names of keys as Textual gives them; the first is the one that is shown."""
    shown: str
    """How the keys are written for a person."""
    label: str
    """One or two words for the key line; empty: not shown there."""
    help: str
    group: str
    priority: bool = False
    """Whether the key works even where a field or a pop-up takes keys."""


RUN = "Run"
SETTINGS = "Change"
VIEW = "Look"
PROGRAM = "Program"

ACTIONS: tuple[Action, ...] = (
    Action("toggle_run", ("space",), "space", "run/pause", "run or pause the training", RUN),
    Action("step", ("s",), "s", "step", "pause, then train one step", RUN),
    Action("epoch", ("e",), "e", "epoch", "pause, then train to the end of the epoch", RUN),
    Action("epochs", ("n",), "n", "", "pause, then train N epochs (N is the setting `epochs`)", RUN),
    Action("reset", ("r",), "r", "reset", "start over from the same first weights", RUN),
    Action("new_weights", ("R",), "R", "", "start over from new first weights", RUN),
    Action("new_data", ("g",), "g", "new data", "draw new data, the weights stay", RUN),
    Action(
        "nudge('learning_rate', -1)",
        ("left_square_bracket", "less_than_sign"),
        "[ <",
        "",
        "lower the learning rate",
        SETTINGS,
    ),
    Action(
        "nudge('learning_rate', 1)",
        ("right_square_bracket", "greater_than_sign"),
        "] >",
        "",
        "raise the learning rate",
        SETTINGS,
    ),
    Action("nudge('speed', -1)", ("minus",), "-", "", "train slower", SETTINGS),
    Action("nudge('speed', 1)", ("plus", "equals_sign"), "+ =", "", "train faster, up to full", SETTINGS),
    Action("command_palette", ("colon", "ctrl+p"), ": ctrl+p", "", "find any action by its name", PROGRAM),
    Action("keys", ("question_mark",), "?", "keys", "show or hide this page", PROGRAM),
    Action("leave", ("q", "ctrl+q"), "q ctrl+q", "quit", "quit", PROGRAM),
    Action(
        "interrupt", ("ctrl+c",), "ctrl+c", "", "ask, and quit when pressed twice", PROGRAM, priority=True
    ),
)

KEY_LINE: tuple[tuple[str, str], ...] = (
    ("space", "run/pause"),
    ("s", "step"),
    ("[ ]", "learning rate"),
    ("- +", "speed"),
    ("r", "reset"),
    ("?", "all keys"),
    ("q", "quit"),
    ("e", "epoch"),
    ("g", "new data"),
)
"""What the key line shows, the most needed first: what does not fit is left out."""


def bindings(actions: Iterable[Action] = ACTIONS) -> list[BindingType]:
    """Return Textual bindings for the actions."""
    return [
        Binding(key, action.name, action.help, show=False, priority=action.priority)
        for action in actions
        for key in action.keys
    ]
