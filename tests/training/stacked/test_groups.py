from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import ConfigError
from tui_nn.training.stacked.groups import can_stack
from tui_nn.training.stacked.trainer import StackedTrainer


def test_runs_are_grouped_by_shape_in_the_order_they_came() -> None:
    small, large = Config(hidden_sizes=(4,)), Config(hidden_sizes=(8, 8))

    assert can_stack([small, large, small.replace(weights_seed=3), large.replace(learning_rate=0.1)]) == [
        [0, 2],
        [1, 3],
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"hidden_sizes": (5, 2)},
        {"activation": "relu"},
        {"loss": "mse"},
        {"optimizer": "sgd"},
        {"regularization": "l1"},
        {"dtype": "float64"},
        {"batch_size": 11},
        {"samples": 400},
        {"train_fraction": 0.6},
        {"features": ("x", "y", "xy")},
        {"dropout": 0.1},
        {"batch_norm": True},
        {"remainder": "drop"},
        {"shuffle": "once"},
        {"dataset": "rings", "classes": 3},
        {"dataset": "reg-plane"},
    ],
    ids=str,
)
def test_what_does_not_fit_into_one_array_makes_groups_of_its_own(changes: dict[str, Any]) -> None:
    assert can_stack([Config(), Config().replace(**changes)]) == [[0], [1]]


def test_what_is_no_dense_network_stays_alone() -> None:
    digits = Config(dataset="digits", hidden_sizes=("4c3", "p2"))

    assert can_stack([digits, digits]) == [[0], [1]]


def test_many_runs_are_several_groups_of_about_one_length() -> None:
    groups = can_stack([Config(weights_seed=seed, batch_size=100) for seed in range(1000)])

    assert sorted(position for group in groups for position in group) == list(range(1000))
    lengths = {len(group) for group in groups}
    assert len(groups) > 1
    assert max(lengths) - min(lengths) <= 1


def test_sixty_four_small_networks_are_one_group() -> None:
    configs = [Config(hidden_sizes=(8, 8), batch_size=32, weights_seed=seed) for seed in range(64)]

    assert can_stack(configs) == [list(range(64))]


def test_networks_whose_products_take_long_are_alone() -> None:
    digits = Config(dataset="digits", hidden_sizes=(128,), batch_size=64)

    assert can_stack([digits, digits.replace(weights_seed=1)]) == [[0], [1]]


@pytest.mark.parametrize("name", [name for name, setting in SETTINGS.items() if setting.is_listed])
def test_whatever_setting_differs_a_group_can_be_one_stack(name: str) -> None:
    base = Config(samples=60, epochs=2)
    configs = [base]
    for step in (1, -1):
        neighbor = SETTINGS[name].kind.neighbor(getattr(base, name), step)
        with suppress(ConfigError):  # not together with the others
            configs.append(base.replace(**{name: neighbor}))

    for group in can_stack(configs):
        StackedTrainer.of([configs[position] for position in group]).train(2)
