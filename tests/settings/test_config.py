from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from tui_nn.data import DATASETS
from tui_nn.engine import ACTIVATIONS, LOSSES
from tui_nn.settings.checks import MOST_PARAMETERS
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.layers import hidden_activations, layer_sizes
from tui_nn.settings.setting import ConfigError, Scope

DEFAULTS = {
    "dataset": "moons",
    "samples": 500,
    "noise": 0.1,
    "train_fraction": 0.5,
    "features": ("x", "y"),
    "standardize": None,
    "data_seed": 0,
    "weights_seed": 0,
    "hidden_sizes": (4, 2),
    "activation": "tanh",
    "output_activation": None,
    "initializer": "xavier",
    "bias_init": 0,
    "loss": None,
    "optimizer": "adam",
    "learning_rate": 0.03,
    "batch_size": 10,
    "shuffle": "epoch",
    "remainder": "use",
    "regularization": "none",
    "regularization_rate": 0,
    "clip_norm": None,
    "clip_value": None,
    "dtype": "float32",
    "epochs": 100,
    "threads": 1,
    "screen": "playground",
    "paused": False,
    "speed": 300,
    "fps": 10,
    "color": "auto",
    "ascii": False,
    "mouse": False,
    "walk_interval": 800,
}
"""The table of the settings page."""

SCOPES = {
    Scope.DATA: "dataset samples noise train_fraction standardize data_seed",
    Scope.NETWORK: "features weights_seed hidden_sizes initializer bias_init dtype",
    Scope.LIVE: "activation output_activation loss optimizer learning_rate batch_size shuffle remainder "
    "regularization regularization_rate clip_norm clip_value epochs",
    Scope.APP: "threads screen paused speed fps color ascii mouse walk_interval",
}


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_setting_has_its_default(name: str) -> None:
    assert getattr(Config(), name) == DEFAULTS[name]


@pytest.mark.parametrize(("scope", "names"), SCOPES.items())
def test_a_setting_says_how_gently_it_can_change(scope: Scope, names: str) -> None:
    assert {SETTINGS[name].scope for name in names.split()} == {scope}


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_setting_is_explained(setting: Any) -> None:
    assert setting.label
    assert setting.help
    assert setting.kind.allowed


@pytest.mark.parametrize(
    ("changes", "name", "allowed"),
    [
        ({"dataset": "torus"}, "dataset", "moons"),
        ({"samples": 9}, "samples", "from 10 to 1,000,000"),
        ({"samples": 10**12}, "samples", "from 10 to 1,000,000"),
        ({"samples": 10**400}, "samples", "from 10 to 1,000,000"),
        ({"samples": "many"}, "samples", "whole number"),
        ({"noise": float("nan")}, "noise", "from 0 to 0.8"),
        ({"noise": 0.9}, "noise", "from 0 to 0.8"),
        ({"train_fraction": 0.05}, "train_fraction", "from 0.1 to 1"),
        ({"data_seed": 2**32}, "data_seed", "from 0 to 4,294,967,295"),
        ({"weights_seed": -1}, "weights_seed", "from 0 to 4,294,967,295"),
        ({"features": ()}, "features", "one or more"),
        ({"features": ("x", "z")}, "features", "sinx"),
        ({"hidden_sizes": (0,)}, "hidden_sizes", "none"),
        ({"hidden_sizes": (8, True)}, "hidden_sizes", "none"),
        ({"hidden_sizes": (10**6, 10**6)}, "hidden_sizes", "20,000,000 parameters"),
        ({"activation": ("tanh",)}, "activation", "each of the 2 hidden layers"),
        ({"activation": "softmax"}, "activation", "tanh"),
        ({"activation": ("tanh", "softmax")}, "activation", "tanh"),
        ({"learning_rate": 0}, "learning_rate", "above 0"),
        ({"learning_rate": -1}, "learning_rate", "above 0"),
        ({"learning_rate": float("inf")}, "learning_rate", "above 0"),
        ({"batch_size": 0}, "batch_size", "full"),
        ({"clip_norm": 0}, "clip_norm", "none"),
        ({"regularization_rate": -0.1}, "regularization_rate", "from 0"),
        ({"loss": "hope"}, "loss", "mse"),
        ({"loss": "binary_cross_entropy", "dataset": "reg-plane"}, "loss", "mse"),
        (
            {"loss": "binary_cross_entropy", "dataset": "rings", "classes": 3},
            "loss",
            "softmax_cross_entropy",
        ),
        (
            {"loss": "binary_cross_entropy", "output_activation": "tanh"},
            "output_activation",
            "sigmoid",
        ),
        ({"epochs": 0}, "epochs", "from 1"),
        ({"threads": 0}, "threads", "from 1"),
        ({"speed": 0}, "speed", "full"),
        ({"fps": 61}, "fps", "from 1 to 60"),
        ({"color": "rainbow"}, "color", "truecolor"),
        ({"paused": "no"}, "paused", "true or false"),
    ],
    ids=lambda part: str(part)[:50],
)
def test_a_wrong_value_is_refused_with_its_name_and_what_is_allowed(
    changes: dict[str, Any], name: str, allowed: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        Config().replace(**changes)

    assert refused.value.name == name
    assert allowed in refused.value.allowed
    assert str(refused.value).startswith(f"{name}: ")
    assert "\n" not in str(refused.value)


def test_a_setting_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ConfigError, match="learning_rate"):
        Config().replace(lr=0.1)


