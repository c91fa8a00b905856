"""Looks at a network as it stands in space: what an example makes of its units, and its strongest links."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import Dense, EngineError
from tui_nn.training.columns import Column, columns
from tui_nn.training.example import FIRST_EXAMPLE, Example
from tui_nn.training.examples import FoundExample, find_example
from tui_nn.training.trainer import Trainer
from tui_nn.views.map.look import as_maps, layer_outputs
from tui_nn.views.space.values import LayerLinks, LayerUnits, Links, LinksRequest

MOST_UNITS = 8192
"""At most so many units of a layer are held."""
FEW_LINKS = 80
"""So few links between two layers are all sent."""


def look_at_links(trainer: Trainer, request: LinksRequest) -> Links:
    """Return the network in space; looking changes nothing of the run."""
    network, problem = trainer.network, trainer.problem
    example, words = _find(trainer, request.example)
    outputs = layer_outputs(network, example.inputs)
    if network.n_outputs == 1:
        outputs[-1] = as_maps(trainer, outputs[-1])
    found = columns(network)
    image = trainer.config.image_shape
    shapes = [network.input_shape if image is None else (1, *image)]
    shapes += [column.placed.output_shape for column in found]
    names = problem.dataset.class_names if network.n_outputs > 1 else ()
    return Links(
        layers=tuple(_units(shape, values[0]) for shape, values in zip(shapes, outputs, strict=True)),
        links=tuple(_links(column, request) for column in found),
        words=words,
        class_names=tuple(names) if len(names) == network.n_outputs else (),
        target=int(example.target) if example.target is not None and names else None,
    )


def strongest(values: NDArray[Any], most: int) -> NDArray[np.int64]:
    """Return the positions in `values.ravel()` of the `most` largest by size, ascending; NaN counts as 0."""
    sizes = np.abs(values.ravel())
    if most >= sizes.size:
        return np.arange(sizes.size)
    np.fmax(sizes, 0, out=sizes)
    return np.sort(np.argpartition(sizes, -most)[-most:])


def _find(trainer: Trainer, wanted: Example) -> tuple[FoundExample, str]:
    """Return the example and its name; the first one, and why, where the wanted one does not fit."""
    try:
        example = find_example(trainer.config, trainer.problem, wanted)
        return example, example.words
    except EngineError as error:
        return find_example(trainer.config, trainer.problem, FIRST_EXAMPLE), str(error)


def _units(shape: tuple[int, ...], activations: NDArray[Any]) -> LayerUnits:
    numbers = shown_units(shape)
    return LayerUnits(shape, numbers, np.asarray(activations[numbers], dtype=np.float32))


def shown_units(shape: tuple[int, ...]) -> NDArray[np.int32]:
    """Return which units of a layer are held: every one, or every n-th row and column of very many."""
    numbers = np.arange(math.prod(shape), dtype=np.int32).reshape(shape)
    if len(shape) == 1:
        return numbers[:: math.ceil(numbers.size / MOST_UNITS)]
    numbers = numbers[:MOST_UNITS]
    every = math.ceil(math.sqrt(numbers.size / MOST_UNITS))
    while numbers[:, ::every, ::every].size > MOST_UNITS:
        every += 1
    return numbers[:, ::every, ::every].ravel()


def _links(column: Column, request: LinksRequest) -> LayerLinks:
    placed = column.placed
    nothing = np.arange(0, dtype=np.int32)
    if not isinstance(placed.layer, Dense):
        return LayerLinks(nothing, nothing, nothing.astype(np.float32), 0)
    matrix = placed.grad_weights if request.what == "gradients" else placed.weights
    chosen = strongest(matrix, max(1, request.most) if matrix.size > FEW_LINKS else FEW_LINKS)
    sources, targets = np.divmod(chosen, matrix.shape[1])
    return LayerLinks(
        sources=sources.astype(np.int32),
        targets=targets.astype(np.int32),
        values=np.array(matrix.ravel()[chosen], dtype=np.float32),
        n_links=matrix.size,
    )
