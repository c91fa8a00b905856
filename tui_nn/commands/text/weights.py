"""The words that change a weight by hand, freeze it, or cut it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from tui_nn.commands.text.action import Action, RefusedError
from tui_nn.commands.text.describing import neuron_of, read_node
from tui_nn.commands.text.desk import Desk
from tui_nn.training import commands as do
from tui_nn.training.names import node_name
from tui_nn.views.neuron.values import BIAS, Term
from tui_nn.views.neuron.weight_edits import DONE, WEIGHT, WeightEdits

GROUP = "Change"


async def weight(desk: Desk, words: str) -> None:
    """Say a weight, or give it a value."""
    parts = re.split(r"[\s,=]+", words.strip())
    if len(parts) not in (3, 4):
        raise RefusedError(
            "weight needs a layer, a neuron, a source (0 is the bias) and a value, such as weight 1 1 2 0.5"
        )
    node = read_node(" ".join(parts[:2]))
    term, sizes = await _term(desk, node, parts[2])
    name = _weight_name(desk, node, term, sizes)
    if len(parts) == 3:
        desk.say(f"{name} is {term.weight:.6g}.")
        return
    try:
        value = WEIGHT.check(WEIGHT.parse(parts[3]))
    except ValueError as error:
        raise RefusedError(f"weight: {parts[3][:40]} is not allowed; {error}") from None
    if term.is_cut:
        raise RefusedError(f"{name} is cut: its value stays zero until it is restored")
    WeightEdits(desk.run).set(node, term, value, name)


async def _term(desk: Desk, node: tuple[int, int], source: str) -> tuple[Term, tuple[int, ...]]:
    found, sizes = await neuron_of(desk, node)
    number = -1 if source in ("0", "bias") else int(source[:9]) - 1 if source.isdecimal() else -2
    term = next((term for term in found.terms if term.source == (BIAS if number == -1 else number)), None)
    if term is None:
        raise RefusedError(f"source {source[:40]} is not allowed; 0 is the bias, inputs are counted from 1")
    return term, sizes


def _weight_name(desk: Desk, node: tuple[int, int], term: Term, sizes: tuple[int, ...]) -> str:
    name = node_name(node, sizes, desk.run.config)
    if term.source == BIAS:
        return f"Bias of {name}"
    unit = term.source if term.unit is None else term.unit
    return f"Weight from {node_name((node[0] - 1, unit), sizes, desk.run.config)} to {name}"


def _edit_keys(words: str) -> tuple[str, ...]:
    """Return the keys that give a weight a value on the page of a neuron."""
    parts = re.split(r"[\s,=]+", words.strip())
    if len(parts) != 4:
        return ()
    source = int(parts[2]) if parts[2].isdecimal() else 0
    return ("enter", *["down"] * min(source, 99), "enter", *parts[3], "enter")


async def freeze(desk: Desk, words: str) -> None:
    """Freeze a neuron or a weight, or let it go."""
    await _hold(desk, words, "freeze")


async def cut(desk: Desk, words: str) -> None:
    """Cut a neuron or a weight, or restore it."""
    await _hold(desk, words, "cut")


async def _hold(desk: Desk, words: str, kind: str) -> None:
    parts = re.split(r"[\s,]+", words.strip())
    if len(parts) not in (2, 3):
        raise RefusedError(
            f"{kind} needs a layer and a neuron, and a source for one weight, such as {kind} 1 2"
        )
    node = read_node(" ".join(parts[:2]))
    hold: Callable[[bool], do.Command]
    if len(parts) == 3:
        term, sizes = await _term(desk, node, parts[2])
        is_held = term.is_cut if kind == "cut" else term.is_frozen
        hold = partial(do.HoldParameter, kind, node[0] - 1, term.row, node[1])
        name = _weight_name(desk, node, term, sizes)
    else:
        found, sizes = await neuron_of(desk, node)
        is_held = found.is_cut if kind == "cut" else found.is_frozen
        hold = partial(do.HoldNeuron, kind, node)
        name = node_name(node, sizes, desk.run.config).capitalize()
    desk.run.carry_out(hold(not is_held), hold(is_held), f"{name} {DONE[kind][is_held]}.")


ACTIONS = (
    Action(
        "weight",
        "LAYER NEURON SOURCE VALUE",
        "give a weight a value, or say it; source 0 is the bias",
        GROUP,
        weight,
        counts=_edit_keys,
    ),
    Action("freeze", "LAYER NEURON SOURCE", "freeze a neuron or one weight, or let it go", GROUP, freeze),
    Action("cut", "LAYER NEURON SOURCE", "set a neuron or one weight to zero, or restore it", GROUP, cut),
)
