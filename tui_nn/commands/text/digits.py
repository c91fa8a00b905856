"""The words that draw: strokes in words, what the network reads of them, labels."""

from __future__ import annotations

import asyncio

import numpy as np
from numpy.typing import NDArray

from tui_nn.commands.text import strokes
from tui_nn.commands.text.action import Action, RefusedError
from tui_nn.commands.text.describing import moment_of
from tui_nn.commands.text.desk import Desk
from tui_nn.data import DataError
from tui_nn.data.digits import to_pixels
from tui_nn.data.drawing import fit_drawing
from tui_nn.training.remote.sketchbook import Sketchbook, sketchbook_for
from tui_nn.views.drawing.board import BRUSHES, DrawingBoard
from tui_nn.views.images.values import ImageMoment, ImageRequest, Reading

GROUP = "Draw"
LIKELY = 3


def _board(desk: Desk) -> DrawingBoard:
    shape = desk.run.config.image_shape
    if shape is None:
        raise RefusedError("There is nothing to draw on here: digits goes where digits are drawn.")
    return desk.boards.setdefault(shape, DrawingBoard(shape))


def drawing_of(desk: Desk) -> NDArray[np.uint8] | None:
    """Return the drawing as the network sees it; None while the canvas is empty. Raises RefusedError."""
    board = _board(desk)
    return None if board.is_empty else to_pixels(fit_drawing(board.ink, board.shape))


async def draw(desk: Desk, words: str) -> None:
    """Draw one stroke and say what is read."""
    board = _board(desk)
    if not words:
        rows, columns = board.shape
        raise RefusedError(
            f"The canvas has {rows} rows and {columns} columns, from the upper left; {strokes.GRAMMAR}."
        )
    desk.say(strokes.draw(board, words))
    await read(desk, "")


async def move(desk: Desk, words: str) -> None:
    """Move the pen, drawing if it is down."""
    board = _board(desk)
    desk.say(strokes.move(board, words))
    if board.is_down:
        await read(desk, "")


async def pen(desk: Desk, words: str) -> None:
    """Lower or lift the pen, or put it at a place."""
    board = _board(desk)
    wanted = {"down": True, "up": False}.get(words.casefold(), not board.is_down)
    if words and words.casefold() not in ("down", "up"):
        raise RefusedError(f"pen: {words[:40]} is not allowed; up or down")
    if wanted != board.is_down:
        board.toggle_pen()
    desk.say(strokes.pen_words(board))


def brush(desk: Desk, words: str) -> None:
    """Choose the width of the pen."""
    board = _board(desk)
    if words not in {"0", *map(str, BRUSHES)}:
        raise RefusedError(f"brush: {words[:40] or 'nothing'} is not allowed; 1, 2, 3, or 0, the eraser")
    board.brush = int(words)
    desk.say("Eraser." if words == "0" else f"Brush {words}.")


async def clear(desk: Desk, words: str) -> None:
    """Take away all ink."""
    _board(desk).clear()
    desk.say("The canvas is empty; undo stroke brings the drawing back.")


async def undo_stroke(desk: Desk, words: str) -> None:
    """Take back the last stroke."""
    desk.say("Taken back." if _board(desk).undo() else "There is no stroke to take back.")
    await read(desk, "")


async def redo_stroke(desk: Desk, words: str) -> None:
    """Draw the stroke again that was taken back."""
    desk.say("Drawn again." if _board(desk).redo() else "Nothing was taken back.")
    await read(desk, "")


async def invert(desk: Desk, words: str) -> None:
    """Turn ink into paper and paper into ink."""
    _board(desk).invert()
    await read(desk, "")


def canvas(desk: Desk, words: str) -> None:
    """Say where there is ink, row by row."""
    board = _board(desk)
    desk.say(strokes.pen_words(board), strokes.extent_words(board.ink), *strokes.rows_words(board.ink))


async def read(desk: Desk, words: str) -> None:
    """Say what the network reads in the drawing."""
    image = drawing_of(desk)
    if image is None:
        desk.say("The canvas is empty.")
        return
    moment = (await moment_of(desk, ImageRequest(drawing=image))).reply(ImageMoment)
    if moment is None or moment.drawing is None:
        raise RefusedError("The network does not read drawings of this size.")
    desk.say(reading_words(moment.drawing, moment.class_names))


