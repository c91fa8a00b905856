"""The view of the Digits screen in which an image is pushed until it is misread."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from tui_nn.render.palette import Palette
from tui_nn.screens.key_lines import PUSH_LINE
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Snapshot
from tui_nn.views.adversarial.panel import AdversarialView
from tui_nn.views.adversarial.values import Adversarial
from tui_nn.widgets.key_line import Keys


def push_keys(focused: Widget | None) -> Keys:
    """Return the keys for the last line while an image is pushed; else none."""
    return PUSH_LINE if isinstance(focused, AdversarialView) else ()


class PushView(Horizontal):
    """The drawing or a test digit of one run, and what is asked of the run for it."""

    def __init__(self, palette: Palette, run: Run, **options: Any) -> None:
        super().__init__(**options)
        self._palette, self._run = palette, run

    def compose(self) -> ComposeResult:
        """Yield the panel."""
        yield AdversarialView(self._palette, id="pushed", classes="panel")

    @property
    def pushes_sample(self) -> bool:
        """Whether this view is open and pushes a test digit."""
        return self.display and self.query_one(AdversarialView).pushes_sample

    def looks(self, drawing: NDArray[np.uint8] | None, sample: int, is_training: bool) -> tuple[object, ...]:
        """Return what is to be asked of the next moment; nothing while another view is open."""
        if not self.display:
            return ()
        return self.query_one(AdversarialView).looks(drawing, sample, is_training)

    def show(self, snapshot: Snapshot) -> None:
        """Show a moment, if it holds something of it."""
        seen = snapshot.reply(Adversarial)
        if seen is not None:
            self.query_one(AdversarialView).seen = seen

    def go_to_sample(self) -> None:
        """Push a test digit from now on, if this view is open."""
        if self.display:
            self.query_one(AdversarialView).uses_sample = True

    def switch(self) -> str:
        """Push the drawing or a test digit; return which, in words."""
        return self.query_one(AdversarialView).switch()

    def on_adversarial_view_wanted(self) -> None:
        """Ask for it at once."""
        self._run.look()

    def on_adversarial_view_told(self, event: AdversarialView.Told) -> None:
        """Say what was found."""
        self._run.tell(event.text)
