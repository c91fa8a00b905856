"""The line that says how the run stands: status, epoch, step, losses, accuracies, speeds."""

from __future__ import annotations

from textual.reactive import reactive

from tui_nn.render import slots
from tui_nn.render.cells import DEFAULT, Cells
from tui_nn.render.fields import Field, fields_line
from tui_nn.render.palette import Palette
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.training.snapshot import Snapshot, Status
from tui_nn.widgets.cells_view import CellsView


class StateLine(CellsView):
    """One row; what matters least is left out where it is narrow."""

    DEFAULT_CSS = """
    StateLine { height: 1; width: 1fr; padding: 0 1; background: $panel; }
    """

    snapshot: reactive[Snapshot | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The moment to show."""
    config: reactive[Config | None] = reactive(None, init=False, repaint=False)
    """The settings as the person set them last, which the trainer may not have seen yet."""
    frames_per_second: reactive[float] = reactive(0.0, init=False, repaint=False)
    """Pictures shown per second."""
    is_lost: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether the trainer is gone."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(palette, id=id)

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        if self.snapshot is None or self.config is None:
            return fields_line([Field("", "starting")], width)
        return fields_line(
            state_fields(self.snapshot, self.config, self.frames_per_second, self.is_lost), width
        )

    def watch_snapshot(self) -> None:
        """Draw the new moment."""
        self.redraw()

    def watch_config(self) -> None:
        """Draw the new settings."""
        self.redraw()

    def watch_is_lost(self) -> None:
        """Draw the new status."""
        self.redraw()


def state_fields(snapshot: Snapshot, config: Config, fps: float, is_lost: bool = False) -> list[Field]:
    """Return what the line says, each value in a fixed width so that nothing jumps while it counts."""
    metrics = snapshot.metrics
    status = "rewound" if snapshot.timeline.is_past else str(snapshot.status.value)
    if is_lost:
        status = "no trainer"
    is_alarming = is_lost or snapshot.status is Status.DIVERGED
    fields = [
        Field("", f"{status:<8}", slot=slots.WARNING if is_alarming else slots.ACCENT),
        Field("epoch", f"{snapshot.epoch:>5,}"),
        Field("step", f"{snapshot.step:>7,}", rank=6),
        Field("loss", loss_text(metrics.train_loss), slot=slots.TRAIN),
    ]
    if metrics.test_loss is not None:
        fields.append(Field("test", loss_text(metrics.test_loss), slot=slots.TEST))
    if metrics.train_accuracy is not None:
        fields.append(Field("accuracy", percent(metrics.train_accuracy), rank=5, slot=slots.TRAIN))
    if metrics.test_accuracy is not None:
        fields.append(Field("test", percent(metrics.test_accuracy), slot=slots.TEST))
    if metrics.train_r2 is not None:
        fields.append(Field("R²", f"{metrics.train_r2:6.3f}", rank=5, slot=slots.TRAIN))
    if metrics.test_r2 is not None:
        fields.append(Field("test", f"{metrics.test_r2:6.3f}", slot=slots.TEST))
    if snapshot.best_possible_accuracy is not None:
        fields.append(Field("best possible", percent(snapshot.best_possible_accuracy), rank=4))
    fields.append(Field("rate", SETTINGS["learning_rate"].kind.format(config.learning_rate), rank=1))
    fields += [
        Field("", f"{snapshot.steps_per_second:>7,.0f} steps/s", rank=7, slot=DEFAULT),
        Field("", f"{snapshot.epochs_per_second:>6,.1f} epochs/s", rank=8),
        Field("", f"{fps:>4.1f} frames/s", rank=9),
    ]
    return fields


def loss_text(value: float | None) -> str:
    """Return a loss in six cells."""
    if value is None:
        return "     -"
    if abs(value) < 10:
        return f"{value:6.4f}"
    return f"{value:6.1f}" if abs(value) < 10_000 else f"{value:6.0e}"


def percent(fraction: float) -> str:
    """Return a fraction in six cells: " 97.2%"."""
    return f"{100 * fraction:5.1f}%"
