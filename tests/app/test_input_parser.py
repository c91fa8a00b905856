"""Whatever a terminal sends: keys are keys, the rest is dropped, and nothing raises or waits for ever."""

from __future__ import annotations

import random

import pytest
from textual.events import Key, MouseDown, Paste, Resize
from textual.message import Message

from tui_nn.app.input_parser import LEAVE, MOST_PASTED, PASTE_BEGINS, PASTE_ENDS, InputParser

SEED = 10
PIECES = (
    *"\x1b\x1b\x1b[O]P_0129;;:<>?$!Mmu~tRARIy\x07\\\x00\x7f\x11\x1a\r\t aé漢",
    *("\x9b", "\x80", "200~", "201~", "\x1b[200~", "\x1b[201~", "\x1b[48;", "\x1b[<0;", "1114112", "55296"),
    *("-1", "2026;1$y", "2048;2$y", "9" * 40, "\x1b[[", "\x1b]11;", "\x1bP1+r", "\x1b_G"),
)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def keys(messages: list[Message]) -> list[str]:
    return [message.key for message in messages if isinstance(message, Key)]


@pytest.mark.parametrize(
    "junk",
    [
        "\x1b[1114112u",
        "\x1b[97;2:3u",
        "\x1b[97:2;3:u",
        "\x1b[:D",
        "\x1b[55296u",
        "\x1b[97;1;57343u",
        "\x1b[99999999999999999999u",
        "\x1b[1;x",
        "\x1b[5;5;5;5Z",
        "\x1b[?9999;9$y",
        "\x1b[" + "9" * 5000 + "u",
        "\x1b[<" + "9" * 400 + ";1;1M",
        "\x1b[<9;9M",
        "\x1b]11;rgb:0000/0000/0000\x1b\\",
        "\x1b]0;" + "title " * 20 + "\x07",
        "\x1bP1+r544e=787465\x1b\\",
        "\x1b_Gi=31;OK\x1b\\",
        "\x1bO\x1b[3;4;5",
        "\x1b[M\x1b[[\x1b[",
        "\x9b",
    ],
    ids=lambda junk: repr(junk[:14]),
)
def test_junk_is_dropped_and_the_next_keys_are_read(junk: str, clock: Clock) -> None:
    parser = InputParser(clock)
    messages = parser.feed(junk)
    clock.now += 1.0
    messages += parser.tick()

    assert keys(messages) == []
    assert keys(parser.feed("a\x1b[A\x11")) == ["a", "up", "ctrl+q"]


@pytest.mark.parametrize("size", ["0;0;0;0", "24;80;0;0", "0;80;480;800", "24;80;480;0"])
def test_a_mouse_report_after_an_impossible_size_is_read(size: str) -> None:
    parser = InputParser()
    sizes = [message.size for message in parser.feed(f"\x1b[48;{size}t") if isinstance(message, Resize)]
    (pressed,) = parser.feed("\x1b[<0;5;6M")

    assert sizes == ([(80, 24)] if size.startswith("24;80") else [])
    assert isinstance(pressed, MouseDown)
    assert (pressed.x, pressed.y) == (4, 5)


def test_mouse_reports_in_pixels_are_read_by_the_size(clock: Clock) -> None:
    parser = InputParser(clock)
    parser.feed("\x1b[48;24;80;480;800t")
    parser.feed("\x1b[1114112u")
    (pressed,) = parser.feed("\x1b[<0;101;201M")

    assert isinstance(pressed, MouseDown)
    assert (pressed.x, pressed.y) == (10, 10)


@pytest.mark.parametrize(
    ("sequence", "key"),
    [
        ("\x1b[A", "up"),
        ("\x1bOA", "up"),
        ("\x1b[1;5C", "ctrl+right"),
        ("\x1b[3~", "delete"),
        ("\x1b[[A", "f1"),
        ("\x1b[97u", "a"),
        ("\x1b[3$", "shift+delete"),
    ],
)
def test_a_key_in_pieces_is_one_key(sequence: str, key: str, clock: Clock) -> None:
    parser = InputParser(clock)
    found = keys(parser.feed(sequence[:2]))
    for character in sequence[2:]:
        clock.now += 0.49
        found += keys(parser.tick()) + keys(parser.feed(character))

    assert found == [key]
    assert not parser.is_waiting


def test_a_lone_escape_waits_a_tenth_of_a_second(clock: Clock) -> None:
    parser = InputParser(clock)
    assert parser.feed("\x1b") == []
    clock.now += 0.09
    assert parser.tick() == []
    clock.now += 0.02

    assert keys(parser.tick()) == ["escape"]
    assert not parser.is_waiting


def test_two_escapes_are_two_keys(clock: Clock) -> None:
    parser = InputParser(clock)
    found = keys(parser.feed("\x1b\x1b"))
    clock.now += 0.2
    found += keys(parser.tick())

    assert found == ["escape", "escape"]


