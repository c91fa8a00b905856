"""Marks on the links of the network diagram: what is frozen or cut, and which way numbers flow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import slots
from tui_nn.render.cells import Cells, write
from tui_nn.render.palette import Palette
from tui_nn.views.network.values import CUT, FROZEN

PERIOD = 7
"""Columns between two marks that follow each other along a link."""
MOST_FLOWS = 14
"""In one gutter at most so many links carry marks: the strongest."""
FAINTEST_FLOW = 0.1
"""A link that carries less than this share of the most has no marks."""
_HOLD_PLACE = 0.62
"""How far along a link the mark of a hold stands: where few links meet."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class LinkMarks:
    """What is marked in one gutter; matrices (n_sources, n_targets)."""

    held: NDArray[Any] | None = None
    """NOT_HELD, FROZEN or CUT."""
    carried: NDArray[Any] | None = None
    """What flows along each link, by sign and size; None where no flow is shown."""


@dataclass(frozen=True)
class Flow:
    """Where the marks of a flow stand: they move one column when `phase` grows by one."""

    phase: int
    is_backward: bool = False


def link_rows(begin: Ints, end: Ints, columns: NDArray[np.float64]) -> Ints:
    """Return (links, columns): the rows of links at places from 0 (their source) to 1 (their target)."""
    eased = columns + (3 * columns**2 - 2 * columns**3 - columns) * 0.6
    rows = begin[:, None] + (end - begin)[:, None] * eased
    return np.asarray(np.floor(rows + 0.5), dtype=np.int64)


def draw_holds(cells: Cells, held: NDArray[Any], begin: Ints, end: Ints, palette: Palette) -> None:
    """Put a mark on each link of a gutter that is held; begin, end: the rows of sources and of targets."""
    for state in (FROZEN, CUT):
        sources, targets = np.nonzero(held == state)
        if not len(sources) or cells.width < 1:
            continue
        place = np.array([_HOLD_PLACE])
        rows = link_rows(begin[sources], end[targets], place)[:, 0]
        for row in rows.tolist():
            write(cells, row, int(_HOLD_PLACE * cells.width), hold_glyph(state, palette), slots.TITLE)


def hold_glyph(state: int, palette: Palette) -> str:
    """Return the glyph of FROZEN or CUT."""
    return palette.glyphs.cut if state == CUT else palette.glyphs.frozen


def draw_flow(
    cells: Cells, carried: NDArray[Any], begin: Ints, end: Ints, palette: Palette, flow: Flow, left: int
) -> None:
    """Put marks along the links of a gutter that carry most; left: its first column in the diagram."""
    size = np.abs(np.nan_to_num(carried, posinf=0.0, neginf=0.0))
    most = float(size.max(initial=0.0))
    if most <= 0.0 or cells.width < 3:
        return
    chosen = np.argsort(-size, axis=None, kind="stable")[:MOST_FLOWS]
    chosen = chosen[size.ravel()[chosen] >= FAINTEST_FLOW * most]
    sources, targets = np.unravel_index(chosen, size.shape)
    step = -flow.phase if not flow.is_backward else flow.phase
    columns = np.arange(cells.width)
    columns = columns[(left + columns + step) % PERIOD == 0]
    if not len(columns):
        return
    rows = link_rows(begin[sources], end[targets], (columns + 0.5) / cells.width)
    glyph = palette.glyphs.flow[int(not flow.is_backward)]
    for link in range(len(chosen) - 1, -1, -1):  # the strongest last, above the others
        slot = slots.link_slot(bool(carried[sources[link], targets[link]] > 0), slots.LINK_LEVELS - 1)
        for row, column in zip(rows[link].tolist(), columns.tolist(), strict=True):
            write(cells, row, column, glyph, slot)
