"""A run in a stack against the same run alone, which other tests hold to PyTorch and to numeric gradients."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from tui_nn.engine import ACTIVATIONS, LOSSES, OPTIMIZERS, REGULARIZERS, SCHEDULES
from tui_nn.settings.config import Config
from tui_nn.training.stacked.groups import can_stack
from tui_nn.training.stacked.trainer import StackedTrainer
from tui_nn.training.trainer import Trainer

HIDDEN = [name for name, activation in ACTIVATIONS.items() if activation.is_elementwise]
TOLERANCE = {"float32": 1e-6, "float64": 1e-12}
SMALL: dict[str, Any] = {"samples": 80, "batch_size": 7, "hidden_sizes": (5, 3), "epochs": 20}
"""40 training samples in batches of 7: epochs do not come out even, and a schedule ends near step 100."""


def farthest(configs: list[Config], steps: int = 100) -> float:
    """Return the largest difference of any parameter between runs in one stack and the same runs alone."""
    assert can_stack(configs) == [list(range(len(configs)))]
    stacked = StackedTrainer.of(configs)
    stacked.train(steps)
    differences = []
    for position, config in enumerate(configs):
        trainer = Trainer(config, timeline_bytes=0)
        first = trainer.network.parameters.copy()
        with np.errstate(all="ignore"):
            for _ in range(steps):
                trainer.advance()
        assert not np.array_equal(trainer.network.parameters, first)
        mine = stacked.solo(position).network.parameters
        differences.append(np.abs(mine - trainer.network.parameters).max())
    return float(max(differences))


@pytest.mark.parametrize(("optimizer", "loss"), list(product(OPTIMIZERS, LOSSES)))
def test_runs_of_every_kind_are_in_a_stack_what_they_are_alone(optimizer: str, loss: str) -> None:
    number = list(OPTIMIZERS).index(optimizer) * len(LOSSES) + list(LOSSES).index(loss)
    names = [HIDDEN[(number + k) % len(HIDDEN)] for k in range(2)]
    for k, (activation, dtype) in enumerate(product(names, TOLERANCE)):
        runs = [
            Config(
                **SMALL,
                optimizer=optimizer,
                loss=loss,
                activation=activation,
                dtype=dtype,
                regularization=list(REGULARIZERS)[(number + k) % len(REGULARIZERS)],
                regularization_rate=(0.001, 0.003, 0.0)[run],
                schedule=list(SCHEDULES)[(number + run) % len(SCHEDULES)],
                learning_rate=(0.03, 0.01, 0.003)[run],
                weights_seed=run,
                data_seed=run // 2,
            )
            for run in range(3)
        ]

        assert farthest(runs) <= TOLERANCE[dtype], (activation, dtype)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize(
    "shared",
    [
        {"dropout": 0.3},
        {"batch_norm": True, "dropout": 0.1},
        {"hidden_sizes": ()},
        {"hidden_sizes": (17,), "activation": ("relu",)},
        {"hidden_sizes": (6, "drop0.2", 4)},
        {"batch_size": None},
        {"batch_size": 1, "remainder": "drop"},
        {"remainder": "carry"},
        {"shuffle": "once"},
        {"train_fraction": 1.0},
        {"dataset": "rings", "classes": 3},
        {"dataset": "reg-plane", "features": ("x", "y", "x2", "sinx")},
    ],
    ids=str,
)
def test_networks_and_batches_of_every_shape_agree(shared: dict[str, Any], dtype: str) -> None:
    common = SMALL | shared | {"dtype": dtype}

    assert farthest([Config(**common, weights_seed=seed) for seed in range(3)]) <= TOLERANCE[dtype]


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize(
    ("name", "values", "others"),
    [
        ("dropout", (0.1, 0.2, 0.5), {}),
        ("clip_norm", (None, 0.5, 0.01), {}),
        ("clip_value", (None, 0.05, 0.001), {}),
        ("regularization_rate", (0.0, 0.03, 0.3), {"regularization": "l1"}),
        ("l1_ratio", (0.0, 0.5, 1.0), {"regularization": "elastic_net", "regularization_rate": 0.1}),
        ("beta1", (0.0, 0.5, 0.9), {}),
        ("beta2", (0.9, 0.99, 0.999), {}),
        ("epsilon", (None, 1e-4, 1.0), {}),
        ("weight_decay", (0.0, 0.1, 1.0), {"optimizer": "adamw"}),
        ("momentum", (0.0, 0.5, 0.99), {"optimizer": "nesterov"}),
        ("decay", (None, 0.5, 0.9), {"optimizer": "rmsprop"}),
        ("decay_steps", (1, 10, 30), {"schedule": "exponential"}),
        ("warmup_steps", (0, 10, 50), {"schedule": "cosine"}),
        ("epochs", (18, 50, 1000), {"schedule": "linear"}),
        ("initializer", ("he", "orthogonal", "constant"), {}),
        ("bias_init", (-0.1, 0.0, 1.0), {}),
        ("dataset", ("moons", "circle", "xor"), {}),
        ("noise", (0.0, 0.1, 0.5), {}),
        ("standardize", (True, False, True), {}),
    ],
    ids=str,
)
def test_each_run_has_settings_of_its_own(
    name: str, values: tuple[Any, ...], others: dict[str, Any], dtype: str
) -> None:
    runs = [Config(**SMALL | others | {"dtype": dtype, name: value}) for value in values]

    assert farthest(runs) <= TOLERANCE[dtype]
