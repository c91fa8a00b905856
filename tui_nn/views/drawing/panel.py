"""The canvas: as many cells as an image has pixels, drawn on with keys, or with a mouse."""

from __future__ import annotations

import math

from textual.events import Key, MouseDown, MouseEvent, MouseMove, MouseUp
from textual.message import Message
from textual.reactive import reactive

from tui_nn.render import slots
from tui_nn.render.cells import Cells, fit, write
from tui_nn.render.ink import ink_picture, ink_unit
from tui_nn.render.palette import Palette
from tui_nn.views.drawing.board import ERASER, INK, DrawingBoard
from tui_nn.widgets.cells_view import CellsView

STEPS = {
    "up": (-1, 0),
    "down": (1, 0),
    "left": (0, -1),
    "right": (0, 1),
    "k": (-1, 0),
    "j": (1, 0),
    "h": (0, -1),
    "l": (0, 1),
    "y": (-1, -1),
    "u": (-1, 1),
    "b": (1, -1),
    "n": (1, 1),
}
"""Key -> (down, right); with shift, or as a capital, by FAR cells."""
FAR = 5
LET_THROUGH = "qviI?"
"""Keys that keep their meaning while DRAW is on; others would change the run by a slip of the pen."""
DRAW_KEYS: tuple[tuple[str, str], ...] = (
    ("arrows", "move"),
    ("space", "pen down, up"),
    ("backspace", "undo stroke"),
    ("c", "clear"),
    ("escape", "end"),
    ("?", "help"),
    ("i", "label it"),
    ("yubn", "move diagonally"),
    ("shift", "move by 5"),
    ("1 2 3 0", "brushes, eraser"),
    ("m /", "mark, line from it"),
    ("ctrl+y", "redo stroke"),
    ("t", "a test digit"),
    ("x", "invert"),
    ("P", "run/pause"),
)
"""What the keys do while DRAW is on, the most needed first."""


