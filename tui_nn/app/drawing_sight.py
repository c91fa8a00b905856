"""What a lesson sees of a drawing: how the network reads it, and how many were kept."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from tui_nn.training.snapshot import Snapshot
from tui_nn.views.images.values import ImageMoment


class DrawingSight:
    """Measures of what is drawn while a task is done: how it is read, how many drawings were kept."""

    def __init__(self) -> None:
        self._task: object = None
        self._n_before = 0

    def measures(self, screen: Screen[Any], snapshot: Snapshot, task: object) -> dict[str, Any]:
        """Return the measures of a drawing that is done; none while DRAW is on: it is not finished."""
        if snapshot.config.image_shape is None:
            return {}
        from tui_nn.screens.digits import DigitsScreen  # a lesson on points waits for none of these
        from tui_nn.screens.digits_draw import DrawView
        from tui_nn.views.drawing.panel import Canvas

        if not isinstance(screen, DigitsScreen):
            return {}
        n_kept = screen.query_one(DrawView).drawings.n_kept
        if task is not self._task:
            self._task, self._n_before = task, n_kept
        moment = snapshot.reply(ImageMoment)
        if screen.query_one(Canvas).is_drawing or moment is None or moment.drawing is None:
            return {}
        probabilities = moment.drawing.probabilities
        return {
            "reading": int(probabilities.argmax()),
            "certainty": float(probabilities.max()),
            "drawings": n_kept - self._n_before,
        }
