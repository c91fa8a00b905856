"""The last stage: what clipping, the optimizer and the penalty really do to the parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import REGULARIZERS, Network, Optimizer
from tui_nn.engine.clipping import clip_by_norm, clip_by_value
from tui_nn.engine.regularization import Regularization
from tui_nn.engine.updating import Updating
from tui_nn.views.walk.look.context import Context
from tui_nn.views.walk.look.names import Names
from tui_nn.views.walk.look.numbers import number, one_cell_each, plain, short
from tui_nn.views.walk.look.rules import LETTERS, Moved, is_known, worked
from tui_nn.views.walk.look.tables import NAME, largest, result
from tui_nn.views.walk.values import Line, Spot, Stage

Array = NDArray[Any]

MOST_CHANGES = 16


@dataclass(frozen=True, eq=False)
class Change:
    """All parameters around one step, (n_parameters,) each, and what the optimizer remembers of them."""

    before: Array
    raw_gradients: Array
    """As the way back left them."""
    gradients: Array
    """As the optimizer got them, clipped."""
    after: Array
    state_before: Array
    """(rows, n_parameters)"""
    state_after: Array
    learning_rate: float
    optimizer_steps: int
    """The optimizer's steps, this one included."""


def take_step(
    network: Network, optimizer: Optimizer, inputs: Array, coded: Array, learning_rate: float
) -> Change:
    """Take one real step with copies of a network and its optimizer; return what it does."""
    before, state_before = network.parameters.copy(), optimizer.state.copy()
    raw = network.gradients.copy()
    source = network.prepare(inputs, coded)
    network.train_step(source, np.arange(len(inputs)), optimizer, learning_rate)
    return Change(
        before=before,
        raw_gradients=raw,
        gradients=network.gradients.copy(),
        after=network.parameters.copy(),
        state_before=state_before,
        state_after=optimizer.state.copy(),
        learning_rate=learning_rate,
        optimizer_steps=optimizer.steps,
    )


@dataclass(frozen=True)
class Place:
    """Where a parameter stands: in the block of a layer."""

    position: int
    source: int | None
    """The row of the weights, or None for a bias."""
    unit: int


def find_place(network: Network, index: int) -> Place:
    """Return the place of a parameter of the network's vector."""
    for position, placed in enumerate(network.layers):
        offset = index - placed.start
        if 0 <= offset < placed.block.size:
            source, unit = divmod(offset, placed.block.shape[1])
            return Place(position, source if source < len(placed.block) - 1 else None, unit)
    raise IndexError(index)


def name_of(place: Place, network: Network, names: Names) -> str:
    """Return the name of a parameter, such as "h1 x→3" or "out b1"."""
    layer, kind = names.short_layer(place.position), network.layers[place.position].layer.name
    unit = str(place.unit + 1)
    if kind == "batchnorm":
        return f"{layer} {'β' if place.source is None else 'γ'}{unit}"
    if place.source is None:
        return f"{layer} b{unit}"
    if kind == "conv":
        size = network.layers[place.position].layer.kernel_size  # type: ignore[attr-defined]
        channel, rest = divmod(place.source, size**2)
        return f"{layer} f{unit} c{channel + 1}({rest // size + 1},{rest % size + 1})"
    return f"{layer} {names.unit(place.position - 1, place.source)}→{unit}"


def spot_of(places: list[Place], network: Network, names: Names) -> Spot:
    """Return the links and neurons of these parameters."""
    nodes, links = set(), set()
    for place in places:
        layer, kind = names.number(place.position), network.layers[place.position].layer.name
        if kind == "dense" and place.source is not None:
            links.add((layer, place.source, place.unit))
        elif kind == "dense":
            nodes.add((layer, place.unit))
    return Spot(nodes=tuple(sorted(nodes)), single_links=tuple(sorted(links)))


