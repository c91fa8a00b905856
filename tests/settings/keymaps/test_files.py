from __future__ import annotations

from pathlib import Path

import pytest

from tui_nn.files.errors import FileError
from tui_nn.settings.actions import ACTIONS
from tui_nn.settings.keymaps.files import read_keymap, shipped_keymaps, write_keymap
from tui_nn.settings.keymaps.keymap import Keymap, usual_keys, word_of
from tui_nn.settings.keymaps.names import character_of, name_of, read_key, write_key


def written(tmp_path: Path, *lines: str) -> str:
    path = tmp_path / "my.keys"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def refusal(tmp_path: Path, *lines: str) -> str:
    with pytest.raises(FileError) as refused:
        read_keymap(written(tmp_path, *lines))
    return str(refused.value)


def test_words_of_actions_are_their_own() -> None:
    assert len({word_of(action) for action in ACTIONS}) == len(ACTIONS)


def test_the_usual_map_is_read_back_as_the_usual_keys(tmp_path: Path) -> None:
    keymap = read_keymap(written(tmp_path, *write_keymap(Keymap()).splitlines()))

    assert all(keymap.meaning(key) == key for keys in usual_keys().values() for key in keys)
    assert write_keymap(keymap) == write_keymap(Keymap())


@pytest.mark.parametrize("name", ["vim", "no-brackets"])
def test_maps_that_ship_have_no_clash_and_leave_no_action_without_a_key(name: str) -> None:
    keymap = read_keymap(name)

    assert name in shipped_keymaps()
    reached = {
        keymap.meaning(key) for key in {*keymap.meant, *(k for ks in usual_keys().values() for k in ks)}
    }
    assert {word for word, keys in usual_keys().items() if not reached & set(keys)} == set()


def test_a_map_that_was_written_is_the_same_when_read_again(tmp_path: Path) -> None:
    text = write_keymap(read_keymap("vim"))

    assert write_keymap(read_keymap(written(tmp_path, *text.splitlines()))) == text


def test_another_key_does_what_the_usual_one_did_and_that_one_nothing(tmp_path: Path) -> None:
    keymap = read_keymap(written(tmp_path, "# mine", "", "run.step = N ж"))

    assert keymap.meaning("N") == keymap.meaning("ж") == "s"
    assert keymap.meaning("s") is None
    assert keymap.meaning("e") == "e"


def test_an_action_can_be_without_a_key(tmp_path: Path) -> None:
    assert read_keymap(written(tmp_path, "run.step =")).meaning("s") is None


def test_equals_signs_and_hashes_can_be_keys(tmp_path: Path) -> None:
    keymap = read_keymap(written(tmp_path, "run.step = #", "run.nudge.speed.1 = ="))

    assert keymap.meaning("number_sign") == "s"
    assert keymap.meaning("equals_sign") == "equals_sign"
    assert keymap.meaning("plus") is None


def test_a_clash_of_two_lines_is_refused_with_both_places(tmp_path: Path) -> None:
    words = refusal(tmp_path, "run.step = N", "# between", "run.epoch = N")

    assert "line 1 (run.step) and line 3 (run.epoch) both take N" in words


def test_a_clash_with_a_usual_key_is_refused_with_its_action(tmp_path: Path) -> None:
    words = refusal(tmp_path, "panel.left = h")

    assert "line 1 (panel.left) takes h, the usual key of run.nudge.hidden_sizes.1" in words


def test_an_action_with_two_lines_is_refused_with_both_places(tmp_path: Path) -> None:
    assert "line 1 and line 2 are both of run.step" in refusal(tmp_path, "run.step = N", "run.step = O")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("run.stepp = N", "line 1: run.stepp is no action; the nearest is run.step"),
        ("run.step = capslock", "capslock is no key"),
        ("run.step N", "has no ="),
        ("run.step = escape", "escape does the same in every map"),
        ("run.step = up", "up does the same in every map"),
        ("leave_at_once = Q", "so that one can always leave"),
        ("run.step = \x1b", "is no key"),
    ],
)
def test_a_line_that_cannot_be_is_refused_in_a_sentence(tmp_path: Path, line: str, why: str) -> None:
    assert why in refusal(tmp_path, line)


def test_every_complaint_is_told_at_once(tmp_path: Path) -> None:
    words = refusal(tmp_path, "run.stepp = N", "run.epoch = capslock")

    assert "line 1" in words
    assert "line 2" in words


def test_a_map_that_is_not_there_names_those_that_ship() -> None:
    with pytest.raises(FileError, match="the nearest map that ships is vim"):
        read_keymap("vimm")


def test_keys_of_all_signs_are_written_as_they_are_typed() -> None:
    for code in range(0x21, 0x7F):
        name = name_of(chr(code))
        assert write_key(name) == chr(code)
        assert read_key(chr(code)) == name
        assert character_of(name) == chr(code)


def test_names_of_signs_are_those_of_textual() -> None:
    from textual.keys import _character_to_key

    assert {
        chr(code) for code in range(0x21, 0x7F) if name_of(chr(code)) != _character_to_key(chr(code))
    } == set()
