"""The stages on the way up: the input, and layer by layer z and a = f(z)."""

from __future__ import annotations

from collections.abc import Iterator

from tui_nn.engine import ACTIVATIONS, BatchNorm, Conv2D, Dense, Dropout, Flatten
from tui_nn.engine.network import Network
from tui_nn.engine.workspace import Workspace
from tui_nn.views.walk.look.context import Context
from tui_nn.views.walk.look.convolutions import convolve
from tui_nn.views.walk.look.normalizations import drop, normalize
from tui_nn.views.walk.look.numbers import fill_in, short
from tui_nn.views.walk.look.passage import LayerPassage
from tui_nn.views.walk.look.pools import flatten, pool
from tui_nn.views.walk.look.tables import (
    MOST_SUMS,
    LazyNames,
    filled_line,
    head,
    largest,
    left_out,
    result,
    row,
    shown,
    sum_of_products,
)
from tui_nn.views.walk.values import Line, Spot, Stage


def forward_stages(context: Context) -> Iterator[Stage]:
    """Yield the stages from the input to the last activation."""
    yield _input(context)
    for layer in context.passage.layers:
        kind = layer.placed.layer
        if isinstance(kind, Dense):
            yield weigh(context, layer)
        elif isinstance(kind, Conv2D):
            yield convolve(context, layer)
        elif isinstance(kind, BatchNorm):
            yield normalize(context, layer)
        elif isinstance(kind, Dropout):
            if not kind.keeps_values(context.passage.has_way_back):
                yield drop(context, layer)
        elif isinstance(kind, Flatten):
            yield flatten(context, layer)
        else:
            yield pool(context, layer)
        if layer.shows_activation:
            yield activate(context, layer)


def _input(context: Context) -> Stage:
    values = context.passage.inputs[:, 0]
    places = shown(values)
    what = context.names.of_units(-1)
    lines = [*left_out(len(values), what), head(what, "x")]
    lines += [row(context.names.unit(-1, i), values[i]) for i in places]
    if context.passage.targets is not None:
        last, targets = len(context.passage.layers) - 1, context.passage.targets[:, 0]
        top = context.names.of_units(last)
        lines.append(head("target", "t"))
        lines += [row(f"{top} {context.names.unit(last, i)}", targets[i]) for i in shown(targets)]
    if context.n_samples > 1:
        lines.append(Line(company(context.n_samples), "note"))
    words = "The example as the network receives it."
    code = context.quote(Network._forward_batch)
    return context.stage("input", -1, "x", words, "x", lines, spot=Spot(layers=(0,)), code=code, x=values)


def company(count: int) -> str:
    """Return why the example does not walk alone."""
    return (
        f"Batch norm compares samples, so the example goes through with the next batch of {count}; "
        "only its own numbers are shown"
    )


def weigh(context: Context, layer: LayerPassage) -> Stage:
    """Return the stage z = Wᵀ x + b of a dense layer."""
    names, position = context.names, layer.position
    weights, biases = layer.placed.weights, layer.placed.biases
    x, z = layer.x[:, 0], layer.z[:, 0]
    what = names.of_units(position)
    sums = x.astype("float64") @ weights.astype("float64")
    lines = [*left_out(len(z), what), head(what, "Wᵀ x", "b", "z")]
    lines += [row(names.unit(position, i), sums[i], biases[i], z[i]) for i in shown(z)]
    sources = LazyNames(lambda i: names.unit(position - 1, i), len(x))
    below = names.of_units(position - 1)
    for unit in shown(z, MOST_SUMS) if len(z) <= MOST_SUMS else largest(z, MOST_SUMS):
        lines.append(Line(f"{what} {names.unit(position, unit)}: w × x, largest first", "head"))
        lines += sum_of_products(sources, weights[:, unit], x, f"other {below}")
        lines += [result("b", biases[unit], role=""), result("z", z[unit])]
    words = "Each neuron adds its weighted inputs and its bias."
    code = context.quote(Dense.connect)
    formula = "z = Wᵀ x + b"
    return context.stage(
        "preactivations",
        position,
        "preactivations z",
        words,
        formula,
        lines,
        spot=context.into(position),
        code=code,
        x=x,
        weights=weights,
        biases=biases,
        z=z,
    )


def activate(context: Context, layer: LayerPassage) -> Stage:
    """Return the stage a = f(z)."""
    name, position = layer.placed.activation, layer.position
    activation, names = ACTIVATIONS[name], context.names
    z, a = layer.z[:, 0], layer.a[:, 0]
    what = names.of_units(position)
    lines = [*left_out(len(a), what), head(what, "z", "a")]
    places = shown(a)
    lines += [row(names.unit(position, i), z[i], a[i]) for i in places]
    lines.append(Line("numbers filled in", "head"))
    for i in places:
        filled = fill_in(activation.formula, {"z": short(z[i]), "z_i": short(z[i])})
        lines.append(filled_line(names.unit(position, i), filled, a[i]))
    code = context.quote(**{f"ACTIVATIONS[{name!r}].value": activation.value})
    code += context.quote(Workspace._write_forward)
    return context.stage(
        "activations",
        position,
        f"activations a, {name}",
        activation.help,
        activation.formula,
        lines,
        spot=context.here(position),
        code=code,
        z=z,
        a=a,
    )
