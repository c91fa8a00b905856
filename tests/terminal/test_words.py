"""Words in a real terminal: what a panel is, what a word means, what a moment of the run is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[..., Any]
Terminal = Any
each_size = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])


def title(terminal: Terminal, words: str) -> bool:
    return f"─ {words} ─" in terminal.text


@each_size
def test_a_panel_is_explained_and_all_keys_are_behind_it(open_terminal: Open, size: tuple[int, int]) -> None:
    terminal = open_terminal("--paused", size=size)
    terminal.until("Paused. Press space to train, ? for help.")
    terminal.type("?")
    terminal.until(lambda: title(terminal, "Playground"))
    terminal.until("A small network learns to tell points of the plane apart.")
    terminal.until("epoch: One pass over the whole training set, batch by batch.")
    terminal.type("?")
    terminal.until(lambda: title(terminal, "Keys"))
    terminal.type("?\t?")
    terminal.until(lambda: title(terminal, "Network"))
    terminal.escape("? help")


@each_size
def test_a_word_is_found_by_its_name(open_terminal: Open, size: tuple[int, int]) -> None:
    terminal = open_terminal("--paused", size=size)
    terminal.until("? help")
    terminal.type(":vanishing")
    terminal.until("vanishing gradient")
    terminal.type("\r")
    terminal.until(lambda: title(terminal, "vanishing gradient"))
    terminal.until("A gradient that shrinks from layer to layer on its way back")


@each_size
def test_the_first_passes_are_explained_and_any_key_goes_on(
    open_terminal: Open, size: tuple[int, int]
) -> None:
    terminal = open_terminal("--paused", size=size)
    terminal.until("? for help")
    terminal.type("T")
    terminal.until("Teaching: the run pauses")
    terminal.type(" ")
    terminal.until(lambda: title(terminal, "First forward pass, step 0"))
    terminal.until("Here: 250 samples went through 2-4-2-1")
    terminal.type("x")
    terminal.until(lambda: title(terminal, "First backward pass, step 1"))
    terminal.until("Here: Gradient norm")
    terminal.type("f")
    terminal.until("Walk: train 1")
    terminal.type("1r ")
    terminal.until("Goal reached, step")
    assert "First forward pass" not in terminal.text, "it is the same run"
