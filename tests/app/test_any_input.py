"""What a terminal can send: pasted text, sequences nobody knows, keys faster than they can be drawn."""

from __future__ import annotations

import random
from typing import Any

import pytest
from textual.events import Key
from textual.keys import key_to_character

from tui_nn.settings.actions import ACTIONS
from tui_nn.training.snapshot import Status

Open = Any
Driven = Any
LEAVING = {"leave", "leave_at_once", "interrupt"}
MOVING = ["up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "enter", "escape"]
TYPING = ["backspace", "delete", "0", "3", ".", "i", "f", "é"]
KEYS = [key for action in ACTIONS if action.name not in LEAVING for key in action.keys] + MOVING + TYPING
SEQUENCES = [
    "\x1b[999z",
    "\x1b[?1;2c",
    "\x1b[>41;354;0c",
    "\x1bP1$r0m\x1b\\",
    "\x1b]11;rgb:0000/0000/0000\x1b\\",
    "\x1b]52;c;aGVsbG8=\x07",
    "\x1b[<35;10;10M",
    "\x1b[<0;1;1m",
    "\x1b[M !!",
    "\x1b[I",
    "\x1b[O",
    "\x1b[1;5R",
    "\x1b[200;300R",
    "\x1b[24;5~",
    "\x1b[57441u",
    "\x1b[97;5u",
    "\x1bOx",
    "\x1b[;;;;;",
    "\x00\x01\x02\x1c\x1d\x1e\x1f\x7f",
    "é漢字🙂",
    "\x9b1;2R",
    "\udc80",
]
NOISE = "\x1b\x1b[]?;<>0123456789OPM~\x07\\ABCDuRmz"


def _burst(driven: Driven, keys: list[str]) -> None:
    for key in keys:
        driven.driver.process_message(Key(key, key_to_character(key)))


async def test_pasted_text_is_not_taken_for_keys(open_app: Open) -> None:
    async with open_app() as driven:
        before = driven.config
        for focus in ([], ["tab"], ["tab"], ["tab"]):
            await driven.press(*focus)
            await driven.type("\x1b[200~hello q r R g ] h\nspace\n\x1b[201~")

        assert driven.config == before
        assert driven.app.return_value is None
        assert driven.session.trainer.step == 0


@pytest.mark.parametrize("sequence", SEQUENCES, ids=repr)
async def test_an_unknown_sequence_breaks_nothing(open_app: Open, sequence: str) -> None:
    async with open_app() as driven:
        await driven.type(sequence)
        await driven.press("escape", "escape", "escape", "1")
        step = driven.session.trainer.step
        await driven.press("s")

        await driven.until(lambda: driven.snapshot.step == step + 1)
        assert driven.app.return_value is None


async def test_noise_on_the_line_breaks_nothing(open_app: Open) -> None:
    rng = random.Random(0)
    async with open_app((80, 24)) as driven:
        for _ in range(40):
            noise = ["".join(rng.choices(NOISE, k=12)) for _ in range(10)]
            for text in noise:
                await driven.type(text, settles=text is noise[-1])

        assert driven.app.return_value is None


@pytest.mark.parametrize(
    ("key", "name", "value"),
    [
        ("right_square_bracket", "learning_rate", 10.0),
        ("left_square_bracket", "learning_rate", 1e-5),
        ("minus", "speed", 1.0),
        ("h", "hidden_sizes", (4, 2, *[2] * 14)),
        ("H", "hidden_sizes", ()),
        ("U", "hidden_sizes", (1, 2)),
    ],
)
async def test_a_key_held_down_stops_at_the_end_of_its_range(
    open_app: Open, key: str, name: str, value: object
) -> None:
    async with open_app() as driven:
        await driven.press("space")
        _burst(driven, [key] * 200)

        await driven.until(lambda: getattr(driven.config, name) == value)
        await driven.until(lambda: getattr(driven.snapshot.config, name) == value)


@pytest.mark.parametrize("key", ["tab", "z", "a", "p", "r", "g", "question_mark", "c"])
async def test_a_key_held_down_is_obeyed_to_the_end(open_app: Open, key: str) -> None:
    async with open_app((80, 24)) as driven:
        _burst(driven, [key] * 200)
        await driven.settle()
        await driven.press("escape", "escape", "escape", "escape")
        step = driven.session.trainer.step
        await driven.press("s")

        await driven.until(lambda: driven.snapshot.step == step + 1)


async def test_two_hundred_neurons_more_are_trained_and_taken_back(open_app: Open) -> None:
    async with open_app() as driven:
        before = driven.parameters
        _burst(driven, ["u"] * 200)
        await driven.until(lambda: driven.snapshot.layer_sizes[1] == 204)
        _burst(driven, ["ctrl+z"] * 200)
        await driven.until(lambda: driven.snapshot.layer_sizes[1] == 4)

        assert (driven.parameters == before).all()


@pytest.mark.parametrize("seed", range(4))
async def test_a_child_on_the_keyboard_breaks_nothing(open_app: Open, seed: int) -> None:
    rng = random.Random(seed)
    sizes = [(80, 24), (120, 36), (60, 20), (1, 1), (30, 60), (200, 60)]
    async with open_app(rng.choice(sizes), depth=rng.choice(["truecolor", "256", "16", "mono"])) as driven:
        for _ in range(25):
            _burst(driven, rng.choices(KEYS, k=6))
            await driven.settle()
            if rng.random() < 0.1:
                await driven.resize(*rng.choice(sizes))

        assert driven.app.return_value is None
        assert driven.snapshot.status in Status
