"""The bar that stands in place of the event line while a past moment is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive

from tui_nn.render.cells import Cells, fit
from tui_nn.render.palette import Palette
from tui_nn.training.place import TimelinePlace
from tui_nn.training.snapshot import Snapshot
from tui_nn.widgets.cells_view import CellsView
from tui_nn.widgets.late import late

if TYPE_CHECKING:
    from tui_nn.views.timeline import draw as drawing
else:
    drawing = late("tui_nn.views.timeline.draw")


class TimelineBar(CellsView):
    """Where the moment lies, its step and what was said since; more rows lie over the panels."""

    DEFAULT_CSS = """
    TimelineBar { height: 1; width: 1fr; padding: 0 1; }
    """

    snapshot: reactive[Snapshot | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The moment to show."""

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette)
        self.place = TimelinePlace()
        self.text, self.is_warning = "", False

    def draw(self, height: int, width: int) -> Cells:
        """Return the bar of moments with the present one marked."""
        cells = self._picture(width)
        self.styles.height = cells.height
        return fit(cells, height, width, row=height - cells.height)

    def _picture(self, width: int) -> Cells:
        place = self.place
        branch = None if place.branch_step is None else part_of(place, place.branch_step)
        return drawing.timeline_bar(
            part_of(place, place.step),
            place_in_words(place),
            self.text or place.words,
            self.palette,
            width,
            branch=branch,
            is_warning=self.is_warning,
        )

    def tell(self, text: str, is_warning: bool = False) -> None:
        """Show a sentence, until another moment is shown."""
        self.text, self.is_warning = text, is_warning
        self.redraw()

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show where the moment lies."""
        place = TimelinePlace() if snapshot is None else snapshot.timeline
        if place.position != self.place.position:
            self.text, self.is_warning = "", False
        self.place = place
        self.redraw()


def part_of(place: TimelinePlace, step: int) -> float:
    """Return where a step lies between the first moment (0) and the present (1)."""
    return (step - place.first_step) / max(1, place.last_step - place.first_step)


def place_in_words(place: TimelinePlace) -> str:
    """Return the step that is shown, in a width that does not change on the way."""
    last = f"{place.last_step:,}"
    return f"step {place.step:>{len(last)},} of {last}"
