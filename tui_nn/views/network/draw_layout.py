"""Where the parts of the network diagram go: columns, nodes and gutters, in cells, without any drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_NODES = 16
"""Nodes shown in a column at most, the rest is counted."""
_WIDEST_MAP = 12


@dataclass(frozen=True)
class NodeBox:
    """The cells of one node: its label column and its map. Screens find what was clicked or selected here."""

    column: int
    """The layer: 0 is the input."""
    unit: int
    row: int
    left: int
    height: int
    width: int
    port: int
    """The row at which links arrive and leave."""
    samples: int
    """Half rows of its map; both of its row where it has one row only."""


@dataclass(frozen=True)
class ColumnLayout:
    """One layer: its nodes from top to bottom and how many more it has."""

    left: int
    """The first column of the labels."""
    map_left: int
    """The first column of the maps, behind labels and frame."""
    map_right: int
    """The first column behind the maps."""
    right: int
    """The first column behind the nodes."""
    nodes: tuple[NodeBox, ...]
    hidden_count: int


@dataclass(frozen=True)
class NetworkLayout:
    """Every place of the diagram."""

    header_rows: int
    body_rows: int
    strip_rows: int
    """Rows of the activation strips, without the caption below them."""
    map_width: int
    """Columns of a node's map, which is also the number of its samples across."""
    map_samples: int
    """Half rows of a node's map where nodes have the room."""
    columns: tuple[ColumnLayout, ...]

    @property
    def strip_row(self) -> int:
        """The first row of the activation strips."""
        return self.header_rows + self.body_rows

    def gutter(self, index: int) -> tuple[int, int]:
        """Return the first column and the width of the space between layer `index` and the next."""
        left = self.columns[index].right
        return left, max(0, self.columns[index + 1].left - left)

    @property
    def nodes(self) -> tuple[NodeBox, ...]:
        """Every shown node."""
        return tuple(node for column in self.columns for node in column.nodes)


def row_shares(height: int) -> tuple[int, int, int]:
    """Return the rows of the header, the body and the activation strips; a caption takes one more."""
    header = 2 if height >= 22 else 1 if height >= 5 else 0
    strip = 2 if height >= 26 else 1 if height >= 12 else 0
    caption = 1 if height >= 10 else 0
    return header, max(0, height - header - strip - caption), strip


def network_layout(
    height: int,
    width: int,
    units: Sequence[Sequence[int]],
    totals: Sequence[int],
    label_widths: Sequence[int],
    *,
    frame: int = 0,
    right_margin: int = 0,
) -> NetworkLayout | None:
    """Place the layers in `height` x `width` cells; None if there is no room for one row of nodes.

    units: for each layer the units to show, top to bottom. totals: how many it has. label_widths: the columns
    that its labels take. frame: columns on either side of each map. right_margin: columns kept free.
    """
    header, body, strip = row_shares(height)
    margins = [label + 2 * frame for label in label_widths]
    widest = _map_width(width - right_margin, margins)
    if body < 1 or widest < 1:
        return None
    pitches = [
        max(1, (body - (total > len(shown))) // max(1, len(shown)))
        for shown, total in zip(units, totals, strict=True)
    ]
    shared = min((pitch for pitch in pitches if pitch >= 2), default=1)
    samples = _samples(shared, widest)
    map_width = min(widest, max(5 * samples // 3, 3))
    free = width - right_margin - sum(margins) - map_width * len(units)
    columns, left = [], 0 if len(units) > 1 else max(0, free // 2)
    for index, shown in enumerate(units):
        if index > 0:
            gaps = len(units) - 1
            left += free * index // gaps - free * (index - 1) // gaps
        map_left = left + label_widths[index] + frame
        right = map_left + map_width + frame
        pitch = min(shared, pitches[index])
        nodes = _nodes(
            index, shown, totals[index] > len(shown), (left, right), (header, body), pitch, samples
        )
        columns.append(
            ColumnLayout(left, map_left, map_left + map_width, right, nodes, totals[index] - len(shown))
        )
        left = right
    return NetworkLayout(header, body, strip, map_width, samples, tuple(columns))


def _map_width(width: int, margins: Sequence[int]) -> int:
    """Return the widest maps that leave gutters wider than themselves; 0 if there is no room at all."""
    free, count = width - sum(margins), len(margins)
    for candidate in range(_WIDEST_MAP, 2, -1):
        if free >= candidate * count + (candidate + 1) * (count - 1):
            return candidate
    for candidate in (3, 2, 1):
        if free >= candidate * count + min(candidate, 2) * (count - 1):
            return candidate
    return 1 if free >= count > 0 else 0


def _samples(pitch: int, most: int) -> int:
    """Return the half rows of a map: one of its rows stays free, but a single row is used whole."""
    return max(2, min(2 * pitch - 1, most))


def _nodes(
    column: int,
    units: Sequence[int],
    has_more: bool,
    sides: tuple[int, int],
    body: tuple[int, int],
    pitch: int,
    samples: int,
) -> tuple[NodeBox, ...]:
    """Place the nodes of one layer around the middle of the body, wider apart where few share it."""
    top, rows = body
    left, right = sides
    places = max(1, len(units) + has_more)
    own = min(samples, _samples(pitch, samples))
    height = (own + 1) // 2
    spacing = max(pitch, min(rows // places, 2 * pitch))
    first = top + max(0, (rows - spacing * (places - 1) - height) // 2)
    return tuple(
        NodeBox(column, unit, row, left, height, right - left, row + own // 4, own)
        for unit, row in zip(units, range(first, first + spacing * len(units), spacing), strict=True)
    )
