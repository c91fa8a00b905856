"""The words that write a run to a file and read one, and that go to another place."""

from __future__ import annotations

import asyncio

from tui_nn.commands.text.action import Action, RefusedError
from tui_nn.commands.text.describing import moment_of
from tui_nn.commands.text.desk import DIGITS, PLAYGROUND, Desk
from tui_nn.commands.text.sweeps import sweep
from tui_nn.commands.text.training import state_of
from tui_nn.exports.saving import save_as
from tui_nn.settings.sharing.line import LineError
from tui_nn.sweeps.following import holds_sweep
from tui_nn.training.remote import run_files
from tui_nn.training.shared_moment import ShareRequest
from tui_nn.training.sharing import Shared, share_as_address

GROUP = "Go"


async def save(desk: Desk, words: str) -> None:
    """Write the run to a file."""
    await _save(desk, words, with_timeline=False)


async def save_all(desk: Desk, words: str) -> None:
    """Write it with its history."""
    await _save(desk, words, with_timeline=True)


async def _save(desk: Desk, words: str, with_timeline: bool) -> None:
    path = words or (str(desk.run.file) if desk.run.file is not None else "")
    if not path:
        desk.await_text("Type the name of the file.", lambda text: _save(desk, text, with_timeline))
        return
    await save_as(desk.run, path, with_timeline)
    await desk.see()


async def open_file(desk: Desk, words: str) -> None:
    """Read a run from a file."""
    if not words:
        desk.await_text("Type the name of the file.", lambda text: open_file(desk, text))
        return
    if await asyncio.to_thread(holds_sweep, words):
        await sweep(desk, words)
        return
    await run_files.load(desk.run, words)
    await state_of(desk)


async def playground(desk: Desk, words: str) -> None:
    """Go to the playground."""
    await _go(desk, PLAYGROUND)


async def digits(desk: Desk, words: str) -> None:
    """Go to the digits."""
    await _go(desk, DIGITS)


async def _go(desk: Desk, place: str) -> None:
    if desk.lesson is not None:
        raise RefusedError("A lesson is open; leave lesson gives your own run back.")
    await desk.go_to(place)
    desk.say(f"{place.capitalize()}.")
    await state_of(desk)


async def share(desk: Desk, words: str) -> None:
    """Say the run as one line, or as an address of TensorFlow Playground."""
    if words not in ("", "tfp"):
        raise RefusedError(f"share: {words[:40]} is not allowed; tfp, or nothing")
    shared = (await moment_of(desk, ShareRequest())).reply(Shared)
    if shared is None:
        raise RefusedError("A comparison has no line of its own; take a run over first.")
    if words and shared.line:
        try:
            shared = share_as_address(shared)
        except LineError as error:
            raise RefusedError(str(error)) from None
    desk.say(*filter(None, (shared.line, shared.left_out)))


ACTIONS = (
    Action("share", "tfp", "the run as one line; tfp: as an address of TensorFlow Playground", GROUP, share),
    Action("playground", "", "small networks on points of a plane", GROUP, playground),
    Action("digits", "", "draw digits and hear them classified", GROUP, digits),
    Action("save", "FILE", "write the run to a file: settings, weights, curves", GROUP, save),
    Action("save all", "FILE", "write the run with its history", GROUP, save_all),
    Action("open", "FILE", "go on from a saved run, paused", GROUP, open_file, ("load",)),
)
