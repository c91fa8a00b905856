"""A layer's space as a picture: the plot, and in words beside it what is seen and what it is worth."""

from __future__ import annotations

import textwrap

import numpy as np

from tui_nn.engine import ACTIVATIONS
from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, paste, write
from tui_nn.render.palette import Palette
from tui_nn.render.plane import Range
from tui_nn.render.scales import stable_bound
from tui_nn.training.names import layer_name
from tui_nn.views.hidden.draw_line import draw_number_line
from tui_nn.views.hidden.draw_plane import (
    LATTICE,
    LINES,
    Samples,
    StraightLines,
    draw_bent_plane,
)
from tui_nn.views.hidden.values import Cuts, HiddenSpace
from tui_nn.views.map.draw_axes import named_area, named_width

Span = tuple[Range, Range]
"""The shown ranges of x and y."""

MARGIN = 0.06
"""Room around the range, as a part of it."""
NARROWEST_WORDS = 24
WIDEST_WORDS = 46
GAP = 3


def hidden_span(space: HiddenSpace, before: Span | None = None) -> Span:
    """Return the ranges to show, the same on both axes; they stay those of `before` while the samples fit.

    What an activation cannot leave is shown whole; other ranges end at 1, 1.5, 2, 3, 4, 6 ...
    """
    activation = ACTIVATIONS.get(space.activation)
    if activation is not None and activation.bounds is not None and space.shares is None:
        return _padded(*activation.bounds)
    if space.layer == 0 and space.lattice is not None and space.shares is None:
        return _padded(float(space.lattice.min()), float(space.lattice.max()), 0.0)
    numbers = space.positions[np.isfinite(space.positions)]
    old_low, old_high = before[0] if before is not None else (None, None)
    if space.shares is not None:
        high = stable_bound(float(np.abs(numbers).max(initial=0.0)), old_high)
        return (-high, high), (-high, high)
    high = stable_bound(float(numbers.max(initial=0.0)), old_high / (1 + MARGIN) if old_high else None)
    lowest = -float(numbers.min(initial=0.0))
    low = 0.0
    if lowest > MARGIN * high:
        low = -stable_bound(lowest, -old_low if old_low and -old_low > 1.01 * MARGIN * high else None)
    return ((min(low, -MARGIN * high), (1 + MARGIN) * high),) * 2


def _padded(low: float, high: float, margin: float = MARGIN) -> Span:
    room = margin * (high - low)
    return ((low - room, high + room),) * 2


