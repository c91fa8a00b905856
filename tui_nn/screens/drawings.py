"""What the Digits screen does with labeled drawings, outside the event loop: keeps them, trains on them."""

from __future__ import annotations

import asyncio
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tui_nn.data import DataError
from tui_nn.files.errors import FileError
from tui_nn.training.remote.run import Run
from tui_nn.training.remote.sketchbook import Sketchbook, sketchbook_for


class Drawings:
    """The drawings that are kept for images of one shape and with the same classes, read when asked for."""

    def __init__(self, shape: tuple[int, int], class_names: tuple[str, ...]) -> None:
        self._shape, self._class_names = shape, class_names
        self.n_kept = 0
        """How many were kept since the program began."""

    @cached_property
    def book(self) -> Sketchbook:
        """The file with what is not in it yet. Raises FileError."""
        return sketchbook_for(self._shape, self._class_names)

    async def keep(self, run: Run, drawing: NDArray[np.uint8], digit: int) -> None:
        """Keep a drawing in the file; another session may hold it for a moment."""
        try:
            run.tell(await asyncio.to_thread(lambda: self.book.keep(drawing, digit)))
            self.n_kept += 1
            run.look()
        except FileError as error:
            run.tell(f"Not kept: {error.why}. I trains on it until you leave.", True)
        except DataError as error:
            run.tell(f"Not kept: {error}.", True)

    async def rehearse(self, run: Run) -> None:
        """Train a run on the kept drawings for a moment."""
        try:
            book = await asyncio.to_thread(lambda: self.book)
        except FileError as error:
            run.tell(f"{error}.", True)
            return
        if len(book):
            run.tell(f"Training on your drawings ({len(book)}) ...")
            run.send(book.rehearsal(), done=f"Trained for a moment on your drawings ({len(book)}).")
        else:
            nothing = "No drawings yet: draw one, then press i to label it."
            run.tell(book.trouble or nothing, bool(book.trouble))