def update_stage(context: Context, network: Network, optimizer: Optimizer, change: Change) -> Stage:
    """Return the stage that says what the step does to the parameters it moves most."""
    kind = optimizer.kind
    moved = np.asarray(change.after.astype(np.float64) - change.before)
    order = [int(index) for index in largest(moved, MOST_CHANGES)]
    places = [find_place(network, index) for index in order]
    lines = [
        *_settings(optimizer, change),
        *_held(network),
        *_clipping(network, change),
        *_penalty(network),
    ]
    total = len(moved)
    if total > len(order):
        lines.append(Line(f"{len(order)} of {total:,} parameters, largest changes", "note"))
    titles = [name_of(place, network, context.names) for place in places]
    room = max([NAME, *map(len, titles)])
    lines.append(Line(f"{'parameter':<{room}}    before  gradient     after", "head"))
    for index, title in zip(order, titles, strict=True):
        values = (change.before[index], change.gradients[index], change.after[index])
        lines.append(Line(f"{title:<{room}}" + "".join(f" {number(value)}" for value in values)))
    if order:
        lines += _first_in_full(titles[0], order[0], network, optimizer, change)
    rule = {f"OPTIMIZERS[{kind.name!r}].rule": kind.rule}
    code: list[Callable[..., Any]] = [Network.train_step, *_clippers(network), Updating.update]
    if network.penalty is not None:
        code += [Updating.move_with_penalty, Regularization.measure]
    return context.stage(
        "update",
        len(network.layers) - 1,
        f"update: {kind.name}",
        kind.help,
        one_cell_each(kind.formula),
        [*lines, Line("The step has not been taken yet.", "note")],
        spot=spot_of(places, network, context.names),
        code=(*context.quote(**rule), *context.quote(*code)),
        before=change.before,
        gradients=change.gradients,
        after=change.after,
        is_of_layer=False,
    )


def _settings(optimizer: Optimizer, change: Change) -> list[Line]:
    """Return the numbers that the formula takes."""
    parts = [f"r {plain(change.learning_rate)}"]
    hyper = optimizer.hyperparameters
    parts += [f"{LETTERS.get(name, name)} {plain(value)}" for name, value in hyper.items()]
    return [Line(f"step {change.optimizer_steps:,} of the optimizer:  {'  '.join(parts)}")]


def _held(network: Network) -> list[Line]:
    count = 0 if network.constraints.holds is None else len(network.constraints.holds.held)
    return [Line(f"{count:,} frozen or cut parameters have gradient 0 and do not change")] if count else []


def _clipping(network: Network, change: Change) -> list[Line]:
    lines = []
    raw = change.raw_gradients.astype(np.float64)
    if network.constraints.holds is not None:
        raw[network.constraints.holds.held] = 0.0
    if network.clip_value is not None:
        beyond = int((np.abs(raw) > network.clip_value).sum())
        words = f"clip_value {plain(network.clip_value)}: {beyond:,} of {len(raw):,} gradients are clipped"
        lines.append(Line(words))
        raw = np.clip(raw, -network.clip_value, network.clip_value)
    if network.clip_norm is not None:
        norm = float(np.linalg.norm(raw))
        is_long = norm > network.clip_norm
        effect = (
            f"all are scaled by {number(network.clip_norm / norm).strip()}"
            if is_long
            else "so nothing changes"
        )
        lines.append(
            Line(f"clip_norm {plain(network.clip_norm)}: their norm is {number(norm).strip()}, {effect}")
        )
    return lines


def _clippers(network: Network) -> list[Callable[..., Any]]:
    found: list[Callable[..., Any]] = []
    if network.clip_value is not None:
        found.append(clip_by_value)
    if network.clip_norm is not None:
        found.append(clip_by_norm)
    return found


def _penalty(network: Network) -> list[Line]:
    penalty = network.penalty
    if penalty is None:
        return []
    formula = REGULARIZERS[penalty.name].derivative_formula
    words = f"{penalty.name}: then each weight loses r λ R', {formula}, λ {plain(penalty.rate)}"
    return [Line(words)]


def _first_in_full(
    name: str, index: int, network: Network, optimizer: Optimizer, change: Change
) -> list[Line]:
    """Return the rule with the numbers of one parameter, and what it becomes."""
    lines = [Line(f"{name} in full", "head")]
    if is_known(optimizer.kind):
        lines += _rule(index, network, optimizer, change)
    lines.append(result("change", np.float64(change.after[index]) - change.before[index], role=""))
    lines.append(result("after", change.after[index]))
    return lines


def _rule(index: int, network: Network, optimizer: Optimizer, change: Change) -> list[Line]:
    """Return the rule line by line, then what the penalty does to the parameter."""
    moved = Moved(
        float(change.before[index]),
        float(change.gradients[index]),
        tuple(change.state_before[:, index].tolist()),
        tuple(change.state_after[:, index].tolist()),
    )
    steps, rate, penalty = change.optimizer_steps, change.learning_rate, network.penalty
    lines, p = worked(optimizer.kind, optimizer.hyperparameters, steps, rate, moved)
    place = find_place(network, index)
    if penalty is not None and place.source is not None:
        slope = REGULARIZERS[penalty.name].derivative(change.before[index], penalty.l1_ratio)
        lines.append(Line(f"p = {short(p)} - {plain(rate)} × {plain(penalty.rate)} × {short(slope)}"))
    return lines
