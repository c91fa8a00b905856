"""What a start offers in one line: the newest run that was lost, or at the very first the tour."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui_nn.app.questions import Question
from tui_nn.files.errors import FileError
from tui_nn.training.remote.run import YES

if TYPE_CHECKING:
    from tui_nn.app.app import PlaygroundApp
    from tui_nn.training.remote.keeper import Keeper, Lost

LOOK_S = 0.05


async def offer_what_there_is(app: PlaygroundApp, keeper: Keeper, offers_tour: bool) -> None:
    """Offer a lost run, or else the tour to who has not met it, once the first picture is there."""
    while app.shown.snapshot is None:
        await asyncio.sleep(LOOK_S)
    lost = await keeper.find()
    if lost is not None:
        _offer_lost_run(app, keeper, lost)
    elif offers_tour:
        from tui_nn.app.tour_offer import offer_tour

        await offer_tour(app)


def _offer_lost_run(app: PlaygroundApp, keeper: Keeper, lost: Lost) -> None:
    question = Question(
        accept=lambda: app.run_worker(_bring_back(app, keeper, lost)),
        refuse=lambda: keeper.refuse(lost),
        reminder=f"{YES} opens the last run.",
    )
    app.questions.put(
        f"The last run was not saved ({lost.words}). {YES} opens it.", question, is_warning=True
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
