"""Whatever comes from outside, no control of it reaches the terminal from any screen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from textual.app import App, ComposeResult
from textual.widgets import Input, Static

from tui_nn.data import write_idx
from tui_nn.screens.digits import DigitsScreen
from tui_nn.views.images.panel_errors import ErrorsView
from tui_nn.widgets.prompt import Prompt

Open = Any
Driven = Any
HOSTILE = "v\x1b]0;owned\x07\x9b2J\u202e[red]"
RAW = re.compile("\x1b\\]0|owned\x07|[\x80-\x9f\u202a-\u202e]")


def image_folder(at: Path) -> str:
    at.mkdir()
    rng = np.random.default_rng(0)
    write_idx(at / "train-images-idx3-ubyte", rng.integers(0, 256, (60, 28, 28), dtype=np.uint8))
    write_idx(at / "train-labels-idx1-ubyte", (np.arange(60) % 3).astype(np.uint8))
    (at / "classes.txt").write_text("".join(f"{i}{HOSTILE}\n" for i in range(3)), encoding="utf-8")
    return str(at)


def assert_tame(driven: Driven) -> None:
    written = "".join(driven.driver.written)
    found = RAW.search(written)
    assert not found, repr(written[max(0, found.start() - 60) : found.end() + 60])


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_names_of_classes_and_of_their_folder_on_every_screen_of_images(
    open_app: Open, tmp_path: Path, size: tuple[int, int]
) -> None:
    folder = image_folder(tmp_path / "set\x1b]0;owned\x07")
    async with open_app(size, dataset=folder, hidden_sizes=(6,), batch_size=10, screen="digits") as driven:
        screen = driven.app.screen
        assert isinstance(screen, DigitsScreen)
        await driven.until(lambda: screen.snapshot is not None)
        await driven.press("enter", "space", "J", "J", "space", "escape")
        for _ in range(4):
            await driven.press("v", "t")
            await driven.settle()
        screen.showing = "errors"
        screen.query_one(ErrorsView).pair = (1, 2)
        await driven.settle()
        assert "\\x1b]0;" in str(screen.query_one("#wrong").border_title)
        await driven.press("c")
        for key in ("3", "f", "n", "4", "1"):
            await driven.press(key)
            await driven.settle()
        text = "\n".join(driven.screen_lines())

        assert not RAW.search(text)
        assert_tame(driven)


async def test_the_name_of_a_folder_in_the_prompt_and_in_the_field(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        driven.prompt.ask(
            f"label {HOSTILE}", f"/tmp/{HOSTILE}", "", f"note {HOSTILE}", lambda _: HOSTILE, print
        )
        await driven.settle()
        lines = driven.screen_lines()
        driven.prompt.query_one(Input).post_message(Input.Submitted(driven.prompt.query_one(Input), ""))
        await driven.settle()
        driven.app.tell(HOSTILE, True)
        await driven.settle()

        assert any("\\x1b]0;" in line for line in lines)
        assert isinstance(driven.prompt, Prompt)
        assert {len(line) for line in lines} == {80}
        assert_tame(driven)


class Plain(App[None]):
    """An app whose widgets know nothing of controls, behind the gate."""

    def compose(self) -> ComposeResult:
        """Show hostile words in a field, a label and on a border."""
        yield Static(HOSTILE * 3, markup=False)
        yield Input(HOSTILE)
        box = Static("x", id="box")
        box.border_title = HOSTILE.replace("[", "\\[")
        box.styles.border = ("round", "white")
        yield box


async def test_the_gate_holds_for_any_widget_and_keeps_the_width() -> None:
    from tui_nn.render.strips import VisibleLines

    app = Plain()
    app._filters.append(VisibleLines())
    async with app.run_test(size=(60, 12)):
        lines = [strip.text for strip in app.screen._compositor.render_strips()]

    assert not any(RAW.search(line) for line in lines)
    assert "\\x1b]0;owned" in lines[0]
    assert {len(line) for line in lines} == {60}
