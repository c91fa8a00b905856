"""The words that describe what the screen draws: map, curves, network, samples, verdict, moments."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

import numpy as np

from tui_nn.commands.evaluate import MOST_MISTAKES, SHUFFLING_SEED
from tui_nn.commands.text.action import Action, RefusedError
from tui_nn.commands.text.curve_words import Series, braille_line, curves_words, find_series, series_of
from tui_nn.commands.text.desk import NEWEST, Desk
from tui_nn.commands.text.map_words import map_words
from tui_nn.commands.text.network_words import layers_words, neuron_words
from tui_nn.commands.text.table_words import table_words
from tui_nn.commands.verdict_text import describe_classes, describe_values
from tui_nn.settings.moments import MOMENTS
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.example import Example
from tui_nn.training.misclassified import Misclassified, MisclassifiedRequest
from tui_nn.training.run_files import open_run
from tui_nn.training.saving import save_checkpoint
from tui_nn.training.snapshot import PointSet, Snapshot, ViewRequest
from tui_nn.training.trained_rows import SEEN_WORDS
from tui_nn.training.verdict.judging import ClassVerdict, judge
from tui_nn.training.verdict.rows import own_test_set
from tui_nn.views.compare.values import MomentRequest
from tui_nn.views.map.values import DecisionMap, Grid, MapRequest
from tui_nn.views.neuron.values import Neuron, NeuronRequest

GROUP = "Look"
SIDE = 100
"""Rows and columns of the grid that a map is said from."""
NO_MAP = "These data have no plane, so there is no map; samples and mistakes say how they are read."
LISTED = 10


async def _moment(desk: Desk, *looks: object, history: bool = False, points: bool = False) -> Snapshot:
    snapshot = await desk.see(*looks, history=history, points=points)
    if snapshot is None:
        raise RefusedError("The trainer is gone; run starts another one from its last checkpoint.")
    return snapshot


async def plane(desk: Desk) -> tuple[PointSet, Grid]:
    """Return the points of the plane, and a grid over it. Raises RefusedError where there is none."""
    points = (await _moment(desk, points=True)).points
    if points is None:
        raise RefusedError(NO_MAP)
    (x_low, x_high), (y_low, y_high) = points.domain
    return points, Grid(SIDE, SIDE, x_low, x_high, y_low, y_high)


async def say_map(desk: Desk, words: str) -> None:
    """Say the map in at most 40 words."""
    points, grid = await plane(desk)
    seen = (await _moment(desk, MapRequest(grid))).reply(DecisionMap)
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
    seen = (await _moment(desk, MapRequest(grid, probe=(x, y)))).reply(DecisionMap)
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
    snapshot = await _moment(desk, history=True)
    return series_of(snapshot.curves, snapshot.metrics.train_r2 is not None)


async def network(desk: Desk, words: str) -> None:
    """Say the layers, or a neuron with its weights."""
    if not words:
        snapshot = await _moment(desk)
        desk.say(*layers_words(snapshot.config, snapshot.layer_sizes, snapshot.n_parameters))
        return
    node = read_node(words)
    neuron = (await _moment(desk, NeuronRequest(node, desk.example))).reply(Neuron)
    if neuron is None or neuron.trouble:
        raise RefusedError("There is no such neuron." if neuron is None else neuron.trouble)
    desk.say(*neuron_words(neuron, desk.run.config, desk.seen.layer_sizes if desk.seen else ()))


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


async def say_mistakes(desk: Desk, words: str) -> None:
    """Say which test samples are misclassified."""
    found = (await _moment(desk, MisclassifiedRequest("test"))).reply(Misclassified)
    if found is None or not found.class_names:
        raise RefusedError("Values are predicted, so nothing can be misclassified.")
    if not len(found.indexes):
        desk.say(f"No sample of the {found.part} set is misclassified.")
        return
    desk.say(f"{len(found.indexes)} samples of the {found.part} set are misclassified.")
    names = found.class_names
    pairs: dict[tuple[int, int], int] = {}
    for truth, said in zip(found.truths.tolist(), found.predictions.tolist(), strict=True):
        pairs[truth, said] = pairs.get((truth, said), 0) + 1
    often = sorted(pairs.items(), key=lambda pair: -pair[1])[:LISTED]
    desk.say(*(f"{names[t]} read as {names[s]}: {count}." for (t, s), count in often))
    first = ", ".join(str(index + 1) for index in found.indexes[:LISTED].tolist())
    desk.say(f"The first are {found.part} {first}.")


async def next_mistake(desk: Desk, words: str) -> None:
    """Go to the next misclassified sample."""
    await _go_to_mistake(desk, 1)


async def previous_mistake(desk: Desk, words: str) -> None:
    """Go to the previous misclassified sample."""
    await _go_to_mistake(desk, -1)


async def _go_to_mistake(desk: Desk, by: int) -> None:
    part = desk.example.part if desk.example.part != "typed" else "test"
    found = (await _moment(desk, MisclassifiedRequest(part))).reply(Misclassified)
    if found is None or not len(found.indexes):
        desk.say("Nothing is misclassified.")
        return
    here = desk.example.index if desk.example.part == found.part else -1
    ahead = found.indexes[found.indexes > here] if by > 0 else found.indexes[found.indexes < here][::-1]
    if not len(ahead):
        desk.say("There is none further this way.")
        return
    place = int(ahead[0])
    at = int(np.flatnonzero(found.indexes == place)[0])
    desk.example = Example(found.part, place)
    names = found.class_names
    desk.say(f"{desk.example.words}: {names[found.truths[at]]}, read as {names[found.predictions[at]]}.")


async def verdict(desk: Desk, words: str) -> None:
    """Say what is to be thought of the network, as `tui-nn evaluate` does."""
    checkpoint = (await _moment(desk, MomentRequest())).reply(Checkpoint)
    if checkpoint is None:
        raise RefusedError("A comparison has no verdict of its own; take a run over first.")
    desk.say(*await asyncio.to_thread(_judged, checkpoint))


def _judged(checkpoint: Checkpoint) -> list[str]:
    """Return the verdict on a moment in sentences. Raises EngineError."""
    with tempfile.TemporaryDirectory(prefix="tui-nn-") as folder:
        path = Path(folder) / "run.npz"
        save_checkpoint(path, checkpoint)
        run = open_run(str(path))
    rows = own_test_set(run)
    found = judge(run, rows, MOST_MISTAKES, np.random.default_rng(SHUFFLING_SEED))
    seen = [f"{SEEN_WORDS}."] if rows.is_seen else []
    if isinstance(found, ClassVerdict):
        lines = describe_classes(found, run, tabled=table_words)
    else:
        lines = describe_values(found, run, tabled=table_words)
    return [f"{found.n:,} samples of its test set.", *seen, *lines]


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
    Action(
        "mistakes",
        "",
        "which test samples are misclassified",
        GROUP,
        say_mistakes,
        ("errors", "misclassified"),
    ),
    Action("next mistake", "", "go to the next misclassified sample", GROUP, next_mistake),
    Action("previous mistake", "", "go to the previous misclassified sample", GROUP, previous_mistake),
    Action(
        "verdict", "", "how good the network is, as tui-nn evaluate says it", GROUP, verdict, ("evaluate",)
    ),
    Action("moments", "", "what was noticed in this run", GROUP, moments),
)
