"""What a person does to weights by keys (changing, freezing, cutting), each as an edit that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui_nn.settings.values import Real
from tui_nn.training.commands import HoldNeuron, HoldParameter, SetParameter
from tui_nn.training.names import Node
from tui_nn.training.remote.pending import Pending
from tui_nn.training.remote.run import Run

if TYPE_CHECKING:
    from tui_nn.views.neuron.values import Term

NUDGE = 0.1
"""What an arrow key adds to a weight."""
WEIGHT = Real(-1e6, 1e6, (0.0,))
"""What may be typed."""
DONE = {"freeze": ("frozen", "thawed"), "cut": ("cut", "healed")}
"""What is said when a key holds, and when it lets go."""
CUT_WORDS = "It is cut: its value stays zero until X restores it."
NOTHING_TO_FREEZE = "An input has no weights of its own, so there is nothing to freeze."


class WeightEdits:
    """Changes weights of one run; a key counts from what the keys before it did, seen or not yet seen.

    node: the neuron whose weight it is. name: what the weight or neuron is called in the words of the edit.
    """

    def __init__(self, run: Run) -> None:
        self._run, self._pending = run, Pending()

    def see(self) -> None:
        """Note that another moment came."""
        self._pending.see()

    def is_cut(self, node: Node, term: Term) -> bool:
        """Return whether a weight is cut, so that it cannot be changed."""
        return self._pending.latest(("cut", node, term.source), term.is_cut)

    def nudge(self, node: Node, term: Term, step: int, name: str) -> None:
        """Change a weight by one arrow key."""
        self.set(node, term, self._latest(node, term) + step * NUDGE, name)

    def set(self, node: Node, term: Term, value: float, name: str) -> None:
        """Give a weight a value."""
        before = self._latest(node, term)
        self._pending.note(("weight", node, term.source), value)
        command, undone_by = (SetParameter(node[0] - 1, term.row, node[1], w) for w in (value, before))
        self._run.carry_out(command, undone_by, f"{name} {before:.4f} -> {value:.4f}")

    def hold_weight(self, node: Node, term: Term, kind: str, name: str) -> None:
        """Freeze or cut one weight, or let it go if it is held already."""
        of = (kind, node, term.source)
        is_held = self._pending.latest(of, term.is_cut if kind == "cut" else term.is_frozen)
        self._pending.note(of, not is_held)
        command, undone_by = (
            HoldParameter(kind, node[0] - 1, term.row, node[1], held) for held in (not is_held, is_held)
        )
        self._run.carry_out(command, undone_by, f"{name} {DONE[kind][is_held]}")

    def hold_node(self, node: Node, kind: str, is_seen_held: bool, name: str) -> None:
        """Freeze or cut a whole neuron, or let it go if it is held already."""
        is_held = self._pending.latest((kind, node), is_seen_held)
        self._pending.note((kind, node), not is_held)
        command, undone_by = (HoldNeuron(kind, node, held) for held in (not is_held, is_held))
        self._run.carry_out(command, undone_by, f"{name} {DONE[kind][is_held]}")

    def _latest(self, node: Node, term: Term) -> float:
        return self._pending.latest(("weight", node, term.source), term.weight)


def typed_weight(use: Callable[[float], object]) -> Callable[[str], str]:
    """Return what takes a typed line: it uses the value, or returns in words why it cannot be one."""

    def accept(text: str) -> str:
        try:
            value: float = WEIGHT.check(WEIGHT.parse(text))
        except ValueError as allowed:
            return f"{text.strip() or 'nothing'} is not allowed; {allowed}"
        use(value)
        return ""

    return accept
