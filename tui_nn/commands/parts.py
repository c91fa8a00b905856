"""What a record of a run can hold beside its numbers (`--with`), as JSON can hold it: a registry by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import Network, PlacedLayer
from tui_nn.exports.arrays import described
from tui_nn.exports.model import layers_of as exported
from tui_nn.settings.flags import UsageError
from tui_nn.training.columns import column_names, columns
from tui_nn.training.looks import Looks
from tui_nn.training.problem import Part
from tui_nn.training.trainer import RECORDED_ROWS, Trainer
from tui_nn.views.map.look import layer_outputs
from tui_nn.views.map.values import Grid

SURFACE = 50
"""Rows and columns of a surface."""
MOST_GRADIENTS = 10_000
"""Of a layer with more parameters the norm of the gradient alone is told."""


@dataclass(frozen=True)
class NamedPart:
    """One thing that can be asked for."""

    name: str
    help: str
    make: Callable[[Trainer], Any]
    """Returns what JSON can hold; None where there is no such thing."""


def plain(values: NDArray[Any]) -> Any:
    """Return an array as nested lists; numbers that are not finite are None."""
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        boxed = np.asarray(values, dtype=object)
        boxed[~np.isfinite(values)] = None
        return boxed.tolist()
    return values.tolist()


def _history(trainer: Trainer) -> dict[str, Any]:
    curves = trainer.history.curves(trainer.step, trainer.measure(RECORDED_ROWS))
    scores = ("train_accuracy", "test_accuracy")
    names = scores if trainer.problem.is_classification else ("train_r2", "test_r2")
    columns_of = {
        "train_loss": curves.train_loss,
        "test_loss": curves.test_loss,
        names[0]: curves.train_accuracy,
        names[1]: curves.test_accuracy,
    }
    return {"step": curves.steps.tolist(), **{name: plain(values) for name, values in columns_of.items()}}


def _points(trainer: Trainer) -> dict[str, Any]:
    data = trainer.problem.dataset
    return {
        "input_names": [] if data.is_images else list(data.input_names),
        "class_names": list(data.class_names),
        "train": _samples(trainer.problem.train),
        "test": _samples(trainer.problem.test),
    }


def _samples(part: Part) -> dict[str, Any]:
    return {"inputs": plain(part.raw), "targets": plain(part.targets)}


def _surface(trainer: Trainer) -> dict[str, Any] | None:
    """Return the answers at the centers of a grid over the plane; None for images."""
    problem, loss = trainer.problem, trainer.network.loss
    if not problem.has_map:
        return None
    (x_low, x_high), (y_low, y_high) = problem.points(trainer.data_version).domain
    grid = Grid(SURFACE, SURFACE, x_low, x_high, y_low, y_high)
    points = grid.points().reshape(SURFACE, SURFACE, 2)
    outputs = trainer.network.predict(problem.on_plane(grid.points()))
    found: dict[str, Any] = {"x": plain(points[0, :, 0]), "y": plain(points[:, 0, 1])}
    if not problem.is_classification:
        return {**found, "values": _on_grid(problem.in_units(outputs)[:, 0])}
    probabilities = loss.probabilities(outputs)
    found["classes"] = _on_grid(loss.decode(outputs))
    return {**found, "probabilities": None if probabilities is None else _on_grid(probabilities)}


def _on_grid(values: NDArray[Any]) -> Any:
    return plain(values.reshape(SURFACE, SURFACE, *values.shape[1:]))


def _weights(trainer: Trainer) -> list[dict[str, Any]]:
    return layers_of(trainer.network)


def layers_of(network: Network) -> list[dict[str, Any]]:
    """Return every layer as `tui-nn export --format json` does, weights as (fan_in, fan_out)."""
    return [
        {**described(layer), **{name: plain(values) for name, values in layer.arrays.items()}}
        for layer in exported(network)
    ]


def _activations(trainer: Trainer) -> list[dict[str, Any]]:
    """Return what each layer, the input first, makes of the first training sample."""
    outputs = layer_outputs(trainer.network, trainer.problem.train.inputs(slice(1)))
    names = ("input", *column_names(trainer.network))
    return [{"layer": name, "values": plain(row[0])} for name, row in zip(names, outputs, strict=True)]


def _gradients(trainer: Trainer) -> list[dict[str, Any]]:
    """Return the gradient of the last step by layers; zeros before the first."""
    names = column_names(trainer.network)
    placed = [column.placed for column in columns(trainer.network)]
    return [_gradient(name, layer) for name, layer in zip(names, placed, strict=True) if layer.has_parameters]


def _gradient(name: str, placed: PlacedLayer) -> dict[str, Any]:
    block = placed.grad_block
    norm = np.sqrt(np.square(block, dtype=np.float64).sum())
    found = {"layer": name, "norm": plain(norm)}
    if block.size <= MOST_GRADIENTS:
        found |= {"weights": plain(placed.grad_weights), "biases": plain(placed.grad_biases)}
    return found


_ALL = (
    NamedPart("history", "the curves: losses and scores by step", _history),
    NamedPart("points", "every sample with its target, train and test", _points),
    NamedPart("surface", f"the answers on a grid of {SURFACE} x {SURFACE} points of the plane", _surface),
    NamedPart("weights", "every layer with its weights and biases", _weights),
    NamedPart("activations", "what each layer makes of the first training sample", _activations),
    NamedPart("gradients", "the gradient of the last step, layer by layer", _gradients),
)

PARTS: dict[str, NamedPart] = {part.name: part for part in _ALL}
"""Every part by name."""


def read_names(flag: str, text: str | None) -> tuple[str, ...]:
    """Return the parts that were typed behind a flag, each once; raise UsageError."""
    names = tuple(dict.fromkeys(name.strip() for name in (text or "").split(",")))
    if text is None:
        return ()
    for name in names:
        if name not in PARTS:
            raise UsageError(f"{flag}: {name or 'nothing'} is not allowed; some of {', '.join(PARTS)}")
    return names


@dataclass(frozen=True)
class PartsRequest:
    """Some parts of the moment are wanted."""

    names: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class FoundParts:
    """What was asked for, by name."""

    values: dict[str, Any]


def look_at_parts(trainer: Trainer, request: PartsRequest) -> FoundParts:
    """Return the parts that a request names."""
    return FoundParts(make_parts(trainer, request.names))


def make_parts(trainer: Trainer, names: Sequence[str]) -> dict[str, Any]:
    """Return parts by name; it changes nothing of the run."""
    with np.errstate(all="ignore"):
        return {name: PARTS[name].make(trainer) for name in names}


def new_looks() -> Looks:
    """Return what a session is given that will be asked for parts."""
    return {PartsRequest: look_at_parts}
