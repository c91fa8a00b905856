"""What a neuron or one of its weights was at earlier moments of the run, from the frames of its timeline."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import EngineError, Network
from tui_nn.training.columns import columns
from tui_nn.training.names import Node
from tui_nn.training.timeline import Frame
from tui_nn.training.trainer import Trainer
from tui_nn.training.wiring import parameter_position
from tui_nn.views.neuron.values import BIAS, History

MOST_POINTS = 64
"""More are not seen in one line."""
MOST_VALUES = 4_000_000
"""Parameters that are looked through at most for one history: large networks get fewer points."""


def neuron_history(
    trainer: Trainer, copy: Network, inputs: NDArray[Any], node: Node, term: int | None
) -> History | None:
    """Return the history of a neuron's activation on the inputs (1, n_inputs), or of one of its weights.

    copy: a network of the same shape, whose parameters are written over. None for an input, and where there
    is no such weight.
    """
    layer, unit = node
    if layer == 0:
        return None
    frames = [
        frame
        for frame in trainer.timeline.frames
        if frame.step < trainer.step and frame.parameters.shape == copy.parameters.shape
    ]
    steps = [frame.step for frame in frames]
    if term is not None:
        try:
            source = None if term == BIAS else term
            position = parameter_position(copy, layer - 1, source, unit)
        except EngineError:
            return None
        values = [float(vector[position]) for vector in (f.parameters for f in frames)]
        return _history(
            "bias" if term == BIAS else "weight",
            trainer,
            steps,
            values,
            float(trainer.network.parameters[position]),
        )
    most = max(1, min(MOST_POINTS, MOST_VALUES // max(1, copy.n_parameters)))
    frames = _thinned(frames, most)
    values = [_activation(copy, frame, inputs, node) for frame in frames]
    copy.parameters[:] = trainer.network.parameters
    copy.load_state(trainer.network.state())
    now = float(copy.layer_outputs(inputs)[columns(copy)[layer - 1].output][0, unit])
    return _history("a", trainer, [frame.step for frame in frames], values, now)


def _activation(copy: Network, frame: Frame, inputs: NDArray[Any], node: Node) -> float:
    copy.parameters[:] = frame.parameters
    copy.load_state(frame.state)
    layer, unit = node
    return float(copy.layer_outputs(inputs)[columns(copy)[layer - 1].output][0, unit])


def _thinned(frames: list[Frame], most: int) -> list[Frame]:
    """Return at most so many frames, evenly chosen, the first and the last among them."""
    if len(frames) <= most:
        return frames
    chosen = np.linspace(0, len(frames) - 1, most).round().astype(int)
    return [frames[i] for i in chosen]


def _history(name: str, trainer: Trainer, steps: list[int], values: list[float], now: float) -> History:
    return History(
        name,
        np.array([*steps, trainer.step], dtype=np.int64),
        np.array([*values, now], dtype=np.float64),
    )
