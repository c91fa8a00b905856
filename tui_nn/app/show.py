"""`tui_nn.show`: the playground on a person's own arrays."""

from __future__ import annotations

import os
from typing import Any

import numpy.typing as npt

from tui_nn.app.launch import open_app
from tui_nn.data import DATASETS, own_kind
from tui_nn.data.own import OWN
from tui_nn.settings.config import Config


def show(inputs: npt.ArrayLike, targets: npt.ArrayLike, task: str = "auto", **settings: Any) -> int:
    """Open the playground on your own data; return its exit status when it is left.

    inputs: (n, n_inputs) numbers. targets: (n,) classes, or numbers for regression. task: classification,
    regression, or auto: regression where a target has a fraction. settings: fields of Config, such as
    hidden_sizes=(8, 8), optimizer="sgd". With two columns the decision map shows the plane, with one the
    input across and its target up.
    Raises DataError or ConfigError for what cannot be, UsageError where there is no terminal.
    """
    kind = own_kind(OWN, inputs, targets, task)
    others = dict(DATASETS)
    DATASETS[kind.name] = kind
    try:
        given = {
            "dataset": kind.name,
            "samples": max(10, kind.n_samples or 0),
            "classes": min(kind.max_classes, 5),
            **settings,
        }
        return open_app(Config().replace(**given), os.environ, own=kind)
    finally:
        for name in DATASETS.keys() - others:
            del DATASETS[name]
