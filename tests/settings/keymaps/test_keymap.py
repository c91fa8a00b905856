from __future__ import annotations

import pytest

from tui_nn.settings.keymaps.files import read_keymap
from tui_nn.settings.keymaps.keymap import Keymap, keymap_of
from tui_nn.settings.keymaps.positions import BY_POSITION


def test_keys_are_shown_as_a_person_has_them() -> None:
    vim = read_keymap("vim")

    assert vim.shown("h H") == "o d"
    assert vim.shown("space") == "space"
    assert vim.shown("up down") == "up down"


def test_sentences_name_a_persons_own_keys() -> None:
    keymap = keymap_of({"run.toggle": ("p",), "screen.show.truth": ()})

    assert keymap.said("Paused. Press space to train, ? for help.") == "Paused. Press p to train, ? for help."
    assert keymap.said("Stopped. space trains on.") == "Stopped. p trains on."


def test_without_a_map_nothing_is_said_otherwise() -> None:
    sentence = "Try u (add a neuron), [ (lower the rate) or c l (choose a penalty)."

    assert Keymap().said(sentence) == sentence


@pytest.mark.parametrize(
    ("typed", "latin"),
    [*zip("йцуфячЙЦУх", "qweazxQWE[", strict=True), ("ς", "w"), ("α", "a"), ("Ω", "V"), ("і", "s")],
)
def test_letters_of_other_layouts_stand_where_latin_ones_do(typed: str, latin: str) -> None:
    assert BY_POSITION[typed] == latin


def test_no_sign_of_a_latin_layout_is_taken_for_a_position() -> None:
    assert not any(typed.isascii() for typed in BY_POSITION)
    assert all(latin.isascii() for latin in BY_POSITION.values())
