"""The stages at the top: the loss with its numbers, and where the way back begins."""

from __future__ import annotations

import numpy as np

from tui_nn.engine.losses import Loss
from tui_nn.engine.workspace import Workspace
from tui_nn.views.walk.look.context import Context
from tui_nn.views.walk.look.numbers import fill_in, plain, short
from tui_nn.views.walk.look.passage import Array, LayerPassage
from tui_nn.views.walk.look.tables import filled_line, head, largest, left_out, result, row, shown
from tui_nn.views.walk.values import Line, Stage

MOST_FILLED = 4


def loss_stage(context: Context, loss: Loss) -> Stage:
    """Return the stage that compares outputs and targets."""
    names, passage, top = context.names, context.passage, context.passage.layers[-1]
    assert passage.targets is not None
    assert passage.losses is not None
    targets = passage.targets[:, 0]
    o, total = top.a[:, 0], passage.losses[0]
    letter = "a" if passage.is_fused else "o"
    terms = _terms(loss, top.z[:, 0] if passage.is_fused else o, targets)
    columns = [letter, "t"] + (["adds"] if terms is not None else [])
    what = names.of_units(top.position)
    lines = [*left_out(len(o), what), head(what, *columns)]
    places = shown(targets - o) if len(o) > 16 else np.arange(len(o))
    for i in places:
        adds = [terms[i]] if terms is not None else []
        lines.append(row(names.unit(top.position, i), o[i], targets[i], *adds))
    if loss.term and terms is not None:
        lines.append(Line("numbers filled in", "head"))
        for i in largest(terms, MOST_FILLED):
            filled = fill_in(loss.term, _letters(o[i], targets[i]))
            lines.append(filled_line(names.unit(top.position, i), filled, terms[i]))
    combined = "" if terms is None or len(terms) == 1 else _combination(terms, total)
    lines.append(result(f"L{combined}", total))
    if context.n_samples > 1:
        lines.append(result(f"mean over all {context.n_samples} samples", passage.losses.mean(), role=""))
    code = context.quote(**{f"LOSSES[{loss.name!r}].value": loss.value})
    return context.stage(
        "loss",
        top.position,
        f"loss L: {loss.name}",
        loss.help,
        loss.formula,
        lines,
        spot=context.here(top.position),
        code=code,
        outputs=o,
        targets=targets,
        terms=terms,
        loss=np.array([total]),
        is_of_layer=False,
    )


def _terms(loss: Loss, compared: Array, targets: Array) -> Array | None:
    """Return what each output adds, (n_outputs,); None where that is not said of single outputs."""
    if not loss.term:
        return None
    o, t = compared.astype(np.float64)[:, None], targets.astype(np.float64)[:, None]
    if loss.fused_activation == "softmax":
        surprises: Array = np.array([loss.value(o, one[:, None])[0] for one in np.eye(len(o))])
        return np.asarray(targets * surprises)
    return np.array([loss.value(o[i : i + 1], t[i : i + 1])[0] for i in range(len(o))])


def _combination(terms: Array, total: float) -> str:
    """Return in words how the terms make the loss."""
    if np.isclose(terms.sum(), total):
        return ", their sum"
    return ", their mean" if np.isclose(terms.mean(), total) else ""


def delta_stage(context: Context, layer: LayerPassage, loss: Loss) -> Stage:
    """Return the stage dL/da of the last layer, or dL/dz where the loss contains the activation."""
    names, passage = context.names, context.passage
    assert passage.targets is not None
    assert layer.arriving is not None
    targets, o, arriving = passage.targets[:, 0], layer.a[:, 0], layer.arriving[:, 0]
    letter, name = ("a", "delta") if passage.is_fused else ("o", "dL/da")
    what = names.of_units(layer.position)
    lines = [*left_out(len(o), what), head(what, letter, "t", name)]
    places = shown(arriving)
    lines += [row(names.unit(layer.position, i), o[i], targets[i], arriving[i]) for i in places]
    lines.append(Line("numbers filled in", "head"))
    sizes = {"n_samples": str(context.n_samples), "n_outputs": str(len(o))}
    for i in largest(arriving, MOST_FILLED):
        filled = fill_in(loss.derivative_formula, _letters(o[i], targets[i]) | sizes)
        lines.append(filled_line(names.unit(layer.position, i), filled, arriving[i]))
    if passage.is_fused:
        words = "delta is dL/dz: this loss includes the activation, so its slope is already in it."
    else:
        words = "How the loss changes with each output: backpropagation starts here."
    code = context.quote(**{f"LOSSES[{loss.name!r}].gradient": loss.gradient})
    code += context.quote(Workspace._write_loss)
    return context.stage(
        "delta",
        layer.position,
        "delta" if passage.is_fused else "dL/da",
        words,
        loss.derivative_formula,
        lines,
        spot=context.here(layer.position),
        code=code,
        arriving=arriving,
    )


def _letters(o: float, target: float) -> dict[str, str]:
    return {"o": short(o), "a": short(o), "t": short_target(target), "e": short(float(o) - float(target))}


def short_target(target: float) -> str:
    """Return a target as it stands in a formula: "1", "(-1)", "0.25"."""
    text = plain(target) if float(target).is_integer() else short(target)
    return f"({text})" if text.startswith("-") else text
