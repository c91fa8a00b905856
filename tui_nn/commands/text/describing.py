"""The words that describe what the screen draws: map, curves, network, samples, verdict, moments."""

from __future__ import annotations

import re

import numpy as np

from tui_nn.commands.text.action import Action, RefusedError
from tui_nn.commands.text.curve_words import Series, braille_line, curves_words, find_series, series_of
from tui_nn.commands.text.desk import NEWEST, Desk
from tui_nn.commands.text.map_words import map_words
from tui_nn.commands.text.network_words import layers_words, neuron_words
from tui_nn.settings.moments import MOMENTS
from tui_nn.training.snapshot import PointSet, Snapshot, ViewRequest
from tui_nn.views.map.values import DecisionMap, Grid, MapRequest
from tui_nn.views.neuron.values import Neuron, NeuronRequest

GROUP = "Look"
SIDE = 100
"""Rows and columns of the grid that a map is said from."""
NO_MAP = "These data have no plane, so there is no map; samples and mistakes say how they are read."
LISTED = 10


async def moment_of(desk: Desk, *looks: object, history: bool = False, points: bool = False) -> Snapshot:
    """Return the present moment with what is asked of it. Raises RefusedError where there is no trainer."""
    snapshot = await desk.see(*looks, history=history, points=points)
    if snapshot is None:
        raise RefusedError("The trainer is gone; run starts another one from its last checkpoint.")
    return snapshot


async def plane(desk: Desk) -> tuple[PointSet, Grid]:
    """Return the points of the plane, and a grid over it. Raises RefusedError where there is none."""
    points = (await moment_of(desk, points=True)).points
    if points is None:
        raise RefusedError(NO_MAP)
    (x_low, x_high), (y_low, y_high) = points.domain
    return points, Grid(SIDE, SIDE, x_low, x_high, y_low, y_high)


async def say_map(desk: Desk, words: str) -> None:
    """Say the map in at most 40 words."""
    points, grid = await plane(desk)
    seen = (await moment_of(desk, MapRequest(grid))).reply(DecisionMap)
    if seen is None:
        raise RefusedError(NO_MAP)
    desk.say(map_words(seen.surface, points.class_names, points.axis_names))


async def at(desk: Desk, words: str) -> None:
    """Say what the network answers at a point of the plane."""
    numbers = re.split(r"[\s,]+", words.strip())
    try:
        x, y = map(float, numbers)
    except ValueError:
        raise RefusedError(
            f"at: {words[:40] or 'nothing'} is not allowed; two numbers, such as at 1 -2"
        ) from None
    if not (abs(x) < 1e30 and abs(y) < 1e30):
        raise RefusedError("at: only finite numbers can be looked at")
    points, grid = await plane(desk)
    seen = (await moment_of(desk, MapRequest(grid, probe=(x, y)))).reply(DecisionMap)
    if seen is None or seen.answer is None:
        raise RefusedError(NO_MAP)
    names = points.class_names
    if len(names) == len(seen.answer) > 1:
        order = np.argsort(-seen.answer)
        told = ", ".join(f"{names[n]} {100 * float(seen.answer[n]):.1f} %" for n in order[:3].tolist())
    else:
        told = f"{float(seen.answer[0]):.4g}"
    desk.say(f"At {points.axis_names[0]} {x:g}, {points.axis_names[1]} {y:g} it answers {told}.")


async def say_curves(desk: Desk, words: str) -> None:
    """Say the curves, or one place of one, or one as braille."""
    series = await _series(desk)
    if not words:
        desk.say(*curves_words(series))
        return
    parts = words.casefold().split()
    wants_braille = "braille" in parts
    place = next((part for part in parts if part in PLACES), "")
    name = " ".join(part for part in parts if part != "braille" and part not in PLACES)
    one = find_series(name, series)
    if one is None:
        known = ", ".join(one.name for one in series) or "none yet"
        raise RefusedError(f"curves: {name[:40] or 'nothing'} is no curve; there is {known}")
    if wants_braille:
        low, high = one.value_words(int(one.values.argmin())), one.value_words(int(one.values.argmax()))
        desk.say(
            f"{one.name}, steps {one.steps[0]:,} to {one.steps[-1]:,}, {low} at the foot, {high} on top:"
        )
        desk.voice.say_as_it_is(braille_line(one))
    elif place:
        desk.say(f"{one.at(_place(one, place))}.")
    else:
        desk.say(*curves_words([one]))


PLACES = ("first", "last", "lowest", "highest")


def _place(one: Series, place: str) -> int:
    return {
        "first": 0,
        "last": len(one.values) - 1,
        "lowest": int(one.values.argmin()),
        "highest": int(one.values.argmax()),
    }[place]


async def _series(desk: Desk) -> list[Series]:
    snapshot = await moment_of(desk, history=True)
    return series_of(snapshot.curves, snapshot.metrics.train_r2 is not None)


async def network(desk: Desk, words: str) -> None:
    """Say the layers, or a neuron with its weights."""
    if not words:
        snapshot = await moment_of(desk)
        desk.say(*layers_words(snapshot.config, snapshot.layer_sizes, snapshot.n_parameters))
        return
    found, sizes = await neuron_of(desk, read_node(words))
    desk.say(*neuron_words(found, desk.run.config, sizes))


async def neuron_of(desk: Desk, node: tuple[int, int]) -> tuple[Neuron, tuple[int, ...]]:
    """Return a neuron, and the units of each layer. Raises RefusedError where there is no such neuron."""
    snapshot = await moment_of(desk, NeuronRequest(node, desk.example))
    found = snapshot.reply(Neuron)
    if found is None or found.trouble:
        raise RefusedError("There is no such neuron." if found is None else found.trouble)
    return found, snapshot.layer_sizes


def read_node(words: str) -> tuple[int, int]:
    """Return the neuron that "2 1" names: layer, counted from the first after the input, and number."""
    parts = re.split(r"[\s,]+", words.strip())
    if len(parts) != 2 or not all(part.isdecimal() and int(part[:9]) > 0 for part in parts):
        raise RefusedError(
            f"neuron: {words[:40] or 'nothing'} is not allowed; a layer and a number, such as neuron 1 2"
        )
    return int(parts[0][:9]), int(parts[1][:9]) - 1


async def neuron(desk: Desk, words: str) -> None:
    """Say one neuron: its sum, term by term, and what it answers."""
    await network(desk, words or "1 1")


async def moments(desk: Desk, words: str) -> None:
    """Say what was noticed in the run."""
    async with desk.looking:
        snapshot = await desk.run.fetch(ViewRequest(known_data=NEWEST, moments=True))
    log = None if snapshot is None else snapshot.moments
    if log is None or not log.moments:
        desk.say("Nothing was noticed yet.")
        return
    desk.say(*(f"Step {m.step:,}, {m.told(MOMENTS[m.kind].label)}" for m in log.moments[-LISTED:]))


ACTIONS = (
    Action("map", "", "the decision map in at most 40 words", GROUP, say_map),
    Action("at", "X Y", "what the network answers at a point", GROUP, at, ("probe",)),
    Action(
        "curves",
        "NAME first|last|lowest|highest|braille",
        "the curves in words; one of them by name, one place of it, or as a line of 40 braille cells",
        GROUP,
        say_curves,
        ("curve",),
    ),
    Action("network", "", "the layers of the network", GROUP, network, ("layers",)),
    Action("neuron", "LAYER NUMBER", "one neuron: its sum term by term", GROUP, neuron),
    Action("moments", "", "what was noticed in this run", GROUP, moments),
)
