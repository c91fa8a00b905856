"""What the last session lost: the newest run that was not written is offered, and brought back on one key."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui_nn.files.errors import FileError
from tui_nn.training.remote.run import YES

if TYPE_CHECKING:
    from tui_nn.app.app import PlaygroundApp
    from tui_nn.training.remote.keeper import Keeper, Lost

LOOK_S = 0.05


async def offer_lost_run(app: PlaygroundApp, keeper: Keeper) -> None:
    """Offer the newest run that was not written, if there is one, once the first picture is there."""
    while app.shown.snapshot is None:
        await asyncio.sleep(LOOK_S)
    lost = await keeper.find()
    if lost is not None:
        app.ask(
            f"The last run was not saved ({lost.words}). {YES} opens it.",
            lambda: app.run_worker(_bring_back(app, keeper, lost)),
            lambda: keeper.refuse(lost),
        )


async def _bring_back(app: PlaygroundApp, keeper: Keeper, lost: Lost) -> None:
    """Go on from a run that was not written."""
    from tui_nn.training.remote.run_files import load  # a start that has nothing to offer waits for no module

    await app.action_open(lost.screen)
    try:
        path = keeper.adopt(lost, lost.screen)
    except FileError as error:
        app.tell(f"{error}.", True)
        return
    await load(app.run_shown, str(path), name=f"the last run ({lost.words})")
