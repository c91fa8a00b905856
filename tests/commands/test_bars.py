from __future__ import annotations

import io

import pytest

from tui_nn.commands.bars import takes_bars
from tui_nn.settings.accessible import is_accessible


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("text", ["1", "true", "yes", "anything"])
def test_a_terminal_that_is_read_aloud_takes_no_bars(text: str) -> None:
    assert is_accessible({"ACCESSIBLE": text})
    assert not takes_bars(Terminal(), {"ACCESSIBLE": text})


@pytest.mark.parametrize(
    "environment", [{}, {"ACCESSIBLE": ""}, {"ACCESSIBLE": "0"}, {"ACCESSIBLE": "False"}]
)
def test_any_other_terminal_takes_them_and_a_pipe_does_not(environment: dict[str, str]) -> None:
    assert takes_bars(Terminal(), environment)
    assert not takes_bars(io.StringIO(), environment)
