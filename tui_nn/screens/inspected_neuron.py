"""The neuron that the Playground looks into: its weights by their rows, and what keys do to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_nn.render.rows import Row
from tui_nn.training.names import Node, node_name
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Snapshot
from tui_nn.views.neuron.weight_edits import CUT_WORDS, NOTHING_TO_FREEZE, WeightEdits

if TYPE_CHECKING:
    from tui_nn.views.neuron.values import Neuron, Term


class InspectedNeuron:
    """Knows a neuron as the last moment showed it; says why where its weights cannot be changed."""

    def __init__(self, run: Run) -> None:
        self._run, self._edits = run, WeightEdits(run)
        self._neuron: Neuron | None = None
        self._sizes: tuple[int, ...] = ()

    def see(self, snapshot: Snapshot, node: Node | None) -> None:
        """Take over what a moment shows of a neuron."""
        self._edits.see()
        self._sizes = snapshot.layer_sizes
        if node is not None:
            from tui_nn.views.neuron.values import Neuron  # nobody looks into one before the first picture

            neuron = snapshot.reply(Neuron)
            if neuron is not None and neuron.node == node:
                self._neuron = neuron

    def name(self, node: Node) -> str:
        """Return what a neuron is called."""
        return node_name(node, self._sizes, self._run.config)

    def rows(self, node: Node) -> list[Row] | None:
        """Return a row for each weight; None where the neuron has not been seen."""
        from tui_nn.views.neuron.draw_rows import node_rows  # as in see()

        neuron = self._seen(node)
        return None if neuron is None else node_rows(neuron, self._run.config)

    def changeable(self, node: Node, key: str) -> Term | None:
        """Return the weight of a row, or say why it cannot be changed."""
        term = self._term(node, key)
        if term is not None and self._edits.is_cut(node, term):
            self._run.tell(CUT_WORDS, True)
            return None
        return term

    def nudge(self, node: Node, key: str, step: int) -> None:
        """Change the weight of a row by one arrow key."""
        term = self.changeable(node, key)
        if term is not None:
            self._edits.nudge(node, term, step, self._term_name(term))

    def set(self, node: Node, key: str, value: float) -> None:
        """Give the weight of a row a value."""
        term = self.changeable(node, key)
        if term is not None:
            self._edits.set(node, term, value, self._term_name(term))

    def hold_weight(self, node: Node, key: str, kind: str) -> None:
        """Freeze or cut the weight of a row, or let it go."""
        term = self._term(node, key)
        if term is not None:
            self._edits.hold_weight(node, term, kind, f"{self.name(node)}, {self._term_name(term)}:")

    def hold(self, node: Node, kind: str, is_seen_held: bool) -> None:
        """Freeze or cut a whole neuron, or let it go."""
        if node[0] == 0 and kind == "freeze":
            self._run.tell(NOTHING_TO_FREEZE, True)
        else:
            self._edits.hold_node(node, kind, is_seen_held, self.name(node))

    def _seen(self, node: Node) -> Neuron | None:
        return self._neuron if self._neuron is not None and self._neuron.node == node else None

    def _term(self, node: Node, key: str) -> Term | None:
        from tui_nn.views.neuron.draw_rows import node_terms

        neuron = self._seen(node)
        term = None if neuron is None else node_terms(neuron).get(key)
        if term is None:
            self._run.tell("That neuron no longer exists.", True)
        return term

    def _term_name(self, term: Term) -> str:
        from tui_nn.views.neuron.draw_rows import term_name

        assert self._neuron is not None, "a term comes from a neuron that was seen"
        return term_name(self._neuron, term, self._run.config)
