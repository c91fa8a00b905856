"""What is drawn with keys: a grid of ink, a pen that is lowered and lifted, strokes to take back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.frame import FRAME

INK = 255
MOST_STROKES = 200
BRUSHES: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((0, 0),),
    2: ((0, 0), (0, 1), (1, 0), (1, 1)),
    3: ((0, 0), (0, 1), (1, 0), (0, -1), (-1, 0)),
}
"""Cells (down, right) of the pen that each brush fills."""
ERASER = 0


class DrawingBoard:
    """A drawing in the making; positions are (row, column)."""

    def __init__(self, shape: tuple[int, int] = FRAME) -> None:
        self.shape = shape
        self.ink: NDArray[np.uint8] = np.zeros(shape, dtype=np.uint8)
        self.pen = (shape[0] // 2, shape[1] // 2)
        self.is_down = False
        self.brush = 2
        self.mark: tuple[int, int] | None = None
        self._before: list[NDArray[np.uint8]] = []
        self._undone: list[NDArray[np.uint8]] = []

    @property
    def is_empty(self) -> bool:
        """Whether there is no ink."""
        return not self.ink.any()

    def move(self, down: int, right: int) -> None:
        """Move the pen, drawing if it is down."""
        start = self.pen
        self.pen = self._inside(start[0] + down, start[1] + right)
        if self.is_down:
            self._draw_line(start, self.pen)

    def toggle_pen(self) -> None:
        """Lower the pen, which begins a stroke, or lift it."""
        self.is_down = not self.is_down
        if self.is_down:
            self._begin()
            self._stamp(self.pen)

    def lift(self) -> None:
        """Lift the pen."""
        self.is_down = False

    def set_mark(self) -> None:
        """Remember the pen's place for a line."""
        self.mark = self.pen

    def line_from_mark(self) -> bool:
        """Draw a straight stroke from the mark to the pen, and move the mark here; False without a mark."""
        if self.mark is None:
            return False
        self._begin()
        self._draw_line(self.mark, self.pen)
        self.mark = self.pen
        return True

    def draw_to(self, position: tuple[int, int], begins: bool) -> None:
        """Draw from the pen to a position, as the mouse does; `begins` starts a stroke there."""
        position = self._inside(*position)
        if begins:
            self._begin()
            self.pen = position
        self._draw_line(self.pen, position)
        self.pen = position

    def clear(self) -> None:
        """Take away all ink; it can be taken back."""
        self._begin()
        self.ink[:] = 0
        self.lift()

    def invert(self) -> None:
        """Turn ink into paper and paper into ink."""
        self._begin()
        np.subtract(INK, self.ink, out=self.ink)

    def put(self, image: NDArray[np.uint8]) -> None:
        """Replace the drawing by an image of its shape."""
        self._begin()
        self.ink[:] = image
        self.lift()

    def undo(self) -> bool:
        """Take back the last stroke; False if there is none."""
        if not self._before:
            return False
        self._undone.append(self.ink.copy())
        self.ink[:] = self._before.pop()
        self.lift()
        return True

    def redo(self) -> bool:
        """Draw again the stroke taken back last; False if there is none."""
        if not self._undone:
            return False
        self._before.append(self.ink.copy())
        self.ink[:] = self._undone.pop()
        return True

    def _begin(self) -> None:
        self._before = [*self._before[1 - MOST_STROKES :], self.ink.copy()]
        self._undone.clear()

    def _draw_line(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        n_steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
        for part in np.linspace(0, 1, n_steps + 1):
            row = round(start[0] + part * (end[0] - start[0]))
            column = round(start[1] + part * (end[1] - start[1]))
            self._stamp((row, column))

    def _stamp(self, position: tuple[int, int]) -> None:
        value = 0 if self.brush == ERASER else INK
        for down, right in BRUSHES[3 if self.brush == ERASER else self.brush]:
            row, column = position[0] + down, position[1] + right
            if (row, column) == self._inside(row, column):
                self.ink[row, column] = value

    def _inside(self, row: int, column: int) -> tuple[int, int]:
        """Return the nearest position that is inside."""
        return max(0, min(self.shape[0] - 1, row)), max(0, min(self.shape[1] - 1, column))
