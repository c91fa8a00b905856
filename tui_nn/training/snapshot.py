"""One moment of a run as read-only values: all that a screen can know, and how it asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.settings.config import Config
from tui_nn.views.images.values import ImageMoment, ImageRequest

if TYPE_CHECKING:
    from tui_nn.training.details import Details, DetailsRequest
    from tui_nn.training.example import Example
from tui_nn.training.place import TimelinePlace

Floats = NDArray[np.float32]


class Status(str, Enum):
    """What a run is doing, or how it ended."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DIVERGED = "diverged"


@dataclass(frozen=True)
class Grid:
    """Sample points of a rectangle of the plane: `columns` x `rows`, first row at the top (y_high)."""

    columns: int
    rows: int
    x_low: float
    x_high: float
    y_low: float
    y_high: float

    def points(self) -> NDArray[np.float64]:
        """Return the centers of all grid cells, shape (rows * columns, 2), row by row from the top."""
        across = (np.arange(self.columns) + 0.5) / self.columns
        down = (np.arange(self.rows) + 0.5) / self.rows
        x = self.x_low + across * (self.x_high - self.x_low)
        y = self.y_high - down * (self.y_high - self.y_low)
        xs, ys = np.meshgrid(x, y)
        return np.column_stack([xs.ravel(), ys.ravel()])


@dataclass(frozen=True)
class ViewRequest:
    """What the next Snapshot is to hold beside the numbers."""

    generation: int = 0
    """Comes back unchanged: the asker knows by it which of its settings the snapshot has seen."""
    grid: Grid | None = None
    """The cells of the decision map; None for no map."""
    node: tuple[int, int] | None = None
    """A (layer, unit) whose output the map shows instead of the network's; layer 0 is the input."""
    insides: Grid | None = None
    """The cells of each neuron's own small map; None where the insides are not wanted."""
    coloring: str = "activations"
    """One of COLORINGS: what the insides are to show of links and neurons."""
    kept: tuple[int, int] | None = None
    """A (layer, unit) that is to be among the insides, however weak it is."""
    example: Example | None = None
    """Whose activations the insides hold; None: those at the probe, or the mean of the batch."""
    probe: tuple[float, float] | None = None
    """A point of the plane: what the network answers there, and its activations; None: the batch mean."""
    known_data: int = -1
    """The `PointSet.version` the asker has; a newer one is sent whole."""
    images: ImageRequest | None = None
    """What is wanted of images; None for data that holds none."""
    details: DetailsRequest | None = None
    """What is wanted of single neurons, layers and examples; None for nothing."""
    history: bool = False
    """Whether the curves are wanted."""

    def numbered(self, generation: int) -> ViewRequest:
        """Return the same request with another generation."""
        return replace(self, generation=generation)


MOST_UNITS = 16
"""Of a layer with more neurons the insides hold so many: the strongest."""
COLORINGS = ("activations", "weights", "gradients")
"""What can be shown of links and neurons."""


@dataclass(frozen=True, eq=False)
class Insides:
    """What is inside the network at one moment; in each tuple layer 0 is the input where it says so.

    Of large layers it holds the strongest neurons alone, and the links between those.
    """

    weights: tuple[Floats, ...]
    """(sources, units) of each layer after the input: what each unit takes of each; 0 without a link."""
    biases: tuple[Floats, ...]
    """(units,) of each layer after the input; 0 where it has none."""
    maps: tuple[Floats, ...]
    """(units, rows, columns) of each layer, the input included: the outputs over the plane."""
    activations: tuple[Floats, ...]
    """(n,) of all units of each layer, the input included: of the example, at the probe, or the mean."""
    is_probed: bool
    """Whether the activations are those at the probe."""
    units: tuple[NDArray[np.int64], ...] = ()
    """(units,) of each layer, the input included: the numbers of those that are held, ascending."""
    shapes: tuple[tuple[int, ...], ...] = ()
    """The shape of each layer, the input included: (n,), or (maps, rows, columns)."""
    example: str = ""
    """Whose activations these are, if they are an example's."""
    coloring: str = "activations"
    """One of COLORINGS."""
    grad_weights: tuple[Floats, ...] = ()
    """dL/dw of the last step for each of `weights`; empty unless gradients are the coloring."""
    grad_biases: tuple[Floats, ...] = ()
    """dL/db likewise: the mean delta of the batch."""
    held_links: tuple[NDArray[np.uint8], ...] = ()
    """For each of `weights`: 0, 1 frozen, 2 cut, not with a whole neuron; empty if nothing is held."""
    held_units: tuple[NDArray[np.uint8], ...] = ()
    """(units,) of each layer, the input included: 0, 1 frozen, 2 cut; empty if nothing is held."""


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
    domain: tuple[float, float]
    """Lowest and highest coordinate of the plane, on both axes."""
    n_train: int
    """Samples in the whole training set."""
    n_test: int


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
    surface: Floats | None = None
    """The outputs over the requested grid, shape (rows, columns, n_maps): one map of values in [-1, 1] for
    two classes, one map of values for regression, a probability for each of three and more classes."""
    train_predictions: NDArray[Any] | None = None
    """Classes or values, (n,), for the shown training points; with the map."""
    test_predictions: NDArray[Any] | None = None
    insides: Insides | None = None
    answer: Floats | None = None
    """At the probe: (n_classes,) probabilities, or the outputs as they are where there are none."""
    images: ImageMoment | None = None
    details: Details | None = None
    points: PointSet | None = None
    """Only when newer than the request's `known_data`."""
    curves: Curves | None = None
    timeline: TimelinePlace = field(default=TimelinePlace())
    """Which moment of the run this is."""
    is_test_seen: bool = False
    """Whether the weights were trained on samples of the present test set."""
    is_worth_writing: bool = False
    """Whether something would be lost that was trained or changed since the run was written last."""
    trouble: str = field(default="")
    """Why the run diverged or stopped, in words; empty otherwise."""


@dataclass(frozen=True)
class Notice:
    """One sentence for the person in front of the screen, or for stderr."""

    text: str
    is_error: bool = False
