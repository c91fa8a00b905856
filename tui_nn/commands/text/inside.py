"""The words that look inside: the data as a layer sees it, how layers are, the landscape of the loss."""

from __future__ import annotations

import asyncio

import numpy as np

from tui_nn.commands.text.action import Action, RefusedError
from tui_nn.commands.text.describing import moment_of
from tui_nn.commands.text.desk import Desk
from tui_nn.commands.text.inside_words import health_words, landscape_words, space_words
from tui_nn.training import commands as do
from tui_nn.views.hidden.pairs import beside
from tui_nn.views.hidden.values import HiddenSpace, HiddenSpaceRequest
from tui_nn.views.landscape.values import Landscape, LandscapeRequest, Work
from tui_nn.views.layers.values import Layers, LayersRequest

GROUP = "Inside"
LANDSCAPE = 25
"""Losses along each direction of a landscape that is said."""
LOOK_S = 0.1


async def hidden(desk: Desk, words: str) -> None:
    """Say where the classes lie on the plane of two neurons."""
    numbers = words.replace(",", " ").split()
    if not all(number.isdecimal() and int(number[:6]) > 0 for number in numbers) or len(numbers) not in (
        0,
        1,
        3,
    ):
        raise RefusedError(
            f"hidden: {words[:40]} is not allowed; a layer, or a layer and two neurons: hidden 1 2 3"
        )
    if numbers:
        desk.space_layer = int(numbers[0][:6])
        desk.space_pair = (int(numbers[1][:6]) - 1, int(numbers[2][:6]) - 1) if numbers[1:] else None
    await _say_space(desk)


async def _say_space(desk: Desk) -> None:
    snapshot = await moment_of(desk, HiddenSpaceRequest(desk.space_layer, desk.space_pair))
    found = snapshot.reply(HiddenSpace)
    if found is None:
        raise RefusedError("There is no hidden space of these data.")
    if desk.space_pair is not None and max(desk.space_pair) >= found.units:
        desk.space_pair = None
        raise RefusedError(f"There is no such neuron; the layer has {found.units}.")
    desk.say(*space_words(found))


async def up(desk: Desk, words: str) -> None:
    """Look at the two neurons before."""
    await _other_pair(desk, -1)


async def down(desk: Desk, words: str) -> None:
    """Look at the next two neurons of the layer."""
    await _other_pair(desk, 1)


async def _other_pair(desk: Desk, by: int) -> None:
    found = (await moment_of(desk, HiddenSpaceRequest(desk.space_layer))).reply(HiddenSpace)
    if found is not None:
        desk.space_pair = beside(desk.space_pair or found.pair, found.units, by)
    await _say_space(desk)


async def health(desk: Desk, words: str) -> None:
    """Say how each layer is."""
    found = (await moment_of(desk, LayersRequest())).reply(Layers)
    if found is None:
        raise RefusedError("Nothing is known of the layers.")
    desk.say(*health_words(found))


async def landscape(desk: Desk, words: str) -> None:
    """Compute a slice of the loss around the weights and say its shape."""
    seed = int(words[:6]) if words.isdecimal() else 0
    if words and not words.isdecimal():
        raise RefusedError(f"landscape: {words[:40]} is not allowed; a number chooses other directions")
    request = LandscapeRequest(seed, 1.0, LANDSCAPE)
    desk.run.send(do.Compute(request))
    while (found := (await moment_of(desk, request)).reply(Landscape)) is not None:
        if found.work is not Work.COMPUTING or desk.status is not None:
            desk.say(*landscape_words(np.asarray(found.values, np.float64), found))
            return
        await asyncio.sleep(LOOK_S)
    raise RefusedError("There is no landscape here.")


ACTIONS = (
    Action(
        "hidden",
        "LAYER A B",
        "the data as a layer sees it: where classes lie on the plane of two neurons",
        GROUP,
        hidden,
        ("hidden space",),
    ),
    Action("up", "", "the two neurons before", GROUP, up),
    Action("down", "", "the next two neurons of that layer", GROUP, down),
    Action("health", "", "each layer: its gradients, dead and saturated neurons", GROUP, health),
    Action(
        "landscape",
        "NUMBER",
        "a slice of the loss around the weights; a number chooses other directions",
        GROUP,
        landscape,
    ),
)
