"""The help page: what does not fit goes on below itself, never at the edge."""

from __future__ import annotations

import pytest
from textual.events import Resize
from textual.geometry import Size

from tui_nn.screens.keys import KeysScreen, keys_text
from tui_nn.settings.actions import ACTIONS
from tui_nn.views.drawing.panel import DRAW_KEYS


@pytest.mark.parametrize("width", [50, 54, 70])
def test_words_that_do_not_fit_go_on_below_themselves(width: int) -> None:
    lines = keys_text(DRAW_KEYS, width).plain.splitlines()
    keys_width = max(len(action.shown) for action in ACTIONS)
    broken = [line for line in lines if line.startswith(" " * (keys_width + 4))]

    assert max(map(len, lines)) <= width
    assert broken or width > 60
    groups = {action.group for action in ACTIONS}
    assert all(
        line.startswith("  ") or line in groups or not line or line.startswith("Draw,") for line in lines
    )


def test_no_word_is_lost_by_breaking() -> None:
    def whole(width: int) -> str:
        return " ".join(keys_text(DRAW_KEYS, width).plain.split())

    assert whole(50) == whole(1000)


def test_a_size_that_comes_before_the_page_is_there_is_no_fault() -> None:
    KeysScreen().on_resize(Resize(Size(80, 24), Size(80, 24)))