class Canvas(CellsView, can_focus=True):
    """Takes the keys of drawing while DRAW is on; says when the drawing has changed."""

    DEFAULT_CSS = """
    Canvas { width: auto; height: auto; }
    """

    is_drawing: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether keys draw."""

    class Changed(Message):
        """The drawing is another one."""

    class Told(Message):
        """Something to say in words."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    class TestDigitWanted(Message):
        """A test digit is to be put on the canvas."""

    class Switched(Message):
        """DRAW is on or off."""

        def __init__(self, is_drawing: bool) -> None:
            self.is_drawing = is_drawing
            super().__init__()

    class PauseWanted(Message):
        """The training is to run or pause."""

    def __init__(self, palette: Palette, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(palette, id=id, classes=classes)
        self.board = DrawingBoard()

    def take_shape(self, shape: tuple[int, int]) -> None:
        """Be as large as the images (rows, columns); what was drawn at another size is gone."""
        if shape != self.board.shape:
            self.board = DrawingBoard(shape)
            self._changed()

    def draw(self, height: int, width: int) -> Cells:
        """Return the drawing with its brush."""
        cells = fit(ink_picture(self.board.ink / INK, self.palette, height, width), height, width)
        if self.is_drawing:
            row, column = self._place(self.board.pen, height, width)
            glyph = "@" if self.palette.is_ascii else ("●" if self.board.is_down else "○")
            write(cells, row, column, glyph, slots.SELECTED, slots.SELECTION)
        return cells

    @property
    def takes_letters(self) -> bool:
        """Whether letters draw, in whatever map of keys."""
        return self.is_drawing

    def on_key(self, event: Key) -> None:
        """Draw, while DRAW is on; enter turns it on, escape off."""
        character = event.character or ""
        if not self.is_drawing:
            if event.key == "enter":
                self.is_drawing = True
                self._take(event)
            return
        is_drawing_key = self._draw_by_key(event.key, character)
        if is_drawing_key or (event.is_printable and character not in LET_THROUGH):
            self._take(event)

    def on_mouse_down(self, event: MouseDown) -> None:
        """Begin a stroke."""
        self.capture_mouse()
        self.board.draw_to(self._position(event), begins=True)
        self._changed()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Go on with the stroke."""
        if event.button:
            self.board.draw_to(self._position(event), begins=False)
            self._changed()

    def on_mouse_up(self, _: MouseUp) -> None:
        """End the stroke."""
        self.release_mouse()

    def watch_is_drawing(self, is_drawing: bool) -> None:
        """Show it on the border."""
        self.board.lift()
        self._changed()
        self.post_message(self.Switched(is_drawing))

    def on_mount(self) -> None:
        """Show on the border what the keys do."""
        self._name_border()

    def on_blur(self) -> None:
        """Leave DRAW with the keyboard."""
        self.is_drawing = False

    def _draw_by_key(self, key: str, character: str) -> bool:
        """Do what a key does while DRAW is on; return whether it was one of drawing."""
        board = self.board
        name, distance = (key[6:], FAR) if key.startswith("shift+") else (key, 1)
        if len(character) == 1 and character.isupper() and character.lower() in STEPS:
            name, distance = character.lower(), FAR
        if name in STEPS:
            down, right = STEPS[name]
            board.move(down * distance, right * distance)
        elif key == "space":
            board.toggle_pen()
            self.post_message(self.Told("Pen down: moving draws." if board.is_down else "Pen up."))
        elif character in ("1", "2", "3", "0"):
            board.brush = int(character)
            self.post_message(self.Told("Eraser." if board.brush == ERASER else f"Brush {board.brush}."))
        elif not self._edit_by_key(key, character):
            return False
        self._changed()
        return True

    def _edit_by_key(self, key: str, character: str) -> bool:
        board = self.board
        words = ""
        if key == "escape":
            self.is_drawing = False
        elif character == "m":
            board.set_mark()
            words = "Mark set: / draws a line from here."
        elif character == "/":
            words = "" if board.line_from_mark() else "There is no mark yet; m sets one."
        elif key == "backspace":
            words = "Stroke undone." if board.undo() else "Nothing to undo."
        elif key == "ctrl+y":
            words = "Stroke redone." if board.redo() else "Nothing to redo."
        elif character == "c":
            board.clear()
            words = "Cleared; backspace undoes it."
        elif character == "x":
            board.invert()
        elif character == "t":
            self.post_message(self.TestDigitWanted())
        elif character == "P":
            self.post_message(self.PauseWanted())
        else:
            return False
        if words:
            self.post_message(self.Told(words))
        return True

    def _name_border(self) -> None:
        """Write on the border whether DRAW is on, and with what."""
        if not self.is_drawing:
            self.name_panel("Canvas", "enter draws")
            return
        pen = "down" if self.board.is_down else "up"
        tool = "eraser" if self.board.brush == ERASER else f"brush {self.board.brush}"
        self.name_panel("DRAW", f"pen {pen}, {tool}")

    def _changed(self) -> None:
        self._name_border()
        self.redraw()
        self.post_message(self.Changed())

    def _place(self, pen: tuple[int, int], height: int, width: int) -> tuple[int, int]:
        """Return the cell (row, column) that shows the pen."""
        rows, columns = ink_unit(self.board.shape, self.palette, height, width)
        return int(pen[0] * rows), int(pen[1] * columns)

    def _position(self, event: MouseEvent) -> tuple[int, int]:
        """Return the place of the drawing that is under the mouse."""
        width, height = self.size
        rows, columns = ink_unit(self.board.shape, self.palette, max(1, height), max(1, width))
        left, top = self.content_region.offset - self.region.offset
        return _shown_at(event.y - top, rows), _shown_at(event.x - left, columns)

    @staticmethod
    def _take(event: Key) -> None:
        event.stop()
        event.prevent_default()


def _shown_at(cell: float, unit: float) -> int:
    """Return the place along one axis that a cell shows; each place takes `unit` cells."""
    return math.ceil(cell / unit) if unit < 1 else int((cell + 0.5) / unit)
