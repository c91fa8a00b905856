"""Runs that differ in their seeds alone are one group: its spread, and whether two can be told apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tui_nn.render import slots
from tui_nn.sweeps.spread import Spread, compare
from tui_nn.views.compare.values import SEEDS, RunSeen, differing
from tui_nn.views.compare.words import loss_words, mark_of, value_text

MARKS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Group:
    """Runs with the same settings but for their seeds."""

    mark: str
    """One character that stands for it on its line."""
    slot: int
    """Its color."""
    runs: tuple[RunSeen, ...]
    words: str
    """The settings in which it differs from other groups."""


def groups_of(runs: Sequence[RunSeen]) -> list[Group]:
    """Return the groups in the order of their first runs; single runs are groups of one.

    Where all are single, they are marked by their numbers, else by letters.
    """
    members: dict[object, list[RunSeen]] = {}
    names = differing(runs)
    own = [name for name in names if name not in SEEDS]
    for run in runs:
        members.setdefault(tuple(getattr(run.config, name) for name in own), []).append(run)
    if all(len({_seeds(run) for run in group}) == 1 for group in members.values()):
        members = {run.number: [run] for run in runs}  # copies of one run are no seeds
    is_single = len(members) == len(runs)
    if not is_single:
        names = tuple(own)
    return [
        Group(
            mark_of(group[0].number) if is_single else MARKS[place % len(MARKS)],
            slots.class_slot(place),
            tuple(group),
            " ".join(value_text(group[0], name) for name in names),
        )
        for place, group in enumerate(members.values())
    ]


def is_grouped(groups: Sequence[Group]) -> bool:
    """Return whether some group has several runs."""
    return any(len(group.runs) > 1 for group in groups)


def spread_words(runs: Sequence[RunSeen]) -> list[str]:
    """Return which groups can be told apart by their test losses, then how far each spreads.

    The test is that of Mann and Whitney; a run that is lost counts as the worst.
    """
    groups = groups_of(runs)
    if not is_grouped(groups):
        return []
    has_test = any(run.metrics.test_loss is not None for run in runs)
    label = "test loss" if has_test else "training loss"
    spreads = {group.mark: _spread(group) for group in groups}
    several = [spread for spread in spreads.values() if len(spread.badness) > 1]
    ordered = sorted(several, key=lambda spread: (spread.median, spread.best))
    sentences = [verdict.sentence(label) for verdict in compare(ordered)]
    return [*sentences, *(_range_words(group, spreads[group.mark], label) for group in groups)]


def _seeds(run: RunSeen) -> tuple[int, ...]:
    return tuple(getattr(run.config, name) for name in SEEDS)


def _spread(group: Group) -> Spread:
    """Return what each seed came to; a copy of a run with the same seeds tells nothing more."""
    own = {_seeds(run): run for run in group.runs}.values()
    losses = [run.measure("test loss") for run in own]
    lost = [run.is_lost for run in own]
    badness = (math.inf if gone or loss is None else loss for loss, gone in zip(losses, lost, strict=True))
    return Spread(((group.mark, group.words or "as it is"),), tuple(badness))


def _range_words(group: Group, spread: Spread, label: str) -> str:
    finite = [loss for loss in spread.badness if math.isfinite(loss)]
    name = f"{group.mark} {group.words}".strip()
    if not finite:
        return f"{name}: all {len(spread.badness)} runs are lost."
    median = loss_words(spread.median) if math.isfinite(spread.median) else "none"
    lost = f", {spread.n_lost} lost" if spread.n_lost else ""
    low, high = loss_words(min(finite)), loss_words(max(finite))
    return f"{name}: median {label} {median}, {low} to {high}, {len(spread.badness)} seeds{lost}."
