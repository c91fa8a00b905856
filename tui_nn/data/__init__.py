"""Data: generators, features, splitting, scaling and readers, with NumPy alone.

    from tui_nn.data import DATASETS, feature_matrix, split, Standardizer

    kind = DATASETS["moons"]                    # .help .formula .task .domain
    data = kind.generate(500, 0.1, 2, rng)      # Dataset: .inputs (n, 2) .targets (n,) .class_names ...
    train_rows, test_rows = split(data.n_samples, 0.5, rng)     # shuffled row numbers
    features = feature_matrix(data.inputs, ("x", "y", "x2"))    # (n, 3)
    scaled = Standardizer.fit(features[train_rows]).apply(features)

`domain` holds (low, high) of either axis. Class 1 is the positive one. Whatever cannot be made or read
raises DataError with one sentence for a person.

Digits are images (n, 28, 28) uint8; `pixel_values(images)` (n, 784), 0 .. 1, is what a network is given.

    data = DIGITS.generate(20_000, 0.0, 10, rng)    # made here, a quarter of them drawn as with keys
    data = load_idx_folder(folder)                  # MNIST or alike; data.n_given_train rows are for training
    data = mix_drawn(data, 0.2, rng)                # drawn digits added to the training part
    for drawing in parse_drawings(text):            # rows of "#" and "."
        image = fit_drawing(drawing)                # (28, 28) ink 0 .. 1, as MNIST crops, scales and centers
    kept = load_drawings(path).with_drawing(canvas, 7); save_drawings(path, kept)
    data = add_training_images(data, kept.images(), kept.digits)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tui_nn.data.dataset import Dataset, Task
from tui_nn.data.errors import DataError
from tui_nn.data.features import FEATURES, Feature, feature_matrix
from tui_nn.data.registry import DATASETS, DIGITS, DatasetSpec, best_possible_accuracy

if TYPE_CHECKING:
    from tui_nn.data.digits import add_training_images, generate_digits, mix_drawn, pixel_values, to_pixels
    from tui_nn.data.drawing import fit_drawing, fit_drawings
    from tui_nn.data.drawing_text import format_drawing, parse_drawings
    from tui_nn.data.idx import read_idx, write_idx
    from tui_nn.data.idx_folder import load_idx_folder
    from tui_nn.data.kept_drawings import KeptDrawings, load_drawings, save_drawings
    from tui_nn.data.own import array_dataset
    from tui_nn.data.splitting import split
    from tui_nn.data.standardizer import Standardizer

_LATER = {
    "digits": "add_training_images generate_digits mix_drawn pixel_values to_pixels",
    "drawing": "fit_drawing fit_drawings",
    "drawing_text": "format_drawing parse_drawings",
    "idx": "read_idx write_idx",
    "idx_folder": "load_idx_folder",
    "kept_drawings": "KeptDrawings load_drawings save_drawings",
    "own": "array_dataset",
    "splitting": "split",
    "standardizer": "Standardizer",
}
_MODULES = {name: module for module, names in _LATER.items() for name in names.split()}

__all__ = [
    "DATASETS",
    "DIGITS",
    "FEATURES",
    "DataError",
    "Dataset",
    "DatasetSpec",
    "Feature",
    "KeptDrawings",
    "Standardizer",
    "Task",
    "add_training_images",
    "array_dataset",
    "best_possible_accuracy",
    "feature_matrix",
    "fit_drawing",
    "fit_drawings",
    "format_drawing",
    "generate_digits",
    "load_drawings",
    "load_idx_folder",
    "mix_drawn",
    "parse_drawings",
    "pixel_values",
    "read_idx",
    "save_drawings",
    "split",
    "to_pixels",
    "write_idx",
]


def __getattr__(name: str) -> Any:
    """Load what is in _LATER when it is asked for: a first picture needs the lists of choices alone."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *_MODULES]
