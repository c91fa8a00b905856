"""Data: generators, features, splitting, scaling and readers, with NumPy alone.

    from tui_nn.data import DATASETS, feature_matrix, split, Standardizer

    kind = DATASETS["moons"]                    # .help .formula .noise_help .task .default_samples .domain
    data = kind.generate(500, 0.1, 2, rng)      # Dataset: .inputs (n, 2) .targets (n,) .class_names ...
    train_rows, test_rows = split(data.n_samples, 0.5, rng)     # shuffled row numbers
    features = feature_matrix(data.inputs, ("x", "y", "x2"))    # (n, 3)
    scaled = Standardizer.fit(features[train_rows]).apply(features)

`domain` is (low, high), the same for both axes. Class 1 is the positive one. Whatever cannot be made or read
raises DataError with one sentence for a person.
"""

from __future__ import annotations

from tui_nn.data.dataset import Dataset, Task
from tui_nn.data.errors import DataError
from tui_nn.data.features import FEATURES, Feature, feature_matrix
from tui_nn.data.own import own_kind
from tui_nn.data.registry import DATASETS, DatasetKind, best_possible_accuracy
from tui_nn.data.splitting import split
from tui_nn.data.standardizer import Standardizer

__all__ = [
    "DATASETS",
    "FEATURES",
    "DataError",
    "Dataset",
    "DatasetKind",
    "Feature",
    "Standardizer",
    "Task",
    "best_possible_accuracy",
    "feature_matrix",
    "own_kind",
    "split",
]