@pytest.mark.parametrize("character", "s1q -=.,PN_xX\r\x11")
def test_a_character_right_behind_an_escape_is_a_key_of_its_own(character: str, clock: Clock) -> None:
    (alone,) = keys(InputParser(clock).feed(character))

    assert keys(InputParser(clock).feed(f"\x1b{character}c")) == ["escape", alone, "c"]


def test_a_sequence_that_is_never_finished_presses_nothing(clock: Clock) -> None:
    parser = InputParser(clock)
    for begun in ("\x1b[", "\x1bO", "\x1b[1;", "\x1b[<0;5", "\x1b]11;rgb", "\x1b[M!"):
        parser.feed(begun)
        clock.now += 0.6
        assert keys(parser.tick()) == []

    assert keys(parser.feed("]")) == ["right_square_bracket"]


def test_a_paste_is_one_message_however_it_arrives(clock: Clock) -> None:
    parser = InputParser(clock)
    stream = f"{PASTE_BEGINS}0.01\x1b[A\x00\nnext{PASTE_ENDS}q"
    messages = [message for character in stream for message in parser.feed(character)]

    assert isinstance(messages[0], Paste)
    assert messages[0].text == "0.01[A\nnext"
    assert keys(messages[1:]) == ["q"]


def test_a_paste_that_is_never_closed_ends_after_a_moment(clock: Clock) -> None:
    parser = InputParser(clock)
    parser.feed(f"{PASTE_BEGINS}abc")
    clock.now += 0.9
    assert parser.tick() == []
    clock.now += 0.2
    (paste,) = parser.tick()

    assert isinstance(paste, Paste)
    assert paste.text == "abc"
    assert keys(parser.feed(" ")) == ["space"]


@pytest.mark.parametrize(
    "pieces",
    [
        (LEAVE,),
        ("abc", LEAVE),
        (f"abc{LEAVE}",),
        (f"{LEAVE}\x1b[1;1R",),  # the terminal has answered meanwhile
        ("abc", f"{LEAVE}\x1b[1;1R\x1b[I"),
        (f"abc{LEAVE}\x1b[1;1R",),
    ],
    ids=repr,
)
def test_ctrl_q_ends_a_paste_that_is_never_closed(pieces: tuple[str, ...], clock: Clock) -> None:
    parser = InputParser(clock)
    parser.feed(PASTE_BEGINS)
    messages = [message for piece in pieces for message in parser.feed(piece)]
    clock.now += 1.1
    messages += parser.tick()

    assert keys(messages) == ["ctrl+q"]


def test_ctrl_q_within_a_paste_is_no_key(clock: Clock) -> None:
    messages = InputParser(clock).feed(f"{PASTE_BEGINS}abc{LEAVE}def{LEAVE}{PASTE_ENDS}x")

    assert keys(messages) == ["x"]


def test_of_an_endless_paste_a_part_is_kept(clock: Clock) -> None:
    parser = InputParser(clock)
    parser.feed(PASTE_BEGINS)
    for _ in range(6):
        parser.feed("x" * (MOST_PASTED // 4))
    (paste,) = parser.feed(PASTE_ENDS)

    assert isinstance(paste, Paste)
    assert len(paste.text) == MOST_PASTED


def test_random_input_never_raises_and_keys_are_read_after_it(clock: Clock) -> None:
    rng = random.Random(SEED)
    parser = InputParser(clock)
    for _ in range(20_000):
        for message in parser.feed("".join(rng.choices(PIECES, k=rng.randint(1, 5)))):
            assert not isinstance(message, Key) or (message.character or "").encode() is not None
            assert not isinstance(message, Resize) or message.size
        clock.now += rng.choice((0.0, 0.0, 0.05, 0.3, 1.2))
        parser.tick()
    clock.now += 2.0
    parser.tick()

    assert not parser.is_waiting
    assert keys(parser.feed("a\x11")) == ["a", "ctrl+q"]


@pytest.mark.parametrize(
    "begun",
    [
        "\x1b",
        "\x1b[",
        "\x1b[<5;9",
        "\x1b[M",
        "\x1b[M !",
        "\x1bO",
        "\x1b]11;rgb:",
        "\x1bP1+r",
        "\x1b_G",
        "\x1b[200~",
        "\x1b[200~ab",
    ],
    ids=repr,
)
def test_ctrl_q_leaves_whatever_has_begun_before_it(clock: Clock, begun: str) -> None:
    apart, together = InputParser(clock), InputParser(clock)

    assert keys([*apart.feed(begun), *apart.feed(LEAVE)])[-1] == "ctrl+q"
    assert keys(together.feed(begun + LEAVE))[-1:] == ["ctrl+q"] or begun.startswith(PASTE_BEGINS)
