"""What a person does to weights by keys, as commands with the commands that take them back."""

from __future__ import annotations

from dataclasses import dataclass

from tui_nn.settings.values import Real
from tui_nn.training.commands import Command, HoldNeuron, HoldParameter, SetParameter
from tui_nn.training.names import Node

NUDGE = 0.1
"""What an arrow key adds to a weight."""
WEIGHT = Real(-1e6, 1e6, (0.0,))
"""What may be typed."""
DONE = {"freeze": ("frozen", "thawed"), "cut": ("cut", "healed")}
"""What is said when a key holds, and when it lets go."""
CUT_WORDS = "It is cut: its value stays zero until X restores it."
NOTHING_TO_FREEZE = "An input has no weights of its own, so there is nothing to freeze."


@dataclass(frozen=True)
class WeightEdit:
    """A command, what takes it back, and what is said."""

    command: Command
    undone_by: Command
    words: str


def set_weight(node: Node, source: int | None, before: float, after: float, name: str) -> WeightEdit:
    """Return the change of a weight of a neuron (without a source: of its bias)."""
    command, undone_by = (SetParameter(node[0] - 1, source, node[1], value) for value in (after, before))
    return WeightEdit(command, undone_by, f"{name} {before:.4f} -> {after:.4f}")


def hold_weight(node: Node, source: int | None, kind: str, is_held: bool, name: str) -> WeightEdit:
    """Return the freezing or cutting of one weight, or the letting go if it is held already."""
    command, undone_by = (
        HoldParameter(kind, node[0] - 1, source, node[1], held) for held in (not is_held, is_held)
    )
    return WeightEdit(command, undone_by, f"{name} {DONE[kind][is_held]}")


def hold_node(node: Node, kind: str, is_held: bool, name: str) -> WeightEdit:
    """Return the freezing or cutting of a whole neuron, or the letting go if it is held already."""
    command, undone_by = (HoldNeuron(kind, node, held) for held in (not is_held, is_held))
    return WeightEdit(command, undone_by, f"{name} {DONE[kind][is_held]}")


def typed_weight(text: str) -> float:
    """Return the value that was typed; raise ValueError with a sentence where it cannot be one."""
    try:
        value: float = WEIGHT.check(WEIGHT.parse(text))
    except ValueError as allowed:
        raise ValueError(f"{text.strip() or 'nothing'} is not allowed; {allowed}") from None
    return value
