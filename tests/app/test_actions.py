"""The table of keys holds together: each action can be done, typed, found and read about."""

from __future__ import annotations

import ast
from collections import Counter

import pytest
from textual.keys import key_to_character

from tui_nn.app.app import PlaygroundApp
from tui_nn.screens.digits import DigitsScreen
from tui_nn.screens.inside import InsideScreen
from tui_nn.screens.key_lines import KEY_LINE, RECOVERY_LINE
from tui_nn.screens.keys import keys_text
from tui_nn.screens.playground import PlaygroundScreen
from tui_nn.settings.actions import ACTIONS, Action
from tui_nn.training.remote.run import Run

ALT_GR = {
    "left_square_bracket",
    "right_square_bracket",
    "left_curly_bracket",
    "right_curly_bracket",
    "backslash",
    "vertical_line",
    "at",
    "number_sign",
    "tilde",
    "grave_accent",
    "circumflex_accent",
    "dollar_sign",
}
"""Keys that need AltGr on some European keyboard."""
NAMED = {"space": "space", "tab": "tab", "escape": "escape", "minus": "-", "plus": "+"}

every_action = pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)


def _is_plain(key: str) -> bool:
    """Return whether every keyboard has the key, and every terminal passes it on."""
    is_function_key = key[:1] == "f" and key[1:].isdecimal()
    return not (is_function_key or key in ALT_GR or key == "ctrl+p" or "shift+" in key)


@every_action
def test_every_action_has_a_key_that_every_terminal_passes_on(action: Action) -> None:
    assert action.keys
    assert action.name == "app.focus_previous" or any(map(_is_plain, action.keys))


def test_no_key_is_used_twice() -> None:
    uses = Counter(key for action in ACTIONS for key in action.keys)

    assert [key for key, n in uses.items() if n > 1] == []


@every_action
def test_every_action_has_a_method_that_takes_its_arguments(action: Action) -> None:
    target, _, call = action.name.rpartition(".") if "(" not in action.name else ("", "", action.name)
    if call.startswith("screen."):
        target, call = "screen", call.removeprefix("screen.")
    name, _, arguments = call.partition("(")
    owners = (PlaygroundScreen, DigitsScreen, InsideScreen) if target == "screen" else (PlaygroundApp,)

    values = ast.literal_eval(f"({arguments.removesuffix(')')},)") if arguments else ()
    if name == "run":
        methods, values = [getattr(Run, values[0], None)], values[1:]
    else:
        methods = [getattr(owner, f"{mark}action_{name}", None) for owner in owners for mark in ("", "_")]
    method = next(filter(None, methods), None)

    assert method is not None
    expected = method.__code__.co_argcount - 1
    assert expected - len(method.__defaults__ or ()) <= len(values) <= expected


@every_action
def test_an_action_is_written_with_the_keys_that_do_it(action: Action) -> None:
    written = [NAMED.get(key) or key_to_character(key) or key for key in action.keys]

    assert action.shown.split() == written


@every_action
def test_the_help_page_lists_every_action(action: Action) -> None:
    lines = [line.split(maxsplit=len(action.keys)) for line in keys_text().plain.splitlines()]

    assert [*action.shown.split(), action.help] in lines


def test_the_key_lines_name_keys_of_the_table() -> None:
    known = {part for action in ACTIONS for part in action.shown.split()}

    assert {part for keys, _ in (*KEY_LINE, *RECOVERY_LINE) for part in keys.split()} <= known
