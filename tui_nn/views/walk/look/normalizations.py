"""Stages of dropout and batch norm, up and back."""

from __future__ import annotations

from typing import Any, cast

import numpy as np

from tui_nn.engine import BatchNorm, Dropout
from tui_nn.engine.layers import batch_norm
from tui_nn.views.walk.look.context import Context
from tui_nn.views.walk.look.numbers import number, plain, short
from tui_nn.views.walk.look.passage import Array, LayerPassage
from tui_nn.views.walk.look.tables import head, largest, left_out, row, shown
from tui_nn.views.walk.values import Line, Stage


def drop(context: Context, layer: LayerPassage) -> Stage:
    """Return the stage in which dropout silences neurons."""
    names, position = context.names, layer.position
    x, a, factor = layer.x[:, 0], layer.a[:, 0], layer.notes["mask"][:, 0]
    rate = cast(Dropout, layer.placed.layer).rate
    silent = int((factor == 0).sum())
    lines = [
        Line(f"rate {plain(rate)}: {silent:,} of {len(x):,} are dropped in this step"),
        *left_out(len(x), "neuron"),
        head("neuron", "x", "m/(1-rate)", "a"),
        *(row(names.unit(position, i), x[i], factor[i], a[i]) for i in shown(x)),
    ]
    return context.stage(
        "dropout",
        position,
        "dropout",
        Dropout.help,
        Dropout.formula,
        lines,
        spot=context.here(position),
        code=context.quote(Dropout.connect),
        x=x,
        factor=factor,
        a=a,
    )


def undrop(context: Context, layer: LayerPassage) -> Stage | None:
    """Return the stage on the way back through dropout; None where nobody asks for it."""
    if layer.backpropagated is None or layer.delta is None or "mask" not in layer.notes:
        return None
    names, position = context.names, layer.position
    delta, factor, below = layer.delta[:, 0], layer.notes["mask"][:, 0], layer.backpropagated[:, 0]
    lines = [
        *left_out(len(delta), "neuron"),
        head("neuron", "delta", "m/(1-rate)", "dL/da"),
        *(row(names.unit(position, i), delta[i], factor[i], below[i]) for i in shown(delta)),
    ]
    return context.stage(
        "below",
        position,
        "dropout, error backpropagated",
        "The neurons that were dropped pass no error back.",
        "dL/da = delta m / (1 - rate)",
        lines,
        spot=context.here(position),
        code=context.quote(Dropout.connect),
        delta=delta,
        backpropagated=below,
    )


def normalize(context: Context, layer: LayerPassage) -> Stage:
    """Return the stage of batch norm: x brought to mean 0 and variance 1 over the batch, then scaled."""
    names, position = context.names, layer.position
    x, z = layer.x[:, 0], layer.z[:, 0]
    mean, deviation, normal = _measured(layer)
    gamma, beta = (_by_unit(layer, values) for values in (layer.placed.weights[0], layer.placed.biases))
    lines = [*left_out(len(z), names.of_units(position)), head("neuron", "x", "normal", "z")]
    places = shown(z)
    lines += [row(names.unit(position, i), x[i], normal[i], z[i]) for i in places]
    lines.append(Line("numbers filled in", "head"))
    for i in places:
        lines.append(
            Line(
                f"{names.unit(position, i):<4} normal = ({number(x[i]).strip('+ ')} - {short(mean[i])}) / "
                f"{short(deviation[i])} = {number(normal[i]).strip()}"
            )
        )
        lines.append(
            Line(
                f"     z = {short(gamma[i])} × {short(normal[i])} + {short(beta[i])} = {number(z[i]).strip()}"
            )
        )
    if context.n_samples > 1:
        lines.append(Line(f"mean and variance are taken over all {context.n_samples} samples", "note"))
    elif context.passage.has_way_back:
        lines.append(Line("the batch is this one sample, so it is its own mean and normal is 0", "note"))
    else:
        lines.append(Line("mean and variance are the running averages, as in prediction", "note"))
    return context.stage(
        "batchnorm",
        position,
        "batch norm",
        BatchNorm.help,
        "z = γ normal + β,  normal = (x - mean) / √(variance + ε)",
        lines,
        spot=context.here(position),
        code=context.quote(batch_norm._normalize if context.passage.has_way_back else batch_norm._evaluate),
        x=x,
        mean=mean,
        normal=normal,
        gamma=gamma,
        beta=beta,
        z=z,
    )


