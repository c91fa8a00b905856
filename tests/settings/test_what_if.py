from __future__ import annotations

import pytest

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import ConfigError
from tui_nn.settings.what_if import again, neighbors, typed


def test_a_setting_is_compared_with_the_values_around_it() -> None:
    found = neighbors(Config(learning_rate=0.01), "learning_rate")

    assert [config.learning_rate for config in found] == [0.003, 0.01, 0.03]
    assert len({config.replace(learning_rate=0.01) for config in found}) == 1


def test_at_the_end_of_a_range_the_other_side_gives_more() -> None:
    found = neighbors(Config(train_fraction=1.0), "train_fraction", 4)

    assert [config.train_fraction for config in found] == pytest.approx([0.7, 0.8, 0.9, 1.0])


def test_a_switch_has_two_values_only() -> None:
    found = neighbors(Config(batch_norm=False), "batch_norm", 5)

    assert sorted(config.batch_norm for config in found) == [False, True]


def test_values_that_cannot_be_together_with_the_others_are_left_out() -> None:
    found = neighbors(Config(dataset="rings", classes=3), "loss", 9)

    assert "binary_cross_entropy" not in [config.loss for config in found]
    assert Config(dataset="rings", classes=3) in found


@pytest.mark.parametrize("name", [name for name, setting in SETTINGS.items() if setting.is_listed])
def test_every_setting_has_neighbors_that_differ_in_it_alone(name: str) -> None:
    config = Config()

    found = neighbors(config, name, 9)

    assert config in found
    assert 1 <= len(found) <= 9
    assert len({getattr(other, name) for other in found}) == len(found)
    assert all(other.replace(**{name: getattr(config, name)}) == config for other in found)


def test_again_differs_in_the_seed_of_the_weights_alone() -> None:
    found = again(Config(weights_seed=2**32 - 2, data_seed=7), 4)

    assert [config.weights_seed for config in found] == [2**32 - 2, 2**32 - 1, 0, 1]
    assert {config.replace(weights_seed=0) for config in found} == {Config(data_seed=7)}


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("learning_rate", "0.1, 0.01,0.1", [0.1, 0.01]),
        ("hidden_sizes", "4; 8,8; none", [(4,), (8, 8), ()]),
        ("activation", "relu,tanh", ["relu", "tanh"]),
    ],
)
def test_values_are_typed_apart_at_commas_or_at_semicolons(
    name: str, text: str, values: list[object]
) -> None:
    assert [getattr(config, name) for config in typed(Config(), name, text, 64)] == values


@pytest.mark.parametrize("text", ["", "0.1", "0.1, -1", "0.1; x", ",".join(f"0.{n}1" for n in range(65))])
def test_values_that_cannot_be_compared_are_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        typed(Config(), "learning_rate", text, 64)
