"""Runs side by side: begun by a key from the run that is shown, watched, changed, taken over."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_nn.screens.compare import CompareScreen
from tui_nn.training.snapshot import Status
from tui_nn.views.compare.panel import LinesView, RunsTable, TilesView
from tui_nn.widgets.event_line import EventLine

Open = Any
Driven = Any


async def compare(driven: Driven, *keys: str) -> CompareScreen:
    """Press keys that open a comparison, and wait for its first whole picture."""
    await driven.press(*keys)
    await driven.until(lambda: isinstance(driven.app.shown, CompareScreen))
    screen = driven.app.shown
    await driven.until(lambda: screen.seen is not None and (screen.seen.maps or screen.seen.confusions))
    await driven.settle()
    return screen


def said(screen: CompareScreen) -> str:
    return screen.query_one(EventLine).text


async def test_a_key_compares_learning_rates_around_that_of_the_run(open_app: Open) -> None:
    async with open_app((120, 36), learning_rate=0.01) as driven:
        screen = await compare(driven, "C")

        assert [run.config.learning_rate for run in screen.seen.runs] == [0.003, 0.01, 0.03]
        assert (
            said(screen)
            == "3 runs differ in the learning rate. All begin from their first weights. space trains."
        )
        await driven.press("space")
        await driven.until(lambda: min(run.step for run in screen.seen.runs) > 20)
        await driven.press("space")
        await driven.until(lambda: screen.snapshot.status is Status.PAUSED)
        await driven.settle()
        table = driven.text(screen.query_one(RunsTable))
        assert "0.003" in table
        assert "learning rate" in table
        assert driven.text(screen.query_one(TilesView)).strip()
        assert driven.text(screen.query_one(LinesView)).strip()


async def test_enter_goes_on_with_a_run_on_the_playground_and_undo_brings_the_former_back(
    open_app: Open,
) -> None:
    async with open_app((120, 36), learning_rate=0.01) as driven:
        await driven.press("s", "s")
        playground = driven.link
        before = playground.session.trainer.network.parameters.copy()
        screen = await compare(driven, "C")
        await driven.press("e", "down", "down")
        await driven.until(lambda: screen.seen.runs[2].epoch == 1)
        wanted = driven.link.session.rows.runs.checkpoint(2)

        await driven.press("enter")
        await driven.until(lambda: driven.app.shown is driven.playground)
        await driven.until(lambda: playground.session.trainer.config.learning_rate == 0.03)
        trainer = playground.session.trainer
        np.testing.assert_array_equal(trainer.network.parameters, wanted.parameters)
        np.testing.assert_array_equal(trainer.optimizer.state, wanted.optimizer_state)
        assert trainer.step == wanted.step == 25

        await driven.press("ctrl+z")
        await driven.until(lambda: playground.session.trainer.step == 2)
        np.testing.assert_array_equal(playground.session.trainer.network.parameters, before)
