"""The data as a layer sees it; arrows choose the layer and the neurons."""

from __future__ import annotations

from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from tui_nn.render.cells import Cells, blank
from tui_nn.render.palette import Palette
from tui_nn.training.example import Example
from tui_nn.training.names import layer_name
from tui_nn.views.hidden.draw import Span, hidden_picture, hidden_span
from tui_nn.views.hidden.pairs import beside
from tui_nn.views.hidden.values import HiddenSpace, HiddenSpaceRequest, Pair
from tui_nn.widgets.cells_view import CellsView

MAIN = "pca"
"""What is typed for the principal components."""


class HiddenView(CellsView, can_focus=True):
    """Draws a layer's space; its scale and its axes change as seldom as they can."""

    BINDINGS = [
        Binding("left", "layer(-1)", "previous layer", show=False),
        Binding("right", "layer(1)", "next layer", show=False),
        Binding("up", "pair(-1)", "previous two neurons", show=False),
        Binding("down", "pair(1)", "next two neurons", show=False),
        Binding("enter", "ask", "choose two neurons", show=False),
        Binding("t", "test", "test samples", show=False),
    ]

    DEFAULT_CSS = """
    HiddenView { width: 1fr; height: 1fr; }
    """

    space: reactive[HiddenSpace | None] = reactive(None, always_update=True, init=False, repaint=False)
    """What is shown."""
    layer_number: reactive[int] = reactive(1, init=False, repaint=False)
    """Which layer is wanted; 0 is the input."""
    pair: reactive[Pair | None] = reactive(None, init=False, repaint=False)
    """Which neurons are wanted along the axes; None: the principal components."""
    example: reactive[Example] = reactive(Example(), init=False, repaint=False)
    """The sample whose place is marked."""
    shows_test: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether test samples are drawn too."""

    class LayerWanted(Message):
        """Another layer is to be looked at."""

        def __init__(self, layer: int) -> None:
            self.layer = layer
            super().__init__()

    class PairAsked(Message):
        """Two neurons are to be chosen by name."""

    class Looked(Message):
        """Something else is looked at; `words` say what."""

        def __init__(self, words: str) -> None:
            self.words = words
            super().__init__()

    def __init__(self, palette: Palette, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(palette, id=id, classes=classes)
        self._span: Span | None = None

    def request(self) -> HiddenSpaceRequest:
        """Return what is wanted of the next moment."""
        shown = self.space
        is_same = shown is not None and shown.layer == self.layer_number and self.pair is None
        basis = shown.basis if shown is not None and is_same else None
        return HiddenSpaceRequest(self.layer_number, self.pair, basis, self.shows_test, self.example)

    def draw(self, height: int, width: int) -> Cells:
        """Return the points of the layer, its grid and the lines of the next layer."""
        if self.space is None or self._span is None:
            return blank(height, width)
        return hidden_picture(self.space, self.palette, height, width, self._span, shows_test=self.shows_test)

    def choose(self, text: str) -> str:
        """Take two neurons as they were typed, counted from 1, or "pca"; return why not, else nothing."""
        units = self.space.units if self.space is not None else 0
        words = text.replace(",", " ").split()
        if words == [MAIN]:
            self.pair = None
            return ""
        numbers = [int(word) for word in words if word.isdecimal()]
        if len(words) != 2 or len(numbers) != 2 or not all(1 <= number <= units for number in numbers):
            return f"two numbers from 1 to {units} are needed, or {MAIN}"
        if numbers[0] == numbers[1]:
            return "two different neurons are needed"
        self.pair = (numbers[0] - 1, numbers[1] - 1)
        return ""

    def pair_words(self) -> str:
        """Return what `choose` takes for what is shown now."""
        pair = self.space.pair if self.space is not None else None
        return MAIN if pair is None else f"{pair[0] + 1} {pair[1] + 1}"

    def watch_space(self, before: HiddenSpace | None, space: HiddenSpace | None) -> None:
        """Draw the new moment, on the old scale while it fits."""
        if space is not None:
            is_same = (
                before is not None
                and (before.layer, before.pair, before.units, before.activation)
                == (space.layer, space.pair, space.units, space.activation)
                and before.is_finite
            )
            self._span = hidden_span(space, self._span if is_same else None)
            self._name_panel_for(space)
        self.redraw()

    def _name_panel_for(self, space: HiddenSpace) -> None:
        name = layer_name(space.layer, space.n_layers)
        neurons = "neuron" if space.units == 1 else "neurons"
        if space.layer == 0:
            neurons = "number" if space.units == 1 else "numbers"
        self.name_panel(
            f"{name.capitalize()}: {space.units:,} {neurons}",
            "← → layer  ↑ ↓ neurons  enter chooses"
            if not self.palette.is_ascii
            else "arrows: layer, neurons",
        )

    def watch_pair(self) -> None:
        """Look at other neurons."""
        if self.pair is None:
            self.post_message(
                self.Looked("The first two principal components: the directions of most variance.")
            )
        else:
            self.post_message(self.Looked(f"Neurons {self.pair[0] + 1} and {self.pair[1] + 1}."))

    def watch_shows_test(self) -> None:
        """Look at other samples."""
        words = "Train and test samples." if self.shows_test else "Training samples only."
        self.post_message(self.Looked(words))

    def action_layer(self, step: int) -> None:
        """Look at the next layer, or the one before."""
        last = self.space.n_layers - 1 if self.space is not None else self.layer_number
        self.post_message(self.LayerWanted(max(0, min(last, self.layer_number + step))))

    def action_pair(self, step: int) -> None:
        """Look at the next two neurons, or the two before; the principal components come first."""
        if self.space is not None:
            shown = self.space.pair if self.space.units == 2 else None
            self.pair = beside(self.pair or shown, self.space.units, step)

    def action_test(self) -> None:
        """Show test samples, or not."""
        self.shows_test = not self.shows_test

    def action_ask(self) -> None:
        """Let two neurons be chosen."""
        self.post_message(self.PairAsked())