def test_a_config_cannot_be_changed_in_place() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Config().samples = 20  # type: ignore[misc]


def test_equal_settings_make_equal_configs() -> None:
    assert Config(samples=500.0, hidden_sizes=[4, 2]) == Config()  # type: ignore[arg-type]


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_config_of_every_data_set_survives_json(dataset: str) -> None:
    config = Config(dataset=dataset, hidden_sizes=(3,), activation=("relu",), batch_size=None)

    assert Config.from_dict(json.loads(json.dumps(config.to_dict()))) == config


def test_missing_fields_of_a_saved_config_take_their_default() -> None:
    assert Config.from_dict({"samples": 100}) == Config(samples=100)


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_is_refused_or_fits_the_network_it_gets(dataset: str, loss: str) -> None:
    for classes in range(DATASETS[dataset].min_classes, DATASETS[dataset].max_classes + 1):
        try:
            config = Config(dataset=dataset, classes=classes, loss=loss)
        except ConfigError as refused:
            assert refused.name == "loss"  # noqa: PT017
        else:
            assert config.output_activation_name in LOSSES[loss].output_activations
            assert layer_sizes(config)[-1] >= 1


def test_the_loss_follows_the_task_where_none_is_chosen() -> None:
    assert Config(dataset="moons").loss_name == "binary_cross_entropy"
    assert Config(dataset="rings", classes=3).loss_name == "softmax_cross_entropy"
    assert Config(dataset="reg-plane").loss_name == "mse"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (2, 4, 2, 1)),
        ({"hidden_sizes": ()}, (2, 1)),
        ({"features": ("x", "y", "x2", "siny")}, (4, 4, 2, 1)),
        ({"loss": "softmax_cross_entropy"}, (2, 4, 2, 2)),
        ({"dataset": "rings", "classes": 5}, (2, 4, 2, 5)),
        ({"dataset": "clusters"}, (4, 4, 2, 1)),
        ({"dataset": "reg-gauss"}, (2, 4, 2, 1)),
    ],
    ids=str,
)
def test_layer_sizes_follow_from_data_and_loss(changes: dict[str, Any], expected: tuple[int, ...]) -> None:
    assert layer_sizes(Config(**changes)) == expected


def test_the_largest_network_that_is_allowed_is_allowed() -> None:
    # 2 inputs, n neurons, 1 output: 3 n + n + 1 parameters in two layers, n (n + 1) more in a third.
    widest = max(n for n in range(4000, 5000) if 3 * n + n * (n + 1) + n + 1 <= MOST_PARAMETERS)

    Config(hidden_sizes=(widest, widest))
    with pytest.raises(ConfigError):
        Config(hidden_sizes=(widest + 1, widest + 1))


def test_features_are_kept_in_one_order() -> None:
    assert Config(features=("y", "x")).features == ("x", "y")


def test_one_activation_serves_every_hidden_layer() -> None:
    assert hidden_activations(Config(activation="relu")) == ("relu", "relu")
    assert hidden_activations(Config(activation=("relu", "tanh"))) == ("relu", "tanh")


@pytest.mark.parametrize("name", [name for name, entry in ACTIVATIONS.items() if entry.is_elementwise])
def test_every_activation_that_works_on_one_neuron_can_be_chosen(name: str) -> None:
    assert hidden_activations(Config(activation=name)) == (name, name)


@pytest.mark.parametrize(
    ("samples", "train_fraction", "expected"),
    [(500, 0.5, 250), (10, 0.1, 1), (10, 0.99, 9), (10, 1.0, 10), (11, 0.5, 6)],
)
def test_the_training_set_has_the_rows_that_the_split_gives(
    samples: int, train_fraction: float, expected: int
) -> None:
    # round(5.5) is 6, the even neighbor; one sample at least is for testing unless all are for training.
    assert Config(samples=samples, train_fraction=train_fraction, batch_size=None).n_train == expected


def test_another_data_set_is_of_no_table() -> None:
    config = Config(table="rows.csv", missing="drop")

    assert config.replace(epochs=3).table == "rows.csv"
    assert config.replace(dataset="xor").table is None
    assert config.replace(dataset="xor", table="others.csv").table == "others.csv"
