"""A timeline as the arrays of a file, and back: checked, for anybody may have written the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import Network
from tui_nn.training.snapshot import Metrics
from tui_nn.training.stored_values import count, rows, words
from tui_nn.training.timeline import MOST_FRAMES, Frame, Timeline

Array = NDArray[Any]
STATE, HAS = "frame_state.", "frame_has."
"""Prefixes of what layers carry beside parameters, for the frames that have it."""
NAMES = tuple(Metrics.__dataclass_fields__)


def pack_timeline(timeline: Timeline, step: int) -> tuple[dict[str, Any], dict[str, Array]]:
    """Return the moments up to `step` as plain values and arrays; both are empty where there are none."""
    frames = timeline.frames[: timeline.n_before(step + 1)]
    if not frames:
        return {}, {}
    arrays: dict[str, Array] = {
        "frames": np.stack([frame.parameters for frame in frames]),
        "frame_places": np.array([(f.step, f.epoch, f.position) for f in frames], np.int64),
        "frame_metrics": np.array(
            [[getattr(frame.metrics, name) for name in NAMES] for frame in frames], np.float64
        ),
    }
    for name in sorted({name for frame in frames for name in frame.state}):
        arrays[HAS + name] = np.array([name in frame.state for frame in frames])
        arrays[STATE + name] = np.stack([frame.state[name] for frame in frames if name in frame.state])
    return {"interval": timeline.interval, "words": timeline.words}, arrays


def unpack_timeline(
    values: Mapping[str, Any], arrays: Mapping[str, Array], network: Network, step: int
) -> Timeline:
    """Return the moments of a run of `network` that is at `step`.

    Raises ValueError, or what NumPy raises, on damage; EngineError where states belong to another network.
    """
    parameters, places, metrics = (arrays[name] for name in ("frames", "frame_places", "frame_metrics"))
    n = len(parameters)
    steps = rows(places[:, 0])
    is_whole = (
        0 < n <= MOST_FRAMES
        and parameters.shape == (n, network.n_parameters)
        and parameters.dtype == network.dtype
        and places.shape == (n, 3)
        and metrics.shape == (n, len(NAMES))
        and bool(np.isfinite(parameters).all() and (places >= 0).all() and (np.diff(steps) > 0).all())
        and int(steps[-1]) <= step
    )
    if not is_whole:
        raise ValueError("these are no moments of the run")
    states = _states(arrays, n)
    own = network.state()
    for state in states:
        network.load_state(state)
    network.load_state(own)
    (first_words,) = words([values["words"]])
    timeline = Timeline(count(values["interval"], least=1), words=first_words)
    timeline.load(
        [
            Frame(int(step), int(epoch), int(position), parameters[k].copy(), states[k], _metrics(metrics[k]))
            for k, (step, epoch, position) in enumerate(places)
        ]
    )
    return timeline


def _states(arrays: Mapping[str, Array], n: int) -> list[dict[str, Array]]:
    states: list[dict[str, Array]] = [{} for _ in range(n)]
    for key in arrays:
        if not key.startswith(STATE):
            continue
        name = key.removeprefix(STATE)
        having = np.flatnonzero(arrays[HAS + name])
        if arrays[HAS + name].shape != (n,) or len(having) != len(arrays[key]):
            raise ValueError("these are no states of the moments")
        if not np.isfinite(arrays[key]).all():
            raise ValueError("a state holds what is no number")
        for place, value in zip(having, arrays[key], strict=True):
            states[place][name] = value.copy()
    return states


def _metrics(row: Array) -> Metrics:
    return Metrics(*(float(value) if np.isfinite(value) else None for value in row))
