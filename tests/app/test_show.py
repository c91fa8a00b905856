from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import tui_nn
from tui_nn.app import show as show_module
from tui_nn.engine import BatchNorm, Dense, Dropout, EngineError, Network
from tui_nn.settings.config import Config
from tui_nn.settings.layers import is_described
from tui_nn.training.commands import UseParameters
from tui_nn.training.session import Session

RNG = np.random.default_rng(0)
INPUTS = RNG.uniform(-1, 1, (40, 2))
CLASSES = (INPUTS[:, 0] > 0).astype(int)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what is opened in place of the app: settings and first commands, with a session that obeys."""
    found: list[Any] = []

    def open_app(config: Config, environment: Any, first: tuple[Any, ...]) -> int:
        session = Session(config)
        commands = [list(first)]
        session.run(lambda wait_s: commands.pop() if commands else None, lambda message: None)
        trained = session.trainer.network
        found.append((config, first, trained.predict(INPUTS), is_described(trained, config), config.task))
        return 0

    monkeypatch.setattr(show_module, "open_app", open_app)
    return found


def net(
    *layers: Any, n_inputs: int = 2, loss: str = "binary_cross_entropy", dtype: str = "float32"
) -> Network:
    return Network((n_inputs,), list(layers), loss=loss, rng=np.random.default_rng(5), dtype=dtype)


@pytest.mark.parametrize(
    "network",
    [
        net(Dense(8, "tanh"), Dense(3, "relu"), Dense(1, "sigmoid")),
        net(Dense(1, "sigmoid"), dtype="float64"),
        net(Dense(4, "relu"), Dropout(0.2), Dense(2, "softmax"), loss="softmax_cross_entropy"),
        net(Dense(4, "tanh"), Dense(1, "tanh"), loss="half_mse"),
    ],
)
def test_a_network_of_ones_own_answers_in_the_playground_as_before(
    opened: list[Any], network: Network
) -> None:
    before = network.parameters.copy()
    assert tui_nn.show(INPUTS, CLASSES, network=network) == 0
    config, (command,), answers, is_like_it, _ = opened[0]

    assert isinstance(command, UseParameters)
    assert config.paused
    assert is_like_it
    np.testing.assert_array_equal(answers, network.predict(INPUTS))
    np.testing.assert_array_equal(network.parameters, before)


def test_a_regression_takes_a_network_too_and_settings_stand(opened: list[Any]) -> None:
    network = net(Dense(5, "tanh"), Dense(1, "linear"), loss="mse")
    tui_nn.show(INPUTS, INPUTS.sum(axis=1), network=network, paused=False, learning_rate=0.5)
    config, _, answers, _, task = opened[0]

    assert (config.paused, config.learning_rate, task) == (False, 0.5, "regression")
    np.testing.assert_array_equal(answers, network.predict(INPUTS))


def test_without_a_network_nothing_is_put_in(opened: list[Any]) -> None:
    tui_nn.show(INPUTS, CLASSES, hidden_sizes=(3,))

    assert opened[0][0].hidden_sizes == (3,)
    assert opened[0][1] == ()


@pytest.mark.parametrize(
    ("network", "why"),
    [
        (net(Dense(8, "tanh"), Dense(1, "sigmoid"), n_inputs=3), "takes"),
        (net(Dense(8, "tanh"), Dense(3, "softmax"), loss="softmax_cross_entropy"), "3 outputs"),
        (net(Dense(8, "linear"), BatchNorm("tanh"), Dense(1, "sigmoid")), "batch normalization"),
    ],
)
def test_a_network_that_does_not_fit_is_refused(opened: list[Any], network: Network, why: str) -> None:
    with pytest.raises(EngineError, match=why):
        tui_nn.show(INPUTS, CLASSES, network=network)

    assert opened == []
