from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.layers import n_parameters
from tui_nn.settings.presets import presets
from tui_nn.settings.setting import Scope
from tui_nn.settings.sharing.line import LineError, read_line, write_line
from tui_nn.settings.sharing.reading import read_shared
from tui_nn.settings.sharing.weights import read_weights, write_weights

RUNS: list[dict[str, Any]] = [
    {},
    {"dataset": "spiral", "hidden_sizes": (8, 8)},
    {"dataset": "rings", "classes": 4, "features": ("x", "xy", "siny"), "noise": 0.15},
    {"learning_rate": 0.1 + 0.2, "regularization": "l2", "regularization_rate": 1e-7},
    {"hidden_sizes": (), "batch_size": None, "clip_norm": 1.5},
    {"hidden_sizes": (5, "drop0.2", 3), "activation": ("relu", "tanh"), "schedule": "step"},
    {"dataset": "reg-gauss", "optimizer": "rmsprop", "epsilon": 1e-9, "stop_loss": 0.01, "patience": 7},
    {"hide": ("learning_rate", "noise"), "data_seed": 2**32 - 1, "weights_seed": 12345},
]


def config_of(line: str) -> Config:
    """Return the settings of a line over the defaults, each read by its own kind."""
    return Config().replace(
        **{name: SETTINGS[name].parse(text) for name, text in read_line(line).texts.items()}
    )


def test_a_line_says_only_what_differs_from_the_defaults() -> None:
    config = Config().replace(dataset="spiral", hidden_sizes=(8, 8), learning_rate=0.1, fps=30, color="mono")

    assert write_line(config) == "dataset=spiral&hidden=8,8&learning_rate=0.1"
    assert write_line(Config()) == "dataset=moons"


def test_what_has_no_effect_is_left_out() -> None:
    assert write_line(Config().replace(momentum=0.5)) == "dataset=moons"
    assert write_line(Config().replace(momentum=0.5, optimizer="momentum")).endswith(
        "optimizer=momentum&momentum=0.5"
    )


@pytest.mark.parametrize("run", RUNS, ids=str)
def test_a_line_gives_its_run_back(run: dict[str, Any]) -> None:
    config = Config().replace(**run)
    line = write_line(config)
    found = config_of(line)

    assert len(line) <= 500
    for name, setting in SETTINGS.items():
        if setting.scope is not Scope.APP or name == "hide":
            assert getattr(found, name) == getattr(config, name)


def test_a_line_of_images_says_what_differs_from_those_settings_that_images_begin_with() -> None:
    digits = Config.from_dict(presets()["digits"].settings)

    assert write_line(digits) == "dataset=digits"
    assert write_line(digits.replace(hidden_sizes=("8c3", "p2"))) == "dataset=digits&hidden=8c3,p2"


def test_others_read_it_as_the_query_of_an_address_too() -> None:
    line = write_line(Config().replace(hide=("learning_rate",), hidden_sizes=(3, "drop0.5")))

    assert dict(parse_qsl(line)) == {"dataset": "moons", "hidden": "3,drop0.5", "hide": "learning_rate"}


@pytest.mark.parametrize("line", ["hidden=8,8", "hidden_sizes=8,8", "hidden-sizes=8,8", "HIDDEN=8%2C8&"])
def test_a_setting_may_be_spelled_as_its_flag_is(line: str) -> None:
    assert read_line(line).texts == {"hidden_sizes": "8,8"}


def test_a_line_that_a_terminal_has_broken_is_one_line() -> None:
    assert read_line(" dataset=spi\nral&noise=0.\r\n  2\n").texts == {"dataset": "spiral", "noise": "0.2"}


def test_a_percentage_is_no_escape() -> None:
    assert read_line("noise=20%&dataset=xor").texts["noise"] == "20%"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("noize=0.1", "noize is not a setting; did you mean noise?"),
        ("hiden=8", "hiden is not a setting; did you mean hidden?"),
        ("learnig_rate=1", "did you mean learning_rate?"),
        ("weigths=abc", "did you mean weights?"),
        ("qqqq=1", "qqqq is not a setting; see tui-nn train --help"),
        ("dataset", "dataset has no value"),
        ("noise=1&noise=2", "noise is given twice"),
        ("hidden=1&hidden_sizes=2", "hidden_sizes is given twice"),
        ("&&", "it says nothing"),
        ("a=" + "b" * 30_000, "30,002 characters"),
        ("=3", "nothing is not a setting"),
    ],
)
def test_a_line_that_is_wrong_is_answered_in_a_sentence(line: str, says: str) -> None:
    with pytest.raises(LineError) as error:
        read_shared(line)

    assert says in str(error.value)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_weights_come_back_to_the_bit(dtype: str) -> None:
    config = Config().replace(dtype=dtype, hidden_sizes=(5, 3))
    size = 2 * 5 + 5 + 5 * 3 + 3 + 3 * 1 + 1
    parameters = np.random.default_rng(3).normal(0.0, 10.0, size).astype(dtype)
    found = read_weights(write_weights(parameters), config)

    assert n_parameters(config) == size
    assert found.dtype == dtype
    assert found.tobytes() == parameters.tobytes()


def test_the_weights_of_the_first_network_fit_into_400_characters() -> None:
    weights = write_weights(np.random.default_rng(0).normal(size=25).astype(np.float32))

    assert len(write_line(Config(), weights)) <= 400


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("!!!", "missing or damaged"),
        ("A", "missing or damaged"),
        ("AAAAAA", "it holds 1 of them, and this network has 25"),
        (write_weights(np.full(25, np.nan, np.float32)), "no finite number"),
        ("ä" * 10, "missing or damaged"),
    ],
    ids=["letters", "length", "too few", "nan", "other alphabet"],
)
def test_weights_that_are_wrong_are_answered_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(LineError, match=says):
        read_weights(text, Config())
