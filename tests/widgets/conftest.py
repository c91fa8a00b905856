"""One widget alone in an app, and moments of a run to show in it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widget import Widget

from tui_nn.settings.config import Config
from tui_nn.training.snapshot import Metrics, Snapshot, Status


class Alone(App[None]):
    """Shows widgets below each other, and keeps the keys that they leave to others."""

    AUTO_FOCUS = None

    def __init__(self, widgets: tuple[Widget, ...]) -> None:
        super().__init__()
        self._alone = widgets
        self.keys: list[str] = []

    def compose(self) -> ComposeResult:
        yield from self._alone

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"text-dim": "#808080"}

    def on_key(self, event: Any) -> None:
        self.keys.append(event.key)


Open = Callable[..., contextlib.AbstractAsyncContextManager[Pilot[None]]]


@pytest.fixture
def alone() -> Open:
    """Return an opener: `async with alone(widget, size=(40, 10)) as pilot`."""

    @contextlib.asynccontextmanager
    async def open_(*widgets: Widget, size: tuple[int, int] = (40, 10)) -> AsyncIterator[Pilot[None]]:
        async with Alone(widgets).run_test(size=size) as pilot:
            await pilot.pause()
            yield pilot

    return open_


@pytest.fixture
def moment() -> Callable[..., Snapshot]:
    """Return a maker of moments of a run: `moment(step=7, status=Status.RUNNING)`."""

    def make(**changes: Any) -> Snapshot:
        usual: dict[str, Any] = {
            "generation": 1,
            "config": Config(),
            "status": Status.PAUSED,
            "step": 1234,
            "epoch": 56,
            "metrics": Metrics(0.25, 0.5, 0.96875, 0.5),
            "steps_per_second": 0.0,
            "epochs_per_second": 0.0,
            "training_seconds": 0.0,
            "layer_sizes": (2, 4, 1),
            "n_parameters": 17,
            "best_possible_accuracy": None,
        }
        return Snapshot(**{**usual, **changes})

    return make


@pytest.fixture
def text() -> Callable[[Widget], list[str]]:
    """Return a reader of what a widget shows, line by line."""

    def read(widget: Widget) -> list[str]:
        return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]

    return read
