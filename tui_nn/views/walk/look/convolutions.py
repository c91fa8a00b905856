"""Stages of a convolution, up and back: the place where each filter answers most strongly, term by term."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from tui_nn.engine import Conv2D
from tui_nn.engine.layers.images import Windows, slide
from tui_nn.views.walk.look.context import Context
from tui_nn.views.walk.look.passage import Array, LayerPassage
from tui_nn.views.walk.look.tables import (
    MOST_SUMS,
    LazyNames,
    head,
    largest,
    left_out,
    result,
    row,
    shown,
    sum_of_products,
)
from tui_nn.views.walk.values import Line, Stage


@dataclass(frozen=True, eq=False)
class Kernel:
    """The geometry of a convolution, with the windows of the first sample laid out as columns."""

    windows: Windows
    columns: Array
    """(fan_in, places): what each place sees."""
    n_filters: int

    @property
    def places(self) -> int:
        """Places of one sample."""
        return self.windows.out_height * self.windows.out_width

    def weight(self, index: int) -> str:
        """Return the name of a weight of a filter: its channel and its place in the window."""
        channel, rest = divmod(int(index), self.windows.size**2)
        i, j = divmod(rest, self.windows.size)
        return f"c{channel + 1}({i + 1},{j + 1})"

    def place(self, index: int) -> str:
        """Return the name of a place."""
        y, x = divmod(int(index), self.windows.out_width)
        return f"({y + 1},{x + 1})"


def kernel(context: Context, layer: LayerPassage) -> Kernel:
    """Return the geometry of a layer."""
    kind = cast(Conv2D, layer.placed.layer)
    windows = slide(layer.placed.input_shape, kind.kernel_size, kind.stride, kind.padding, "A convolution")
    return Kernel(windows, layer.notes["columns"][:-1, :: context.n_samples], kind.filters)


def convolve(context: Context, layer: LayerPassage) -> Stage:
    """Return the stage z of a convolution."""
    position = layer.position
    look = kernel(context, layer)
    weights, biases = layer.placed.weights, layer.placed.biases
    z = layer.z[:, 0].reshape(look.n_filters, look.places)
    best = np.array([largest(answers, 1)[0] for answers in z])
    strongest = z[np.arange(look.n_filters), best]
    sums = np.array(
        [
            weights[:, f].astype(np.float64) @ look.columns[:, best[f]].astype(np.float64)
            for f in range(len(z))
        ]
    )
    lines = [
        Line(
            f"{look.places:,} positions, {look.n_filters} filters; each filter where it responds most", "note"
        ),
        *left_out(look.n_filters, "filter"),
        head("filter", "Σ w x", "b", "z"),
    ]
    for f in shown(strongest):
        lines.append(row(f"f{f + 1}{look.place(best[f])}", sums[f], biases[f], strongest[f]))
    sources = LazyNames(look.weight, len(weights))
    for f in largest(strongest, MOST_SUMS):
        lines.append(Line(f"filter {f + 1} at {look.place(best[f])}: w × x, largest first", "head"))
        lines += sum_of_products(sources, weights[:, f], look.columns[:, best[f]], "other pixel")
        lines += [result("b", biases[f], role=""), result("z", strongest[f])]
    return context.stage(
        "preactivations",
        position,
        "preactivations z",
        Conv2D.help,
        Conv2D.formula,
        lines,
        spot=context.into(position),
        code=context.quote(Conv2D.connect),
        weights=weights,
        biases=biases,
        z=layer.z[:, 0],
    )


def learn(context: Context, layer: LayerPassage) -> Stage:
    """Return the stage grad_weights, grad_biases of a convolution."""
    look = kernel(context, layer)
    assert layer.grad_block is not None
    assert layer.delta is not None
    grad_weights, grad_biases = layer.grad_block[:-1], layer.grad_block[-1]
    delta = layer.delta[:, 0].reshape(look.n_filters, look.places)
    lines = [
        Line(f"each is a sum over {look.places:,} positions{_of_all(context)}", "note"),
        *left_out(look.n_filters, "filter"),
        head("filter", "grad b"),
    ]
    lines += [row(f"f{f + 1}", grad_biases[f]) for f in shown(grad_biases)]
    flat = grad_weights.ravel()
    lines += [*left_out(len(flat), "weight"), head("weight", "grad w")]
    for index in largest(flat, 16):
        source, f = divmod(int(index), look.n_filters)
        lines.append(row(f"f{f + 1} {look.weight(source)}", flat[index]))
    source, f = divmod(int(largest(flat, 1)[0]), look.n_filters)
    lines.append(Line(f"f{f + 1} {look.weight(source)}: x × delta at each position, largest first", "head"))
    places = LazyNames(look.place, look.places)
    lines += sum_of_products(places, look.columns[source], delta[f], "other place")
    if context.n_samples == 1:
        lines.append(result("grad w", grad_weights[source, f]))
    return context.stage(
        "gradients",
        layer.position,
        "gradients",
        "Each weight is shared by all positions: its gradient sums over them, the columns of C.",
        "grad_weights = C deltaᵀ,  grad_biases = Σ delta",
        lines,
        spot=context.into(layer.position),
        code=context.quote(Conv2D.connect),
        grad_weights=grad_weights,
        grad_biases=grad_biases,
        delta=layer.delta[:, 0],
    )


def spread(context: Context, layer: LayerPassage) -> Stage | None:
    """Return the stage dL/da of a convolution; None at the input."""
    if layer.backpropagated is None or layer.delta is None:
        return None
    names, position = context.names, layer.position
    look, below = kernel(context, layer), layer.backpropagated[:, 0]
    lines = [*left_out(len(below), "pixel"), head("pixel", "dL/da")]
    lines += [row(names.unit(position - 1, i), below[i]) for i in shown(below)]
    pixel = int(largest(below, 1)[0])
    lines.append(Line(f"{names.unit(position - 1, pixel)}: each window's share, Σ w delta", "head"))
    for name, value in _answers(layer, look, pixel):
        lines.append(result(name, value, role=""))
    lines.append(result("dL/da", below[pixel]))
    return context.stage(
        "below",
        position,
        "error backpropagated",
        "A pixel receives error from every window that contains it.",
        "dL/da = W delta, summed where windows overlap",
        lines,
        spot=context.into(position),
        code=context.quote(Conv2D.connect),
        backpropagated=below,
    )


def _answers(layer: LayerPassage, look: Kernel, pixel: int) -> list[tuple[str, float]]:
    """Return for each window that saw a pixel its name, and Σ over the filters of w delta."""
    assert layer.delta is not None
    windows, (_, height, width) = look.windows, layer.placed.input_shape
    channel, rest = divmod(pixel, height * width)
    row_, column = (place + before for place, before in zip(divmod(rest, width), windows.before, strict=True))
    delta = (
        layer.delta[:, 0].astype(np.float64).reshape(look.n_filters, windows.out_height, windows.out_width)
    )
    found = []
    for i in range(windows.size):
        for j in range(windows.size):
            y, y_rest = divmod(row_ - i, windows.stride)
            x, x_rest = divmod(column - j, windows.stride)
            if y_rest or x_rest or not (0 <= y < windows.out_height and 0 <= x < windows.out_width):
                continue
            weights = layer.placed.weights[(channel * windows.size + i) * windows.size + j]
            found.append((f"window at ({y + 1},{x + 1})", float(weights.astype(np.float64) @ delta[:, y, x])))
    return found


def _of_all(context: Context) -> str:
    return "" if context.n_samples == 1 else f" of all {context.n_samples} samples"
