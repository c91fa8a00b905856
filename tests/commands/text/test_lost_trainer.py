"""Words that ask the trainer something say that it is gone where it is, and nothing else."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from tui_nn.commands.text.action import RefusedError
from tui_nn.commands.text.actions import find_action
from tui_nn.settings.config import Config
from tui_nn.settings.presets import presets
from tui_nn.training.example import FIRST_EXAMPLE
from tui_nn.views.drawing.board import DrawingBoard

DIGITS = Config.from_dict(presets()["digits"].settings)
WORDS = [
    "at 0 0",
    "read",
    "picture 2",
    "push",
    "neuron 1 1",
    "weight 1 1 1",
    "freeze 1 1",
    "cut 1 1 2",
    "walk",
]


class LeftDesk:
    """A desk whose trainer is gone; a digit is begun on its canvas."""

    example, lesson, walked = FIRST_EXAMPLE, None, None

    def __init__(self) -> None:
        assert DIGITS.image_shape is not None
        board = DrawingBoard(DIGITS.image_shape)
        board.draw_to((3, 3), begins=True)
        self.run, self.boards = SimpleNamespace(config=DIGITS), {DIGITS.image_shape: board}

    async def see(self, *looks: object, history: bool = False, points: bool = False) -> None:
        """Return no moment."""


@pytest.mark.parametrize("line", [*WORDS, "walk train 3", "stage", "next sample", "previous sample"])
def test_a_trainer_that_is_gone_is_said_to_be_gone(line: str) -> None:
    desk: Any = LeftDesk()
    found = find_action(line)
    assert found is not None
    action, rest = found

    async def do() -> None:
        done = action.do(desk, rest)
        assert done is not None
        await done

    with pytest.raises(RefusedError, match="The trainer is gone; run starts another one"):
        asyncio.run(do())
