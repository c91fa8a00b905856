"""An image that is pushed by keys until the network misreads it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from tui_nn.render.cells import Cells, blank
from tui_nn.render.palette import Palette
from tui_nn.views.adversarial.draw import adversarial_picture, aim, smallest_words
from tui_nn.views.adversarial.values import EPSILONS, Adversarial, AdversarialRequest
from tui_nn.widgets.cells_view import CellsView

EVERY = 3
"""While a network trains, an image is pushed anew at every so many pictures, and at once when another is."""
FIRST = 0.1
"""The first ε."""
SAME = 1e-9
"""Steps that differ by less are one."""
KEYS = "left right: push, enter: smallest, up down: target"
COARSE = 10
"""Steps that a page key goes."""


class AdversarialView(CellsView, can_focus=True):
    """Draws Adversarial; keys move ε, choose the target, find the smallest ε."""

    BINDINGS = [
        Binding("left", "push(-1)", "smaller ε", show=False),
        Binding("right", "push(1)", "larger ε", show=False),
        Binding("pagedown", f"push(-{COARSE})", "much smaller ε", show=False),
        Binding("pageup", f"push({COARSE})", "much larger ε", show=False),
        Binding("home", "push(-999)", "not pushed", show=False),
        Binding("end", "push(999)", "largest ε", show=False),
        Binding("up", "target(-1)", "previous target", show=False),
        Binding("down", "target(1)", "next target", show=False),
        Binding("enter", "find", "smallest ε that is misread", show=False),
    ]

    DEFAULT_CSS = """
    AdversarialView { width: 1fr; height: 1fr; }
    """

    seen: reactive[Adversarial | None] = reactive(None, always_update=True, init=False, repaint=False)
    """What is shown."""
    epsilon: reactive[float] = reactive(FIRST, init=False, repaint=False)
    """How far the image is pushed."""
    target: reactive[int | None] = reactive(None, init=False, repaint=False)
    """The class that it is pushed towards; None: away from its own."""
    uses_sample: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether a test image is pushed though something is drawn."""

    class Wanted(Message):
        """Something else is to be asked of the run."""

    class Told(Message):
        """Something is to be said."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    def __init__(self, palette: Palette, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(palette, id=id, classes=classes)
        self._n_requests = 0
        self._asked: tuple[object, ...] = ()
        self._finds = self._goes_there = self._is_drawn = False

    @property
    def pushes_sample(self) -> bool:
        """Whether a test image is pushed: nothing is drawn, or it was asked for."""
        return self.uses_sample or not self._is_drawn

    def looks(
        self, drawing: NDArray[np.uint8] | None, sample: int, is_training: bool
    ) -> tuple[AdversarialRequest, ...]:
        """Return what is to be asked of the next moment.

        drawing: (rows, columns) of ink; None while nothing is drawn. sample: the test image looked at.
        """
        self._is_drawn = drawing is not None
        if self.uses_sample:
            drawing = None
        image = ("sample", sample) if drawing is None else ("drawing", drawing.tobytes())
        if (image, self.target) != self._asked[:2]:
            self._finds = self._goes_there
        asked = (image, self.target, self._finds)
        self._n_requests += 1
        if asked == self._asked and is_training and self._n_requests % EVERY:
            return ()
        self._asked = asked
        return (AdversarialRequest(drawing, sample, self.target, self._finds),)

    def draw(self, height: int, width: int) -> Cells:
        """Return the image, the pushed one, what was changed, and the readings."""
        if self.seen is None:
            return blank(height, width)
        return adversarial_picture(self.seen, self.epsilon, self.palette, height, width)

    def watch_seen(self, seen: Adversarial | None) -> None:
        """Draw it; go to the smallest ε, if that was asked for."""
        if seen is None:
            return
        if seen.target == seen.own:  # another image came, of the class that was aimed at
            self.target = None
            self.post_message(self.Wanted())
        if self._goes_there and seen.found is not None:
            self._goes_there = False
            self.post_message(self.Told(smallest_words(seen)))
            if seen.found.epsilon is not None:
                self.epsilon = seen.found.epsilon
        what = "your drawing"
        if seen.sample is not None:
            why = "" if self._is_drawn else " (nothing is drawn)"
            what = f"test digit {seen.sample + 1:,} of {seen.n_samples:,}{why}"
        self.name_panel(f"Adversarial: {what}, {aim(seen)}", KEYS)
        self.redraw()

    def watch_epsilon(self) -> None:
        """Draw it pushed so far."""
        self.redraw()

    def watch_uses_sample(self) -> None:
        """Ask for the other image."""
        self.post_message(self.Wanted())

    def switch(self) -> str:
        """Push the drawing or a test image; return which, in words."""
        if not self._is_drawn:
            return "Nothing is drawn, so a test digit is pushed; v goes to the canvas."
        self.uses_sample = not self.uses_sample
        return "A test digit is pushed." if self.uses_sample else "Your drawing is pushed."

    def action_push(self, steps: int) -> None:
        """Push the image farther, or less far, to a whole step."""
        is_passed = self.epsilon + SAME >= EPSILONS if steps > 0 else self.epsilon - SAME > EPSILONS
        place = int(np.count_nonzero(is_passed)) + (steps - 1 if steps > 0 else steps)
        self.epsilon = float(EPSILONS[max(0, min(place, len(EPSILONS) - 1))])

    def action_target(self, step: int) -> None:
        """Choose where to: away from its own class, or towards another."""
        if self.seen is None:
            return
        others = [label for label in range(len(self.seen.class_names)) if label != self.seen.own]
        choices = [None, *others]
        here = choices.index(self.target) if self.target in choices else 0
        self.target = choices[(here + step) % len(choices)]
        self.post_message(self.Wanted())

    def action_find(self) -> None:
        """Find the smallest ε that is misread, and go there."""
        self._finds = self._goes_there = True
        self.post_message(self.Wanted())