def denormalize(context: Context, layer: LayerPassage) -> list[Stage]:
    """Return the stages on the way back through batch norm: the gradients of γ and β, and dL/da."""
    names, position = context.names, layer.position
    assert layer.grad_block is not None
    assert layer.delta is not None
    grad_gamma, grad_beta = layer.grad_block
    delta = layer.delta[:, 0]
    normal = _first_of(layer, layer.notes["normal"])
    what = "channel" if len(layer.placed.input_shape) == 3 else "neuron"
    lines = [*left_out(len(grad_beta), what), head(what, "grad γ", "grad β")]
    lines += [row(str(i + 1), grad_gamma[i], grad_beta[i]) for i in shown(grad_gamma)]
    lines.append(head(names.of_units(position), "delta", "× normal"))
    lines += [row(names.unit(position, i), delta[i], np.float64(delta[i]) * normal[i]) for i in shown(delta)]
    lines.append(Line(f"the gradients sum delta × normal and delta over {_over(context, layer)}", "note"))
    stages = [
        context.stage(
            "gradients",
            position,
            "batch norm, gradients",
            "γ and β get gradients from every value they scaled and shifted.",
            "grad_weights = dL/dγ = Σ delta normal,  grad_biases = dL/dβ = Σ delta",
            lines,
            spot=context.here(position),
            code=context.quote(batch_norm._backward),
            delta=delta,
            grad_weights=layer.grad_block[:-1],
            grad_biases=grad_beta,
        )
    ]
    if layer.backpropagated is not None:
        stages.append(_below(context, layer, normal))
    return stages


def _below(context: Context, layer: LayerPassage, normal: Array) -> Stage:
    names, position = context.names, layer.position
    assert layer.grad_block is not None
    assert layer.delta is not None
    assert layer.backpropagated is not None
    delta, below = layer.delta[:, 0], layer.backpropagated[:, 0]
    m = _values_of_a_unit(context, layer)
    gamma, scale = _by_unit(layer, layer.placed.weights[0]), _by_unit(layer, layer.notes["scale"][:, 0])
    grad_gamma, grad_beta = (_by_unit(layer, values) for values in layer.grad_block)
    lines = [*left_out(len(below), names.of_units(position)), head("neuron", "delta", "dL/da")]
    lines += [row(names.unit(position, i), delta[i], below[i]) for i in shown(below)]
    lines.append(Line("numbers filled in", "head"))
    for i in largest(below, 4):
        factor = np.float64(gamma[i]) * np.float64(scale[i])
        lines.append(
            Line(
                f"{names.unit(position, i):<4} {short(factor)} × ({number(delta[i]).strip('+ ')} - "
                f"{short(grad_beta[i])} / {m} - {short(normal[i])} × {short(grad_gamma[i])} / {m}) = "
                f"{number(below[i]).strip()}"
            )
        )
    return context.stage(
        "below",
        position,
        "batch norm, error backpropagated",
        "The mean and variance depend on all samples, so the error flows back to all of them.",
        "dL/da = γ / √(variance + ε) × (delta - grad β / m - normal grad γ / m)",
        lines,
        spot=context.here(position),
        code=context.quote(batch_norm._delta_below),
        delta=delta,
        backpropagated=below,
    )


def _measured(layer: LayerPassage) -> tuple[Array, Array, Array]:
    """Return (units,) each: mean, √(variance + ε) and normal of the first sample."""
    epsilon = cast(BatchNorm, layer.placed.layer).epsilon
    if layer.notes:
        mean, variance = layer.notes["mean"][:, 0], layer.notes["variance"][:, 0]
        normal = _first_of(layer, layer.notes["normal"])
    else:
        mean, variance = layer.placed.statistics
        spread = np.sqrt(_by_unit(layer, variance) + epsilon)
        normal = (layer.x[:, 0] - _by_unit(layer, mean)) / spread
    deviation: Any = np.sqrt(variance.astype(np.float64) + epsilon)
    return _by_unit(layer, mean), _by_unit(layer, deviation), normal


def _first_of(layer: LayerPassage, by_row: Array) -> Array:
    """Return what of (rows, m) belongs to the first sample, (units,)."""
    first: Array = by_row.reshape(len(layer.x), -1)[:, 0]
    return first


def _by_unit(layer: LayerPassage, values: Array) -> Array:
    """Return a value for each unit, from one for each unit or channel."""
    return np.repeat(np.asarray(values), len(layer.x) // len(values))


def _values_of_a_unit(context: Context, layer: LayerPassage) -> int:
    """Return how many values are normalized together."""
    return context.n_samples * len(layer.x) // layer.placed.input_shape[0]


def _over(context: Context, layer: LayerPassage) -> str:
    pixels = len(layer.x) // layer.placed.input_shape[0]
    samples = "this sample" if context.n_samples == 1 else f"all {context.n_samples} samples"
    return f"{pixels} pixels of {samples}" if pixels > 1 else samples