def reading_words(reading: Reading, names: tuple[str, ...]) -> str:
    """Return the likeliest classes with their probabilities."""
    order = np.argsort(-np.nan_to_num(reading.probabilities, nan=-1.0), kind="stable")[:LIKELY].tolist()
    told = [f"{names[n]} {100 * float(reading.probabilities[n]):.1f} %" for n in order]
    return (
        f"The network reads {told[0]}; then {', '.join(told[1:])}."
        if told[1:]
        else f"The network reads {told[0]}."
    )


async def sample(desk: Desk, words: str) -> None:
    """Say how a test picture is read, and put it on the canvas."""
    board = _board(desk)
    if words and not (words.isdecimal() and int(words[:9]) > 0):
        raise RefusedError(f"picture: {words[:40]} is not allowed; the number of a test picture, from 1")
    moment = (await moment_of(desk, ImageRequest(sample=int(words[:9] or 1) - 1))).reply(ImageMoment)
    if moment is None or moment.sample is None:
        raise RefusedError("There is no such picture.")
    found = moment.sample
    if found.image.shape == board.shape:
        board.put(found.image)
    label = "" if found.label is None else f", a {moment.class_names[found.label]}"
    number = (int(words[:9] or 1) - 1) % max(1, moment.n_samples) + 1
    desk.say(f"Test picture {number:,} of {moment.n_samples:,}{label}, now on the canvas.")
    desk.say(reading_words(found, moment.class_names))


async def label(desk: Desk, words: str) -> None:
    """Keep the drawing with its class."""
    board = _board(desk)
    names = tuple(desk.run.config.dataset_spec.class_names)
    if board.is_empty:
        raise RefusedError("Draw a digit first.")
    if not words:
        desk.await_text(f"What was it? One of {', '.join(names)}.", lambda text: label(desk, text))
        return
    if words not in names:
        raise RefusedError(f"label: {words[:40]} is not allowed; one of {', '.join(names)}")
    ink = board.ink.copy()
    desk.tell(await asyncio.to_thread(lambda: _book(desk).keep(ink, names.index(words))))


def _book(desk: Desk) -> Sketchbook:
    names = tuple(desk.run.config.dataset_spec.class_names)
    return sketchbook_for(_board(desk).shape, names)


async def rehearse(desk: Desk, words: str) -> None:
    """Train for a moment on the drawings that were labeled."""
    _board(desk)
    book = await asyncio.to_thread(lambda: _book(desk))
    if not len(book):
        raise RefusedError(book.trouble or "No drawings yet: draw one, then label it.")
    try:
        desk.run.send(book.rehearsal(), done=f"Trained for a moment on your drawings ({len(book)}).")
    except DataError as error:
        raise RefusedError(f"{error}.") from None
    await desk.see()


ACTIONS = (
    Action(
        "draw",
        "STROKE",
        "draw a stroke: 5 8 to 20 8, or down 10, right 6 from the pen; then say what is read",
        GROUP,
        draw,
        ("stroke", "line"),
    ),
    Action("move", "WAYS", "move the pen: down 3, left 2; it draws if it is down", GROUP, move),
    Action("pen", "up|down", "lift or lower the pen", GROUP, pen),
    Action("brush", "1|2|3|0", "the width of the pen; 0 is the eraser", GROUP, brush),
    Action("read", "", "what the network reads in the drawing", GROUP, read, ("guess",)),
    Action("canvas", "", "where there is ink, row by row", GROUP, canvas),
    Action("undo stroke", "", "take back the last stroke", GROUP, undo_stroke),
    Action("redo stroke", "", "draw it again", GROUP, redo_stroke),
    Action("invert", "", "turn ink into paper and paper into ink", GROUP, invert),
    Action("clear", "", "take away all ink", GROUP, clear),
    Action("picture", "NUMBER", "how a test picture is read; it is put on the canvas", GROUP, sample),
    Action("label", "DIGIT", "keep the drawing with what it is", GROUP, label),
    Action("rehearse", "", "train for a moment on your drawings", GROUP, rehearse),
)
