"""The end of a session in text mode: what would be missed is kept, as in the app; the trainers leave."""

from __future__ import annotations

import asyncio

from tui_nn.commands.text.desk import NEWEST, Desk
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import ViewRequest
from tui_nn.views.compare.values import MomentRequest

LAST_S = 0.15
"""So long the end of a session waits for the last moment of a run."""


async def end(desk: Desk) -> None:
    """Keep what would be missed, and end the trainers."""
    missed = [(place, run) for place, run in desk.kept.items() if await _hands_over(desk, run)]
    await desk.keeper.end(lambda: missed, desk.is_asked_for)
    desk.stop_working()
    for run in desk.runs.values():
        run.client.dismiss()
    for run in desk.runs.values():
        run.client.close()


async def _hands_over(desk: Desk, run: Run) -> bool:
    """Have a run hand over its last moment, not an older one; return whether it would be missed."""

    async def last() -> bool:
        async with desk.looking:
            snapshot = await run.fetch(ViewRequest(looks=(MomentRequest(),), known_data=NEWEST))
        moment = None if snapshot is None else snapshot.reply(Checkpoint)
        if moment is not None and run.client.handed_over is not None:
            run.client.handed_over = moment
        return run.is_worth_writing or moment is None or moment.step > 0

    try:
        return await asyncio.wait_for(last(), LAST_S)
    except asyncio.TimeoutError:
        return True
