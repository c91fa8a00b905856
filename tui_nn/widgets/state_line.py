"""The line that says how the run stands: status, epoch, step, losses, accuracies, speeds."""

from __future__ import annotations

from collections.abc import Callable

from textual.reactive import reactive

from tui_nn.render import slots
from tui_nn.render.cells import DEFAULT, Cells
from tui_nn.render.fields import GAP, Field, fields_line
from tui_nn.render.palette import Palette
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.training.snapshot import Snapshot, Status
from tui_nn.widgets.cells_view import CellsView

NARROW = 100
"""Below so many columns numbers are written shorter."""


class StateLine(CellsView):
    """One row; what matters least is left out where it is narrow."""

    DEFAULT_CSS = """
    StateLine { height: 1; width: 1fr; padding: 0 0 0 1; background: $panel; }
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
        """Return what the run is at, without what matters least where it is narrow."""
        if self.snapshot is None or self.config is None:
            return fields_line([Field("", "starting")], width)
        return fields_line(
            state_fields(
                self.snapshot, self.config, self.frames_per_second, self.is_lost, is_narrow=width < NARROW
            ),
            width,
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


def state_fields(
    snapshot: Snapshot, config: Config, fps: float, is_lost: bool = False, is_narrow: bool = False
) -> list[Field]:
    """Return what the line says, each value in a fixed width so that nothing jumps while it counts.

    is_narrow: write numbers shorter and closer together, so that both sets have their loss and accuracy.
    """
    metrics = snapshot.metrics
    status = "rewound" if snapshot.timeline.is_past else str(snapshot.status.value)
    if is_lost:
        status = "no trainer"
    is_alarming = is_lost or snapshot.status is Status.DIVERGED
    gap = 1 if is_narrow else GAP

    def loss(value: float | None) -> str:
        return loss_text(value, is_narrow)

    def share(value: float) -> str:
        return percent(value, is_narrow)

    fields = [
        Field("", f"{status:<8}", slot=slots.WARNING if is_alarming else slots.ACCENT, gap=gap),
        Field("epoch", f"{snapshot.epoch:>4}" if is_narrow else f"{snapshot.epoch:>5,}", gap=gap),
        Field("step", f"{snapshot.step:>7,}", rank=4),
        *_pair("loss", loss(metrics.train_loss), _text(loss, metrics.test_loss), gap),
    ]
    if snapshot.is_test_seen:
        fields.append(Field("", "seen" if is_narrow else "(test seen)", slot=slots.WARNING, gap=gap))
    if metrics.train_accuracy is not None:
        fields += _pair(
            "accuracy", share(metrics.train_accuracy), _text(share, metrics.test_accuracy), gap, 3
        )
    if metrics.train_r2 is not None:
        fields += _pair("R²", _r2(metrics.train_r2), _text(_r2, metrics.test_r2), gap, 3)
    if snapshot.best_possible_accuracy is not None:
        fields.append(Field("best possible", percent(snapshot.best_possible_accuracy), rank=6))
    fields.append(Field("rate", SETTINGS["learning_rate"].kind.format(config.learning_rate), rank=5))
    fields += [
        Field("", f"{snapshot.steps_per_second:>7,.0f} steps/s", rank=7, slot=DEFAULT),
        Field("", f"{snapshot.epochs_per_second:>6,.1f} epochs/s", rank=8),
        Field("", f"{fps:>4.1f} frames/s", rank=9),
    ]
    return fields


def _pair(name: str, train: str, test: str | None, gap: int, rank: int = 0) -> list[Field]:
    """Return a measure of both sets, named once; that of the training set may go where a test set is."""
    if test is None:
        return [Field(name, "", gap=1), Field("train", train, slot=slots.TRAIN, gap=gap)]
    return [
        Field(name, "", gap=1),
        Field("train", train, rank=rank, slot=slots.TRAIN, gap=1),
        Field("test", test, slot=slots.TEST, gap=gap),
    ]


def _text(form: Callable[[float], str], value: float | None) -> str | None:
    return None if value is None else form(value)


def _r2(value: float) -> str:
    return f"{value:6.3f}" if abs(value) < 100 else f"{value:6.0e}"


def loss_text(value: float | None, is_short: bool = False) -> str:
    """Return a loss in six cells, or in five."""
    width = 5 if is_short else 6
    if value is None:
        return f"{'-':>{width}}"
    if abs(value) < 10 and (value == 0 or not is_short or abs(value) >= 0.001):
        return f"{value:.{width - 2}f}"
    if abs(value) < 0.001 or abs(value) >= 10_000:
        return f"{value:{width}.0e}"
    return f"{value:{width}.1f}" if abs(value) < 10 ** (width - 2) else f"{value:{width}.0f}"


def percent(fraction: float, is_short: bool = False) -> str:
    """Return a fraction in six cells, " 97.2%", or in five, where all is " 100%"."""
    if is_short:
        return f"{100 * fraction:4.1f}%" if fraction < 0.9995 else " 100%"
    return f"{100 * fraction:5.1f}%"
