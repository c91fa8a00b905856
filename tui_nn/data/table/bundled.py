"""The sets that scikit-learn brings along, as tables."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np

from tui_nn.data.errors import DataError
from tui_nn.data.table.table import Table, table_of_columns

SETS = ("iris", "wine", "breast_cancer", "digits", "diabetes")


def bundled_table(name: str) -> Table:
    """Return one of SETS with its target as the last column. Raises DataError."""
    wanted = name.strip().lower().replace("-", "_")
    if wanted not in SETS:
        raise DataError(
            f"scikit-learn brings no set {name[:40] or 'without a name'}; it is one of {', '.join(SETS)}"
        )
    try:
        load: Any = getattr(import_module("sklearn.datasets"), f"load_{wanted}")
    except ImportError:
        raise DataError("scikit-learn is not installed here; pip install scikit-learn brings it") from None
    found = load(scaled=False) if wanted == "diabetes" else load()
    columns = {str(column): found.data[:, i] for i, column in enumerate(found.feature_names)}
    if wanted in ("iris", "wine", "breast_cancer"):
        target = np.array([str(word) for word in found.target_names])[found.target]
    else:
        target = found.target
    return table_of_columns({**columns, TARGETS[wanted]: target}, "scikit-learn")


TARGETS = {
    "iris": "species",
    "wine": "cultivar",
    "breast_cancer": "diagnosis",
    "digits": "digit",
    "diabetes": "progression",
}
"""What the target of each is."""
