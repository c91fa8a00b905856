"""Images that are not 28 x 28 are drawn, read, labeled, kept and trained on at their own size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.data import write_idx
from tui_nn.screens.digits import DigitsScreen
from tui_nn.training.commands import Rehearse
from tui_nn.views.adversarial.panel import AdversarialView
from tui_nn.views.drawing.panel import Canvas
from tui_nn.views.images.panel import ReadingView
from tui_nn.widgets.event_line import EventLine

Open = Any
Driven = Any


@pytest.fixture(params=[(8, 8), (12, 20), (40, 30)], ids=str)
def shape(request: pytest.FixtureRequest) -> tuple[int, int]:
    found: tuple[int, int] = request.param
    return found


@pytest.fixture
def folder(tmp_path: Path, shape: tuple[int, int]) -> str:
    """Return a folder of images of that shape, labeled 5 to 9."""
    at, rng = tmp_path / "small", np.random.default_rng(0)
    at.mkdir()
    write_idx(at / "train-images-idx3-ubyte", rng.integers(0, 256, (60, *shape), dtype=np.uint8))
    write_idx(at / "train-labels-idx1-ubyte", (5 + np.arange(60) % 5).astype(np.uint8))
    return str(at)


async def test_a_drawing_is_read_labeled_kept_and_trained_on(
    open_app: Open, folder: str, shape: tuple[int, int]
) -> None:
    async with open_app((80, 24), dataset=folder, hidden_sizes=(6,)) as driven:
        screen = driven.app.screen
        assert isinstance(screen, DigitsScreen)
        canvas, reading = screen.query_one(Canvas), screen.query_one("#drawing", ReadingView)
        await driven.press("enter", "K", "K", "space", *"JJJJJJJJ", "space")
        await driven.until(lambda: reading.reading is not None)

        assert canvas.board.shape == shape
        assert np.array_equal(reading.reading.image, canvas.board.ink)  # as it is on the canvas
        assert canvas.board.pen[0] == shape[0] - 1
        await driven.type("i4\r")
        await driven.until(lambda: "4 is not one of 5, 6, 7, 8, 9" in "\n".join(driven.screen_lines()))
        await driven.press("backspace")
        await driven.type("7\r")
        await driven.until(lambda: "Saved as a 7 (1 drawing so far)" in screen.query_one(EventLine).text)
        drawing = canvas.board.ink.copy()
        await driven.press("escape")
        driven.link.sent.clear()
        await driven.press("I")
        await driven.until(lambda: any(isinstance(command, Rehearse) for command in driven.link.sent))
        rehearsal = next(command for command in driven.link.sent if isinstance(command, Rehearse))

        assert rehearsal.classes.tolist() == [2]
        assert np.array_equal(rehearsal.images, drawing[None])
        await driven.until(lambda: driven.link.session.trainer.step > 0)


async def test_a_test_image_goes_on_the_canvas(open_app: Open, folder: str) -> None:
    async with open_app((120, 36), dataset=folder, hidden_sizes=(6,)) as driven:
        canvas = driven.app.screen.query_one(Canvas)
        await driven.press("enter", "t")
        await driven.until(lambda: not canvas.board.is_empty)

        assert np.array_equal(canvas.board.ink, driven.link.session.trainer.problem.test.raw[0])


async def test_a_drawing_of_any_size_is_pushed(open_app: Open, folder: str, shape: tuple[int, int]) -> None:
    async with open_app((80, 24), dataset=folder, hidden_sizes=(6,)) as driven:
        await driven.press("v", "v", "v", "v")
        view = driven.app.screen.query_one(AdversarialView)
        await driven.until(lambda: view.seen is not None)
        assert view.seen.image.shape == shape
        await driven.press("enter")
        await driven.until(lambda: view.seen.found is not None)
        await driven.settle()

        assert f"read as {view.seen.class_names[view.seen.at(view.epsilon)[1]]}" in driven.text(view)
