"""The base of the screens that look closer at a run: the data they know, the example they look at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from textual.reactive import reactive

from tui_nn.render.palette import Palette
from tui_nn.screens.misclassified import MisclassifiedSearch
from tui_nn.screens.run_screen import RunScreen
from tui_nn.settings.datasets import SETS_OF_IMAGES, sets_of_points
from tui_nn.training.example import Example, allowed_examples, parse_example, parse_target
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import PointSet, Snapshot


class LookerScreen(RunScreen):
    """Looks at one example of the run that was shown before."""

    points: reactive[PointSet | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The data on the plane; None for images."""
    example: reactive[Example] = reactive(Example(), init=False, repaint=False)
    """The sample that is looked at."""

    def __init__(self, palette: Palette, run: Run) -> None:
        super().__init__(palette, run)
        self.misclassified = MisclassifiedSearch()

    @property
    def datasets(self) -> Collection[str]:
        """The sets of the screen before: the run stays the same."""
        return sets_of_points() if self.config.image_shape is None else SETS_OF_IMAGES

    @property
    def known_data(self) -> int:
        """The version of the data that the screen has; see ViewRequest."""
        return self.points.version if self.points is not None else -1

    def pointed_example(self) -> Example | None:
        """Return the sample that is looked at; see RunScreen."""
        return self.example

    def begin(self, run: Run) -> None:
        """Show another run: its data are others."""
        super().begin(run)
        self.points = None
        self.example = Example()

    def show(self, snapshot: Snapshot, frames_per_second: float) -> None:
        """Show a moment."""
        if snapshot.points is not None:
            self.points = snapshot.points
        super().show(snapshot, frames_per_second)
        found = self.misclassified.take(snapshot, self.example)
        if found is not None:
            self.example, words = found
            self.tell(words)

    def focus_main(self) -> None:
        """Give the keyboard to the main panel."""
        if not self.has_class("-settings"):
            self.main_panel.focus()

    def action_back(self) -> None:
        """Leave the settings or the zoom, and go back to the main panel."""
        super().action_back()
        self.focus_main()

    def _end_prompt(self) -> None:
        if self.has_class("-settings"):
            super()._end_prompt()
        else:
            self.remove_class("-asking")
            self.focus_main()

    def watch_example(self) -> None:
        """Ask for what the network makes of it."""
        self.run.look()

    def action_sample(self, step: int) -> None:
        """Look at the next sample, or the one before."""
        self.example = self.example.beside(step)
        self.tell(f"Example: {self.example.words}.")

    def action_misclassified(self, step: int) -> None:
        """Look at the next misclassified sample of the same set, or the one before."""
        self.misclassified.go(step)
        self.run.look()

    def action_example(self) -> None:
        """Ask which sample to look at."""
        n_values, names = self._n_values, self._class_names
        before = self.example

        def accept(text: str) -> str:
            kept, _, wanted = text.partition(":")
            try:
                if before.part == "typed" and kept.strip() in ("", before.words):
                    self.example = replace(before, target=parse_target(wanted.strip(), names))
                else:
                    self.example = parse_example(text, n_values, names)
            except ValueError as error:
                return str(error)
            return ""

        self.ask("example", self.example.words, "", allowed_examples(n_values), accept)

    @property
    def _class_names(self) -> tuple[str, ...]:
        """What classes are called; empty for regression."""
        if self.points is not None:
            return self.points.class_names
        return tuple(self.config.dataset_spec.class_names)

    @property
    def _n_values(self) -> int:
        """Raw numbers of a sample: what features are made of, or all that the network is given."""
        if self.config.uses_features:
            return 2
        return self.snapshot.layer_sizes[0] if self.snapshot is not None else 2
