from __future__ import annotations

import pytest

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.layers import layer_sizes
from tui_nn.settings.presets import presets

NAMES = ("tf-playground", "blobs-adam", "visualizer-3d", "moons-by-hand", "forward-pass")


def config_of(name: str) -> Config:
    settings = presets()[name].settings
    return Config().replace(**{n: tuple(v) if isinstance(v, list) else v for n, v in settings.items()})


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_that_was_promised_is_there(name: str) -> None:
    assert presets()[name].name == name
    assert presets()[name].help


@pytest.mark.parametrize("name", presets())
def test_every_preset_is_a_valid_config_of_settings_that_exist(name: str) -> None:
    assert set(presets()[name].settings) <= set(SETTINGS)
    assert config_of(name) != Config()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tf-playground", (2, 4, 2, 1)),
        ("blobs-adam", (2, 16, 2)),
        ("visualizer-3d", (2, 8, 8, 8, 1)),
        ("moons-by-hand", (2, 4, 1)),
        ("forward-pass", (4, 6, 4, 1)),
    ],
)
def test_a_preset_builds_the_network_it_is_named_for(name: str, expected: tuple[int, ...]) -> None:
    assert layer_sizes(config_of(name)) == expected


def test_tf_playground_starts_as_tensorflow_playground_does() -> None:
    config = config_of("tf-playground")

    assert (config.dataset, config.samples, config.noise, config.train_fraction) == ("circle", 500, 0, 0.5)
    assert (config.activation, config.output_activation_name, config.loss_name) == (
        "tanh",
        "tanh",
        "half_mse",
    )
    assert (config.optimizer, config.learning_rate, config.batch_size) == ("sgd", 0.03, 10)
    assert (config.initializer, config.bias_init) == ("uniform", 0.1)
    assert (config.shuffle, config.remainder) == ("once", "carry")


def test_moons_by_hand_is_the_textbook_example() -> None:
    config = config_of("moons-by-hand")

    assert (config.dataset, config.samples, config.noise, config.n_train) == ("moons", 10_000, 0.2, 8000)
    assert (config.activation, config.initializer, config.loss_name) == (
        "sigmoid",
        "random_normal",
        "binary_cross_entropy",
    )
    assert (config.optimizer, config.batch_size, config.epochs) == ("sgd", None, 5000)
    assert config.standardize
    assert "data_seed" in presets()["moons-by-hand"].settings


def test_visualizer_3d_keeps_to_the_system_it_stands_for() -> None:
    config = config_of("visualizer-3d")

    assert (config.dataset, config.samples, config.batch_size) == ("circle", 200, 32)
    assert (config.activation, config.initializer, config.loss_name) == ("sigmoid", "xavier", "mse")
    assert 0.01 <= config.learning_rate <= 1.0
