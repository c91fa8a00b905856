"""The offer of the tour: made in one line until a person has answered it once, by any key."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui_nn.app.questions import Question
from tui_nn.files.errors import FileError
from tui_nn.files.paths import make_folder
from tui_nn.files.places import tour_file
from tui_nn.files.writing import replaced

if TYPE_CHECKING:
    from tui_nn.app.app import PlaygroundApp

OFFER = "A network learns to tell two classes apart. enter: a tour in six steps."
REMINDER = "enter: the tour."
ANSWERED = b"The tour has been offered; without this file it is offered again.\n"


async def offer_tour(app: PlaygroundApp) -> None:
    """Offer it, if it has not been answered before."""
    if not await asyncio.to_thread(tour_file().exists):
        question = Question(
            accept=lambda: app.run_worker(_begin(app)),
            refuse=lambda: app.run_worker(_remember(app)),
            key="enter",
            reminder=REMINDER,
        )
        app.questions.put(OFFER, question)


async def _begin(app: PlaygroundApp) -> None:
    await app.action_play_lesson("tour")
    await _remember(app)


async def _remember(app: PlaygroundApp) -> None:
    """Keep that it was answered; say where that cannot be."""
    try:
        await asyncio.to_thread(_write)
    except FileError as error:
        app.tell(f"The tour will be offered again: {error.why}.", True)


def _write() -> None:
    path = tour_file()
    make_folder(path.parent)
    with replaced(path) as file:
        file.write(ANSWERED)