def hidden_picture(
    space: HiddenSpace, palette: Palette, height: int, width: int, span: Span, *, shows_test: bool = False
) -> Cells:
    """Draw the space in `height` x `width` cells, words beside it where there is room; any size will do."""
    canvas = blank(height, width)
    if not space.is_finite:
        write(canvas, 0, 0, "The activations are not finite: the run diverged.", width=width)
        return canvas
    samples = Samples(space.positions, space.labels, space.is_test, _marks(space))
    lines = _straight_lines(space.cuts)
    if space.n_axes == 1:
        words_width = min(WIDEST_WORDS, width // 2 - GAP)
        plot_width = width - words_width - GAP if words_width >= NARROWEST_WORDS else width
        cuts = space.cuts.coefficients if space.cuts is not None else None
        plot = draw_number_line(
            samples, palette, height, plot_width, span[0], _axes(space)[0], cuts, space.class_names
        )
        used = plot.width
    else:
        plot = draw_bent_plane(
            palette,
            height,
            width,
            span=span,
            axes=_axes(space),
            samples=samples,
            lattice=space.lattice,
            lines=lines,
            cursor=space.example,
        )
        area = named_area(height, width, span)
        used = named_width(_axes(space), area)
    paste(canvas, plot, 0, 0)
    room = min(WIDEST_WORDS, width - used - GAP)
    if room >= NARROWEST_WORDS:
        paste(canvas, _words(space, palette, height, room, shows_test), 0, used + GAP)
    return canvas


def _straight_lines(cuts: Cuts | None) -> StraightLines | None:
    if cuts is None or len(cuts.coefficients) != 3:
        return None
    names = () if cuts.is_decision or cuts.n_units == 1 else tuple(str(unit + 1) for unit in cuts.units)
    return StraightLines(cuts.coefficients, names, cuts.takes_largest)


def _marks(space: HiddenSpace) -> tuple[str, ...]:
    """Return a glyph for each class where there are more classes than colors."""
    return space.class_names if len(space.class_names) > slots.N_HUES else ()


def _axes(space: HiddenSpace) -> tuple[str, str]:
    if space.shares is not None:
        first, second = (f"{100 * share:.0f} %" for share in space.shares)
        return f"principal component 1 ({first} of variance)", f"principal component 2 ({second} of variance)"
    across, up = space.pair or (0, 0)
    return unit_name(space, across), unit_name(space, up)


def unit_name(space: HiddenSpace, unit: int) -> str:
    """Return "x" for an input that has a name, else "neuron 3"."""
    if unit < len(space.names):
        return space.names[unit]
    kind = {0: "input", space.n_layers - 1: "output"}.get(space.layer, "neuron")
    return f"{kind} {unit + 1}"


def _words(space: HiddenSpace, palette: Palette, height: int, width: int, shows_test: bool) -> Cells:
    """Write what there is to see, the most needed first."""
    canvas = blank(height, width)
    row = _write_legend(canvas, space, palette, shows_test) + 1
    for heading, text in _paragraphs(space):
        lines = textwrap.wrap(text, width)
        if row + 1 + len(lines) > height:
            break
        write(canvas, row, 0, heading, slots.TITLE, width=width)
        for offset, line in enumerate(lines):
            write(canvas, row + 1 + offset, 0, line, slots.DIM)
        row += len(lines) + 2
    return canvas


def _write_legend(canvas: Cells, space: HiddenSpace, palette: Palette, shows_test: bool) -> int:
    """Write which point is of which class, and what the lines are; return the row below."""
    row = _write_classes(canvas, space, palette)
    n_marks = min(max(2, len(space.class_names)), slots.N_HUES)
    entries: list[tuple[str, int, str]] = []
    if shows_test and not _marks(space):
        entries.append((palette.glyphs.test[:n_marks], slots.TEXT, "test samples"))
    if space.lattice is not None:
        glyph = ".." if palette.is_ascii else "⠤⠤" if palette.has_blocks else "⠄⠠"
        bent = " after this layer" if space.layer else ""
        entries.append((glyph, LATTICE, f"input grid{bent}"))
    if space.cuts is not None:
        entries.append((_line_glyph(space, palette), LINES, _line_words(space)))
    if space.example is not None and space.n_axes == 2:
        entries.append((palette.glyphs.cursor, slots.ACCENT, f"example: {space.example_words}"))
    for offset, (glyph, slot, text) in enumerate(entries):
        write(canvas, row + offset, 0, glyph, slot)
        begin = max(3, len(glyph) + 1)
        write(canvas, row + offset, begin, text, slots.DIM, width=canvas.width - begin)
    return row + len(entries)


def _write_classes(canvas: Cells, space: HiddenSpace, palette: Palette) -> int:
    """Write the point of each class; return the row below."""
    if _marks(space):
        write(canvas, 0, 0, "Each sample shows its class.", slots.DIM, width=canvas.width)
        return 1
    row, column = 0, 0
    for label, name in enumerate(space.class_names or ("below zero", "above zero")):
        words = f"class {name}" if space.class_names else name
        if len(words) + 2 > canvas.width:
            words = name
        if column and column + 2 + len(words) > canvas.width:
            row, column = row + 1, 0
        mark = palette.glyphs.train[label % slots.N_CLASSES]
        write(canvas, row, column, mark, slots.class_slot(label))
        write(canvas, row, column + 2, words, slots.DIM, width=canvas.width - column - 2)
        column += len(words) + 4
    return row + 1


def _line_glyph(space: HiddenSpace, palette: Palette) -> str:
    is_decision = space.cuts is not None and space.cuts.is_decision
    if space.n_axes == 1:
        return palette.glyphs.vertical
    if palette.is_ascii:
        return "##" if is_decision else "--"
    return "⠶⠶" if is_decision else "⠤⠤"


def _line_words(space: HiddenSpace) -> str:
    if space.cuts is not None and space.cuts.is_decision:
        return "decision boundary"
    return f"a neuron of {layer_name(space.layer + 1, space.n_layers)} is 0"


def _paragraphs(space: HiddenSpace) -> list[tuple[str, str]]:
    """Return (heading, text): what the picture shows, and what its lines are worth."""
    texts = [_what_is_shown(space)]
    cuts, following = space.cuts, layer_name(space.layer + 1, space.n_layers)
    if cuts is not None:
        texts.append(_decision_words(space, cuts) if cuts.is_decision else _cut_words(cuts, following))
    elif space.layer < space.n_layers - 1:
        texts.append(
            (
                "No lines",
                f"{following.capitalize()} works on image patches: no straight boundaries.",
            )
        )
    if space.units > 2:
        texts.append(_view_words(space))
    return texts


def _what_is_shown(space: HiddenSpace) -> tuple[str, str]:
    if space.layer == 0:
        return "The input data", "The input itself; the right arrow shows the first layer."
    heading = f"After {layer_name(space.layer, space.n_layers)}"
    if space.layer == space.n_layers - 1:
        return "The output", "Each sample is placed at the network's output."
    if space.lattice is None:
        return heading, "Each sample is placed at its activations in this layer."
    return heading, ("Each point is placed at its activations; the grid shows how the plane is mapped.")


def _cut_words(cuts: Cuts, following: str) -> tuple[str, str]:
    if cuts.n_units == 1:
        text = "Its one neuron has a straight boundary where z = 0; z is positive on one side."
    else:
        text = "Each of its neurons has a straight boundary where z = 0; z is positive on one side."
    if len(cuts.units) < cuts.n_units:
        text += f" The strongest {len(cuts.units)} of {cuts.n_units:,}."
    return f"{following.capitalize()} divides it", text


def _decision_words(space: HiddenSpace, cuts: Cuts) -> tuple[str, str]:
    if space.layer == space.n_layers - 1:
        return "The answer", "Crossing a line changes the predicted class."
    if cuts.takes_largest:
        return "Linear boundaries", "The output layer divides this space with straight boundaries."
    if space.layer == 0:
        return (
            "A linear boundary",
            "Without a hidden layer, the only boundary is one straight line.",
        )
    return "A linear boundary", (
        "The output adds one straight boundary: only what is linearly separable here is classified right."
    )


def _view_words(space: HiddenSpace) -> tuple[str, str]:
    text = "The lines are cuts through the mean; samples may lie off the plane shown."
    if space.cuts is None:
        text = "Points that look close may be far apart."
    if space.shares is not None:
        text = f"The principal components show the most variance. {text}"
    return f"A projection of {space.units:,} dimensions", text
