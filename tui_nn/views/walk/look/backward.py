"""The stages on the way back: delta, the gradients, and the error backpropagated, layer by layer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tui_nn.engine import ACTIVATIONS, BatchNorm, Conv2D, Dense, Dropout, Flatten
from tui_nn.engine.losses import Loss
from tui_nn.engine.workspace import Workspace
from tui_nn.views.walk.look.context import Context
from tui_nn.views.walk.look.convolutions import learn, spread
from tui_nn.views.walk.look.losses import delta_stage
from tui_nn.views.walk.look.normalizations import denormalize, undrop
from tui_nn.views.walk.look.numbers import fill_in, short
from tui_nn.views.walk.look.passage import LayerPassage
from tui_nn.views.walk.look.pools import unpool
from tui_nn.views.walk.look.tables import (
    MOST_SUMS,
    LazyNames,
    filled_line,
    head,
    largest,
    left_out,
    product,
    result,
    row,
    shown,
    sum_of_products,
)
from tui_nn.views.walk.values import Line, Stage


def backward_stages(context: Context, loss: Loss) -> Iterator[Stage]:
    """Yield the stages from dL/da to the gradients of the first layer."""
    layers = context.passage.layers
    yield delta_stage(context, layers[-1], loss)
    for layer in reversed(layers):
        if layer.slope is not None:
            yield slope_stage(context, layer)
        kind = layer.placed.layer
        if isinstance(kind, Dense):
            yield gradients_stage(context, layer)
            found = [below_stage(context, layer)]
        elif isinstance(kind, Conv2D):
            found = [learn(context, layer), spread(context, layer)]
        elif isinstance(kind, BatchNorm):
            found = [*denormalize(context, layer)]
        elif isinstance(kind, Dropout):
            found = [undrop(context, layer)]
        elif isinstance(kind, Flatten):
            found = []
        else:
            found = [unpool(context, layer)]
        yield from (stage for stage in found if stage is not None)


def slope_stage(context: Context, layer: LayerPassage) -> Stage:
    """Return the stage delta = dL/da slope."""
    names, position = context.names, layer.position
    activation = ACTIVATIONS[layer.placed.activation]
    assert layer.slope is not None
    assert layer.arriving is not None
    assert layer.delta is not None
    arriving, slope, delta = layer.arriving[:, 0], layer.slope[:, 0], layer.delta[:, 0]
    what = names.of_units(position)
    lines = [*left_out(len(delta), what), head(what, "dL/da", "slope", "delta")]
    places = shown(delta)
    lines += [row(names.unit(position, i), arriving[i], slope[i], delta[i]) for i in places]
    lines.append(Line("the slope, numbers filled in", "head"))
    for i in places:
        letters = {"z": short(layer.z[i, 0]), "a": short(layer.a[i, 0])}
        filled = fill_in(activation.derivative_formula, letters)
        lines.append(filled_line(names.unit(position, i), filled, slope[i]))
    code = context.quote(**{f"ACTIVATIONS[{activation.name!r}].derivative": activation.derivative})
    code += context.quote(Workspace._write_backward)
    return context.stage(
        "delta",
        position,
        "delta",
        "Chain rule: the error from the layer above, times the slope of the activation.",
        f"delta = dL/dz = dL/da slope,  slope = {activation.derivative_formula}",
        lines,
        spot=context.here(position),
        code=code,
        arriving=arriving,
        slope=slope,
        delta=delta,
    )


def gradients_stage(context: Context, layer: LayerPassage) -> Stage:
    """Return the stage grad_weights = x deltaᵀ, grad_biases = delta."""
    names, position = context.names, layer.position
    assert layer.grad_block is not None
    assert layer.delta is not None
    x, delta = layer.x[:, 0], layer.delta[:, 0]
    grad_weights, grad_biases = layer.grad_block[:-1], layer.grad_block[-1]
    is_alone = context.n_samples == 1
    what = names.of_units(position)
    flat = grad_weights.ravel()
    lines = left_out(len(flat), "weight")
    if is_alone:
        lines.append(Line("grad_weights: x × delta, largest first", "head"))
    else:
        lines.append(head("weight", "x × delta", "batch"))
    for index in largest(flat, 16):
        source, unit = divmod(int(index), grad_weights.shape[1])
        name = f"{names.unit(position - 1, source)} → {names.unit(position, unit)}"
        if is_alone:
            lines.append(product(name, x[source], delta[unit], flat[index]))
        else:
            lines.append(row(name, np.float64(x[source]) * delta[unit], flat[index]))
    lines += [Line(f"grad_biases, one per {what}", "head"), *left_out(len(grad_biases), "bias")]
    lines += [row(names.unit(position, i), grad_biases[i]) for i in shown(grad_biases)]
    if not is_alone:
        lines.append(
            Line(f"gradients sum over all {context.n_samples} samples; x × delta is this example's", "note")
        )
    return context.stage(
        "gradients",
        position,
        "gradients",
        "A weight's gradient is its input times delta; a bias's gradient is delta itself.",
        "grad_weights = x deltaᵀ,  grad_biases = delta"
        if is_alone
        else "grad_weights = Σ x deltaᵀ,  grad_biases = Σ delta",
        lines,
        spot=context.into(position),
        code=context.quote(Dense.connect),
        x=x,
        delta=delta,
        grad_weights=grad_weights,
        grad_biases=grad_biases,
    )


def below_stage(context: Context, layer: LayerPassage) -> Stage | None:
    """Return the stage dL/da = W delta; None at the input."""
    if layer.backpropagated is None or layer.delta is None:
        return None
    names, position = context.names, layer.position
    below, delta, weights = layer.backpropagated[:, 0], layer.delta[:, 0], layer.placed.weights
    what = names.of_units(position - 1)
    lines = [*left_out(len(below), what), head(what, "dL/da")]
    lines += [row(names.unit(position - 1, i), below[i]) for i in shown(below)]
    targets = LazyNames(lambda i: names.unit(position, i), len(delta))
    for unit in shown(below, MOST_SUMS) if len(below) <= MOST_SUMS else largest(below, MOST_SUMS):
        lines.append(Line(f"{what} {names.unit(position - 1, unit)}: w × delta, largest first", "head"))
        lines += sum_of_products(targets, weights[unit], delta, "other neuron")
        lines.append(result("dL/da", below[unit]))
    return context.stage(
        "below",
        position,
        "error backpropagated",
        f"The error backpropagated to the layer below: dL/da of {names.layer(position - 1)}.",
        "dL/da = W delta",
        lines,
        spot=context.into(position),
        code=context.quote(Dense.connect),
        weights=weights,
        delta=delta,
        backpropagated=below,
    )
