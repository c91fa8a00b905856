"""Stages of layers that only choose, average or rearrange: pooling and flatten, up and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import Flatten, MaxPool2D
from tui_nn.engine.layers.images import Windows, slide
from tui_nn.views.walk.look.context import Context
from tui_nn.views.walk.look.numbers import number, short
from tui_nn.views.walk.look.passage import LayerPassage
from tui_nn.views.walk.look.tables import head, largest, left_out, row, shown
from tui_nn.views.walk.values import Line, Stage

Array = NDArray[Any]
MOST_POOLS = 16


@dataclass(frozen=True, eq=False)
class Window:
    """What one output of a pool looks at."""

    values: Array
    """(size * size,), row by row."""
    pixels: list[int]
    """The unit of the layer below that each of them is."""


def window(layer: LayerPassage, unit: int, column: Array) -> Window:
    """Return the window of an output unit; column: (units,) of the layer below for one sample."""
    shape, windows = layer.placed.input_shape, _windows(layer)
    channel, rest = divmod(int(unit), windows.out_height * windows.out_width)
    top, left = (windows.stride * place for place in divmod(rest, windows.out_width))
    pixels = [
        (channel * shape[1] + top + i) * shape[2] + left + j
        for i in range(windows.size)
        for j in range(windows.size)
    ]
    return Window(column[pixels], pixels)


def _windows(layer: LayerPassage) -> Windows:
    pool: Any = layer.placed.layer
    return slide(layer.placed.input_shape, pool.size, pool.stride or pool.size, "valid", "A pool")


def pool(context: Context, layer: LayerPassage) -> Stage:
    """Return the stage on the way up: the largest or the mean of each window."""
    names, position = context.names, layer.position
    is_max = isinstance(layer.placed.layer, MaxPool2D)
    x, z = layer.x[:, 0], layer.z[:, 0]
    lines = [*left_out(len(z), "pixel", MOST_POOLS), Line("each pixel and its window", "head")]
    for unit in shown(z, MOST_POOLS):
        seen = window(layer, unit, x).values
        inside = ", ".join(short(value).strip("()") for value in seen[:16])
        more = ", ..." if len(seen) > 16 else ""
        word = "max" if is_max else "mean"
        lines.append(
            Line(f"{names.unit(position, unit)} = {word}({inside}{more}) = {number(z[unit]).strip()}")
        )
    return context.stage(
        "pool",
        position,
        "pooling",
        layer.placed.layer.help,
        layer.placed.layer.formula,
        lines,
        spot=context.into(position),
        code=context.quote(type(layer.placed.layer).connect),
        x=x,
        z=z,
    )


def unpool(context: Context, layer: LayerPassage) -> Stage | None:
    """Return the stage on the way back: where the delta of each pixel goes; None at the input."""
    if layer.backpropagated is None or layer.delta is None:
        return None
    names, position = context.names, layer.position
    x, delta, below = layer.x[:, 0], layer.delta[:, 0], layer.backpropagated[:, 0]
    is_max = isinstance(layer.placed.layer, MaxPool2D)
    lines = [*left_out(len(delta), "pixel", MOST_POOLS), head("pixel", "delta", "dL/da")]
    for unit in largest(delta, MOST_POOLS):
        seen = window(layer, unit, x)
        if is_max:
            pixel = seen.pixels[int(np.argmax(seen.values))]
            lines.append(row(names.unit(position, unit), delta[unit], below[pixel]))
            lines.append(Line(f"  the largest was {names.unit(position - 1, pixel)}"))
        else:
            share = delta[unit] / len(seen.pixels)
            lines.append(row(names.unit(position, unit), delta[unit], share))
    if is_max:
        words = "Only the largest pixel of each window receives the error."
        formula = "dL/da = delta where x was the largest, else 0"
    else:
        words = "Every pixel of a window receives an equal share of the error."
        formula = "dL/da = delta / pixels of the window"
    return context.stage(
        "below",
        position,
        "error backpropagated",
        words,
        formula,
        lines,
        spot=context.into(position),
        code=context.quote(type(layer.placed.layer).connect),
        delta=delta,
        backpropagated=below,
    )


def flatten(context: Context, layer: LayerPassage) -> Stage:
    """Return the stage on the way up; on the way back there is nothing to do."""
    z = layer.z[:, 0]
    below = " x ".join(map(str, layer.placed.input_shape))
    lines = [
        Line(f"{below} become a vector of {len(z):,}"),
        *left_out(len(z), "value"),
        head("neuron", "a"),
        *(row(context.names.unit(layer.position, i), z[i]) for i in shown(z)),
    ]
    return context.stage(
        "flatten",
        layer.position,
        "flatten",
        Flatten.help,
        Flatten.formula,
        lines,
        spot=context.here(layer.position),
        code=context.quote(Flatten.keeps_values),
        z=z,
    )
