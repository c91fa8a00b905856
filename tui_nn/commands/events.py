"""What a run tells of itself to a program: one JSON object a line, its kind under "type"."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tui_nn import __version__
from tui_nn.settings.moments import MOMENTS
from tui_nn.training.moments.log import Moment, MomentLog
from tui_nn.training.snapshot import Snapshot
from tui_nn.training.trainer import Trainer

PROTOCOL = 1
"""Grows when a name goes or means something else; names may be added."""
SCORES = ("train_accuracy", "test_accuracy")
REGRESSION_SCORES = ("train_r2", "test_r2", "train_rmse", "test_rmse")


def in_a_line(record: Mapping[str, Any]) -> str:
    """Return an object as a line without its end; raise ValueError where a number is not finite."""
    return json.dumps(record, allow_nan=False)


def connected(trainer: Trainer) -> dict[str, Any]:
    """Return the first line: who speaks, and of which run."""
    network = trainer.network
    return {
        "type": "connected",
        "program": "tui-nn",
        "version": __version__,
        "protocol": PROTOCOL,
        "epoch": trainer.epoch,
        "step": trainer.step,
        "parameters": network.n_parameters,
        "settings": trainer.config.to_dict(),
    }


def update(snapshot: Snapshot) -> dict[str, Any]:
    """Return how a run stands."""
    return {"type": "update", **numbers(snapshot)}


def numbers(snapshot: Snapshot) -> dict[str, Any]:
    """Return epoch, step, losses, scores, and steps per second (over the whole run while it stands)."""
    seconds, measured = snapshot.training_seconds, asdict(snapshot.metrics)
    overall = snapshot.step / seconds if seconds > 0 else None
    names = ["train_loss", "test_loss", *SCORES]
    if snapshot.config.task == "regression":
        names += REGRESSION_SCORES
    return {
        "epoch": snapshot.epoch,
        "step": snapshot.step,
        **{name: measured[name] for name in names},
        "steps_per_second": snapshot.steps_per_second or overall,
    }


def pause_moment(moment: Moment, *, is_paused: bool) -> dict[str, Any]:
    """Return a moment that has a name: what was seen, what helps, whether training waits at it."""
    return {
        "type": "pause_moment",
        "moment": moment.kind,
        "label": MOMENTS[moment.kind].label,
        "step": moment.step,
        "what": moment.what,
        "remedies": [remedy.words for remedy in moment.remedies],
        "paused": is_paused,
    }


def complete(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the last line of a run."""
    return {"type": "training_complete", **record}


class NewMoments:
    """Tells which moments of a log that grows were not told yet."""

    def __init__(self) -> None:
        self._last: Moment | None = None

    def of(self, log: MomentLog | None) -> list[Moment]:
        """Return them in order; after a log that began anew, all of it."""
        moments = list(log.moments) if log is not None else []
        behind = next((i + 1 for i, moment in enumerate(moments) if moment is self._last), 0)
        self._last = moments[-1] if moments else None
        return moments[behind:]
