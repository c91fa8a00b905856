"""One moment of a run as read-only values: all that a screen can know, and how it asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.dataset import Domain
from tui_nn.settings.config import Config
from tui_nn.training.place import TimelinePlace

if TYPE_CHECKING:
    from tui_nn.training.moments.log import Moment, MomentLog

Reply = TypeVar("Reply")


class Status(str, Enum):
    """What a run is doing, or how it ended."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DIVERGED = "diverged"


@dataclass(frozen=True)
class ViewRequest:
    """What the next Snapshot is to hold beside the numbers."""

    generation: int = 0
    """Comes back unchanged: the asker knows by it which of its settings the snapshot has seen."""
    looks: tuple[object, ...] = ()
    """What the views ask, each answered by the look that the session was given for its type."""
    known_data: int = -1
    """The `PointSet.version` the asker has; a newer one is sent whole."""
    history: bool = False
    """Whether the curves are wanted."""
    moments: bool = False
    """Whether the log of moments is wanted."""

    def numbered(self, generation: int) -> ViewRequest:
        """Return the same request with another generation."""
        return replace(self, generation=generation)


def wanted(*requests: object | None) -> tuple[object, ...]:
    """Return the requests of views that ask something at this moment."""
    return tuple(request for request in requests if request is not None)


@dataclass(frozen=True)
class Metrics:
    """Losses without penalty, accuracies as fractions, R² and RMSE for regression; None: not defined."""

    train_loss: float | None = None
    test_loss: float | None = None
    train_accuracy: float | None = None
    test_accuracy: float | None = None
    train_r2: float | None = None
    test_r2: float | None = None
    train_rmse: float | None = None
    test_rmse: float | None = None


@dataclass(frozen=True, eq=False)
class PointSet:
    """The points that a map can show (at most some thousands), and what they are."""

    version: int
    train_inputs: NDArray[np.float64]
    """Shape (n, 2)."""
    train_targets: NDArray[np.float64]
    """Class numbers or values, shape (n,)."""
    test_inputs: NDArray[np.float64]
    test_targets: NDArray[np.float64]
    n_classes: int
    """1 for regression."""
    class_names: tuple[str, ...]
    domain: Domain
    """Lowest and highest coordinate of the plane, on both axes."""
    n_train: int
    """Samples in the whole training set."""
    n_test: int
    n_columns: int
    """Raw inputs of a sample; the plane shows the first two."""
    axis_names: tuple[str, str] = ("x", "y")
    """What goes across, and what up."""
    target_name: str = ""
    """What a table calls its target; empty: nothing."""
    value_center: float = 0.0
    """An amount that targets and answers show as 0."""
    value_size: float = 1.0
    """How much more of it they show as 1."""


@dataclass(frozen=True, eq=False)
class Curves:
    """What was recorded of a run, sampled by step number; every array has shape (n_records,)."""

    steps: NDArray[np.int64]
    train_loss: NDArray[np.float64]
    test_loss: NDArray[np.float64]
    train_accuracy: NDArray[np.float64]
    test_accuracy: NDArray[np.float64]
    other: Curves | None = None
    """How the run went on before it was rewound and trained on from there."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One moment of a run."""

    generation: int
    config: Config
    """The settings in force, which the trainer may have had to adjust."""
    status: Status
    step: int
    epoch: int
    metrics: Metrics
    steps_per_second: float
    """Over about the last second; 0 while paused."""
    epochs_per_second: float
    training_seconds: float
    """Seconds spent in the training loop alone, since the run began or was reset."""
    layer_sizes: tuple[int, ...]
    n_parameters: int
    best_possible_accuracy: float | None
    replies: tuple[object, ...] = ()
    """What the looks of the request found; see `reply`."""
    points: PointSet | None = None
    """Only when newer than the request's `known_data`."""
    curves: Curves | None = None
    moments: MomentLog | None = None
    paused_at: tuple[Moment, ...] = ()
    """The moments that the run waits at, as the settings ask; none once it was told anything."""
    timeline: TimelinePlace = field(default=TimelinePlace())
    """Which moment of the run this is."""
    is_test_seen: bool = False
    """Whether the weights were trained on samples of the present test set."""
    is_worth_writing: bool = False
    """Whether something would be lost that was trained or changed since the run was written last."""
    trouble: str = field(default="")
    """Why the run diverged or stopped, in words; empty otherwise."""

    def reply(self, kind: type[Reply]) -> Reply | None:
        """Return the reply of this type; None where it was not asked for, or there is no such thing."""
        return next((reply for reply in self.replies if isinstance(reply, kind)), None)


@dataclass(frozen=True)
class Notice:
    """One sentence for the person in front of the screen, or for stderr."""

    text: str
    is_error: bool = False
