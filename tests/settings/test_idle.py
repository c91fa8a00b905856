"""What changes nothing beside the other settings is known, and so is which of them is why."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.idle import why_idle
from tui_nn.settings.setting import Scope
from tui_nn.training.whole_run import train_whole

IDLE: list[tuple[str, dict[str, Any], str]] = [
    ("regularization_rate", {}, "regularization is none"),
    ("regularization", {}, "regularization_rate is 0"),
    ("l1_ratio", {"regularization": "l2", "regularization_rate": 0.1}, "regularization is l2"),
    ("l1_ratio", {"regularization": "elastic_net"}, "regularization_rate is 0"),
    ("momentum", {}, "optimizer is adam"),
    ("weight_decay", {"optimizer": "sgd"}, "optimizer is sgd"),
    ("decay_steps", {}, "schedule is constant"),
    ("warmup_steps", {}, "schedule is constant"),
    ("classes", {}, "dataset is moons"),
    ("activation", {"hidden_sizes": ()}, "hidden_sizes is none"),
    ("dropout", {"hidden_sizes": ()}, "hidden_sizes is none"),
    ("shuffle", {"batch_size": None}, "batch_size is full"),
    ("remainder", {"batch_size": 10}, "batches of 10 leave no remainder of 250 samples"),
]


@pytest.mark.parametrize(("name", "settings", "why"), IDLE)
def test_a_setting_that_does_nothing_says_which_other_is_why(
    name: str, settings: dict[str, Any], why: str
) -> None:
    assert why_idle(Config().replace(**settings), name) == why


@pytest.mark.parametrize(("name", "settings", "why"), IDLE)
def test_what_is_said_to_do_nothing_does_nothing(name: str, settings: dict[str, Any], why: str) -> None:
    config = Config().replace(epochs=2, **settings)
    other = config.replace(**{name: SETTINGS[name].kind.neighbor(getattr(config, name), 1)})
    assert other != config

    weights = [train_whole(one)[0].network.parameters for one in (config, other)]

    np.testing.assert_allclose(weights[0], weights[1], atol=1e-5)


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("regularization_rate", {"regularization": "l2"}),
        ("regularization", {"regularization_rate": 0.1}),
        ("momentum", {"optimizer": "momentum"}),
        ("shuffle", {}),
        ("remainder", {"batch_size": 7}),
        ("dropout", {}),
    ],
)
def test_a_setting_that_counts_is_not_idle(name: str, settings: dict[str, Any]) -> None:
    assert why_idle(Config().replace(**settings), name) == ""


def test_what_needs_no_other_setting_is_never_idle() -> None:
    idle = {name for name, s in SETTINGS.items() if s.scope is not Scope.APP and why_idle(Config(), name)}

    assert not idle & {
        "learning_rate",
        "optimizer",
        "hidden_sizes",
        "dataset",
        "noise",
        "epochs",
        "weights_seed",
    }
