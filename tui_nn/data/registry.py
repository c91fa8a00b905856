"""DATASETS: every synthetic set by name, with what menus, flags and validation need to know about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from math import sqrt
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from tui_nn.data import ceilings, playground_sets, shape_sets
from tui_nn.data.dataset import Dataset, Domain, FloatArray, Rng, Task, square
from tui_nn.data.errors import DataError
from tui_nn.data.frame import DIGIT_NAMES, IMAGE_SIZE

if TYPE_CHECKING:
    from tui_nn.data.table.schema import Schema

Draw = Callable[[int, float, int, Rng], tuple[FloatArray, NDArray[Any]]]
"""(samples, noise, n_classes, rng) -> (inputs, targets)."""
Ceiling = Callable[[float, int], float | None]
"""(noise, n_classes) -> best possible accuracy."""

MAX_NOISE = 0.8


@dataclass(frozen=True)
class DatasetSpec:
    """A way of making data, with its words."""

    name: str
    help: str
    formula: str
    draw: Draw
    ceiling: Ceiling
    task: Task = "classification"
    min_classes: int = 2
    max_classes: int = 2
    input_names: tuple[str, ...] = ("x", "y")
    domain: Domain = ((-6.0, 6.0), (-6.0, 6.0))
    class_names: tuple[str, ...] = ()
    """Names of the classes; their numbers if empty."""
    image_shape: tuple[int, int] | None = None
    """Rows and columns where samples are images, uint8; input_names are then empty and domain is not used."""
    n_samples: int | None = None
    """The rows of a set that comes as it is, where neither samples nor noise can be chosen."""
    target_name: str = "target"
    """What the targets are called."""
    schema: Schema | None = None
    """How the inputs were made of the columns of a table."""
    has_unlike_columns: bool = False
    """Whether the inputs are of such scales that they are standardized unless a person says otherwise."""
    scales_target: bool = False
    """Whether a network learns the targets standardized, and answers in their own units."""

    @property
    def n_inputs(self) -> int:
        """Return the numbers that make up a sample: coordinates, or pixels."""
        rows, columns = self.image_shape or (1, len(self.input_names))
        return rows * columns

    @property
    def plane(self) -> bool:
        """Return whether the inputs are the two coordinates of a plane."""
        return len(self.input_names) == 2

    def generate(self, samples: int, noise: float, classes: int, rng: Rng) -> Dataset:
        """Return a data set of this many rows, in the order of drawing (class by class): split or shuffle it.

        Regression ignores the number of classes. Raises DataError for counts or a noise out of range.
        """
        if samples < 1:
            raise DataError(f"samples must be at least 1, not {samples}")
        if not 0.0 <= noise <= MAX_NOISE:
            raise DataError(f"noise must be from 0 to {MAX_NOISE}, not {noise}")
        is_classes = self.task == "classification"
        if is_classes and not self.min_classes <= classes <= self.max_classes:
            few, many = self.min_classes, self.max_classes
            allowed = f"{few} to {many}" if many > few else f"{many}"
            raise DataError(f"{self.name} has {allowed} classes, not {classes}")
        inputs, targets = self.draw(samples, noise, classes, rng)
        return Dataset(
            name=self.name,
            task=self.task,
            inputs=inputs,
            targets=targets,
            class_names=(self.class_names or tuple(map(str, range(classes)))) if is_classes else (),
            input_names=self.input_names,
            domain=None if self.image_shape else self.domain,
            best_possible_accuracy=self.ceiling(noise, classes),
            target_name=self.target_name,
            scales_target=self.scales_target,
        )


def unnamed_inputs(n: int) -> tuple[str, ...]:
    """Return what inputs are called that nobody has named: x and y on a plane, else x1, x2 and so on."""
    return ("x", "y") if n == 2 else tuple(f"x{i + 1}" for i in range(n))


GENERAL = "general"
MOST_INPUTS, MOST_CLUSTERS = 20, 8


@lru_cache(maxsize=64)
def general_spec(n_inputs: int, clusters: int, separation: float) -> DatasetSpec:
    """Return the general data set of so many inputs and clusters a class; separation: half an edge."""
    reach = separation + sqrt(3.0 * n_inputs)
    return DatasetSpec(
        GENERAL,
        "Clusters on corners of a cube: inputs, classes, clusters and separation as you like.",
        "corner · separation + N(0, A Aᵀ), A ∈ U(−1, 1); a part `noise` has a class by chance",
        partial(shape_sets.general, n_inputs, clusters, separation),
        ceilings.no_ceiling,
        max_classes=min(5, 1 << n_inputs),
        input_names=unnamed_inputs(n_inputs),
        domain=square(-reach, reach),
    )


def _kinds() -> dict[str, DatasetSpec]:
    kinds = (
        DatasetSpec(
            "blobs",
            "Two overlapping Gaussian clusters; the easiest set.",
            "N((±1, ±1), (0.35 + noise²) I)",
            shape_sets.blobs,
            ceilings.blobs,
            domain=square(-3.5, 3.5),
        ),
        DatasetSpec(
            "circle",
            "A disk inside a ring; not linearly separable.",
            "r ∈ U(0, 2.5) or U(3.5, 5); class 1 where r < 2.5",
            playground_sets.circle,
            ceilings.circle,
        ),
        DatasetSpec(
            "xor",
            "XOR of the signs: the classic problem that a single neuron cannot learn.",
            "x, y ∈ U(−5, 5); class 1 where x·y ≥ 0",
            playground_sets.xor,
            ceilings.xor,
        ),
        DatasetSpec(
            "gauss",
            "Two Gaussian clusters that widen with the noise.",
            "N((±2, ±2), (0.5 + 7 noise) I)",
            playground_sets.gauss,
            ceilings.gauss,
        ),
        DatasetSpec(
            "spiral",
            "Two interleaved spirals; the hardest set.",
            "r = 5p, t = 1.75·2πp (+ π); (r sin t, r cos t)",
            playground_sets.spiral,
            ceilings.spiral,
        ),
        DatasetSpec(
            "moons",
            "Two interleaved half circles.",
            "(cos t, sin t) and (1 − cos t, ½ − sin t), t ∈ 0 .. π",
            shape_sets.moons,
            ceilings.moons,
            domain=square(-1.75, 2.75),
        ),
        DatasetSpec(
            "linear",
            "A square divided by a line: linearly separable, no hidden layer needed.",
            "x, y ∈ U(−5, 5); class 1 where x + y ≥ 0",
            shape_sets.linear,
            ceilings.linear,
        ),
        DatasetSpec(
            "rings",
            "Concentric rings, two to five classes.",
            "radius ½, 1, 1½ ... around 0",
            shape_sets.rings,
            ceilings.rings,
            max_classes=5,
            domain=square(-3.0, 3.0),
        ),
        DatasetSpec(
            "pinwheel",
            "Twisted blades around a center, two to five classes.",
            "N(1, 0.3²) out, N(0, noise²) across, turned by ¼ exp(r)",
            shape_sets.pinwheel,
            ceilings.pinwheel,
            max_classes=5,
            domain=square(-2.5, 2.5),
        ),
        DatasetSpec(
            "clusters",
            "Two Gaussian clusters in four dimensions; the map shows the first two.",
            "N(±(1, 1, 1, 1), (0.25 + noise²) I)",
            shape_sets.clusters,
            ceilings.clusters,
            input_names=("x1", "x2", "x3", "x4"),
            domain=square(-3.0, 3.0),
        ),
        DatasetSpec(
            "reg-plane",
            "Regression: a tilted plane that a single neuron can fit.",
            "target = (x + y) / 10, x, y ∈ U(−6, 6)",
            playground_sets.reg_plane,
            ceilings.no_ceiling,
            task="regression",
        ),
        DatasetSpec(
            "reg-gauss",
            "Regression: three peaks and three valleys; needs hidden neurons.",
            "± max(0, 1 − d/2) around six centers, x, y ∈ U(−6, 6)",
            playground_sets.reg_gauss,
            ceilings.no_ceiling,
            task="regression",
        ),
    )
    return {kind.name: kind for kind in (*kinds, general_spec(2, 1, 1.0))}


def _digits(samples: int, noise: float, n_classes: int, rng: Rng) -> tuple[NDArray[Any], NDArray[Any]]:
    from tui_nn.data.digits import generate_digits

    return generate_digits(samples, rng)


DIGITS = DatasetSpec(
    "digits",
    "Generated digits, 28 x 28 pixels, handwritten and drawn; nothing to download.",
    "stroke skeletons, jittered, warped, slanted and drawn with a pen",
    _digits,
    ceilings.no_ceiling,
    min_classes=10,
    max_classes=10,
    input_names=(),
    class_names=DIGIT_NAMES,
    image_shape=(IMAGE_SIZE, IMAGE_SIZE),
)
"""Generated digits, as images (n, 28, 28) uint8; see pixel_values for what a network is given."""

DATASETS: dict[str, DatasetSpec] = _kinds()
"""Name -> DatasetSpec, in the order of menus."""

OWN_DATASETS: dict[str, DatasetSpec] = {}
"""A person's own data by name, as `keep` has put it here: the one place that it is in, in each process."""


def keep(dataset: DatasetSpec) -> None:
    """Let settings name a person's own data, and menus list it; `training.remote.link` tells the trainer."""
    OWN_DATASETS[dataset.name] = dataset


@lru_cache(maxsize=256)
def best_possible_accuracy(name: str, noise: float, n_classes: int = 2) -> float | None:
    """Return the fraction that no classifier can beat on fresh samples of a set; None for regression.

    Raises DataError for a name that is not in DATASETS.
    """
    if name not in DATASETS:
        raise DataError(f"unknown data set {name!r}; known: {', '.join(DATASETS)}")
    return DATASETS[name].ceiling(noise, n_classes)
