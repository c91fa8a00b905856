"""The network of a moment in space, as a scene and in words."""

from __future__ import annotations

import math

import numpy as np

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, fit, stack, write
from tui_nn.render.palette import Palette
from tui_nn.render.scales import largest_of, power_above
from tui_nn.settings.config import Config
from tui_nn.training.names import feature_names, layer_name, short_layer_name
from tui_nn.views.space.draw_scene import space
from tui_nn.views.space.draw_sheets import Bundle, Scene, Sheet, unit_grid
from tui_nn.views.space.draw_viewpoint import FIRST_VIEW, Viewpoint
from tui_nn.views.space.values import LayerUnits, Links

LEAST_HEIGHT = 12
"""From so many rows on there is a line that says what colors mean."""
CELLS_PER_LINK = 30
FEWEST_LINKS = 16
BRIGHT = 5
"""Level of light of the marks that say what colors mean."""
LONGEST_COLUMN = 16
"""So many outputs stand below each other, with their names."""


def scene(links: Links, config: Config) -> Scene:
    """Return what is to be drawn of a network."""
    n = len(links.layers)
    return Scene(
        sheets=tuple(_sheet(i, layer, links, config) for i, layer in enumerate(links.layers)),
        bundles=tuple(
            Bundle(bundle.sources, bundle.targets, bundle.values.astype(np.float64)) for bundle in links.links
        )
        if n > 1
        else (),
    )


def _sheet(index: int, layer: LayerUnits, links: Links, config: Config) -> Sheet:
    is_input, is_output = index == 0, index == len(links.layers) - 1
    n = math.prod(layer.shape)
    title = layer_name(index, len(links.layers))
    values = layer.activations.astype(np.float64)
    names: tuple[str, ...] = ()
    in_column = is_output and n <= LONGEST_COLUMN
    marked = None
    if is_input:
        names = feature_names(config, n) if n <= LONGEST_COLUMN else ()
    elif is_output and in_column:
        names = links.class_names
        marked = int(np.nan_to_num(values, nan=-np.inf).argmax()) if names else None
    return Sheet(
        label=title + _size_words(layer.shape),
        short_label=short_layer_name(index, len(links.layers)),
        grid=unit_grid(layer.shape, in_column),
        numbers=layer.numbers,
        values=values / power_above(largest_of(values)),
        names=names,
        marked=marked,
        every=int(layer.numbers[1] - layer.numbers[0]) if len(layer.shape) == 3 and n > 1 else 1,
    )


def _size_words(shape: tuple[int, ...]) -> str:
    if len(shape) == 3 and shape[0] > 1:
        return f" ({shape[0]} maps)"
    n = math.prod(shape)
    return f" ({n:,})" if n > 1 else ""


def space_picture(
    links: Links, config: Config, palette: Palette, height: int, width: int, view: Viewpoint = FIRST_VIEW
) -> Cells:
    """Draw a network in space in `height` x `width` cells, with what colors mean below it; any size."""
    if height < LEAST_HEIGHT:
        return space(scene(links, config), palette, height, width, view)
    picture = space(scene(links, config), palette, height - 1, width, view)
    return fit(stack(picture, _legend(palette, width)), height, width)


def link_room(n_gaps: int, height: int, width: int) -> int:
    """Return how many links in each gap between layers are told apart in `height` x `width` cells."""
    return max(FEWEST_LINKS, height * width // (CELLS_PER_LINK * max(1, n_gaps)))


def links_words(links: Links, what: str = "weights") -> str:
    """Return the sizes of the layers and which links are drawn: "2-4-1, the strongest 9 of 12 links"."""
    sizes = "-".join(str(math.prod(layer.shape)) for layer in links.layers)
    shown, n_links = sum(len(b.values) for b in links.links), sum(b.n_links for b in links.links)
    if not n_links:
        return f"{sizes}, links of filters are not drawn"
    which = f"all {n_links:,}" if shown == n_links else f"the strongest {shown:,} of {n_links:,}"
    by = "" if what == "weights" else f", by {what}"
    is_part = any(not bundle.n_links for bundle in links.links)
    return f"{sizes}, {which} links{by}{', those of filters left out' * is_part}"


def answer_words(links: Links) -> str:
    """Return the example and what the network makes of it: "train 3: 5, read as 6"."""
    if not links.class_names:
        return links.words
    outputs = np.nan_to_num(links.layers[-1].activations, nan=-np.inf)
    answer = links.class_names[int(outputs.argmax())]
    truth = f"{links.class_names[links.target]}, " if links.target is not None else ""
    return f"{links.words}: {truth}read as {answer}"


def _legend(palette: Palette, width: int) -> Cells:
    """Draw what colors and sizes mean, as much as fits."""
    line = blank(1, width)
    full, hollow = ("#", "o") if palette.is_ascii else ("●", "●" if palette.has_blocks else "○")
    column = 1
    for mark, sign, words in ((hollow, -1, "below 0"), (full, 1, "above 0"), ("", 0, "large: far from 0")):
        needed = len(mark) + bool(mark) + len(words)
        if column + needed > width:
            break
        write(line, 0, column, mark, slots.glow_slot(sign, BRIGHT))
        write(line, 0, column + len(mark) + bool(mark), words, slots.DIM)
        column += needed + 3
    return line
