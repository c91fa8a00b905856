"""Every control of TensorFlow Playground within four keys of the start, in the smallest usual window."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tui_nn.data import DATASETS, FEATURES
from tui_nn.engine import ACTIVATIONS, REGULARIZERS
from tui_nn.settings.config import Config
from tui_nn.training.snapshot import Status

Driven = Open = Any
MOST_KEYS = 4
LETTERS = "123456789abcdefghijklmnopqrstuvwxyz"
"""How a list numbers its choices."""


def letter(names: Any, name: str) -> str:
    return LETTERS[list(names).index(name)]


def has_other_points(driven: Driven) -> bool:
    return driven.config.data_seed == 1 and driven.playground.points.version > 0


def setting(name: str, value: object) -> Callable[[Driven], bool]:
    return lambda driven: getattr(driven.config, name) == value == getattr(driven.snapshot.config, name)


def is_reset(driven: Driven) -> bool:
    return driven.snapshot.step == 0 and driven.said == "Reset to the same initial weights."


def with_feature(name: str) -> tuple[str, ...]:
    """Return the features after one is switched at the start."""
    return tuple(feature for feature in FEATURES if (feature in ("x", "y")) != (feature == name))


CONTROLS: dict[str, tuple[list[str], Callable[[Driven], bool]]] = {
    "run": (["space"], lambda d: d.snapshot.status is Status.RUNNING),
    "pause": (["space", "space"], lambda d: d.snapshot.step and d.snapshot.status is Status.PAUSED),
    "step": (["e"], lambda d: d.snapshot.epoch == 1),
    "reset": (["s", "r"], is_reset),
    "learning rate up": (["right_square_bracket"], setting("learning_rate", 0.1)),
    "learning rate down": (["left_square_bracket"], setting("learning_rate", 0.01)),
    **{
        f"activation {name}": (["c", "a", "enter", letter(ACTIVATIONS, name)], setting("activation", name))
        for name in ("relu", "sigmoid", "linear")
    },
    **{
        f"regularization {name}": (
            ["c", "g", "enter", letter(REGULARIZERS, name)],
            setting("regularization", name),
        )
        for name in ("l1", "l2")
    },
    "regularization rate": (["c", "e", "right"], setting("regularization_rate", 1e-4)),
    **{
        f"data set {name}": (["c", "d", "enter", letter(DATASETS, name)], setting("dataset", name))
        for name in ("circle", "xor", "gauss", "spiral", "reg-plane", "reg-gauss")
    },
    "ratio of training to test data": (["c", "t", "right"], setting("train_fraction", 0.6)),
    "noise": (["c", "n", "right"], setting("noise", 0.15)),
    "batch size": (["c", "b", "right"], setting("batch_size", 12)),
    "regenerate": (["g"], has_other_points),
    **{
        f"feature {name}": (
            ["c", "f", str(number)],
            setting("features", with_feature(name)),
        )
        for number, name in enumerate(FEATURES, start=1)
    },
    "one more hidden layer": (["h"], setting("hidden_sizes", (4, 2, 2))),
    "one hidden layer less": (["H"], setting("hidden_sizes", (4,))),
    "one more neuron in the first layer": (["u"], setting("hidden_sizes", (5, 2))),
    "one neuron less in the first layer": (["U"], setting("hidden_sizes", (3, 2))),
    "one more neuron in the second layer": (["tab", "right", "u"], setting("hidden_sizes", (4, 3))),
    "one neuron less in the second layer": (["tab", "right", "U"], setting("hidden_sizes", (4, 1))),
    "show test data": (["t"], lambda d: d.map.shows_test),
    "discretize": (["d"], lambda d: d.map.is_discrete),
}
"""Control -> keys from the start, and what is so after them."""


async def test_every_control_of_tensorflow_playground_is_at_most_four_keys_away(open_app: Any) -> None:
    async with open_app((80, 24)) as driven:
        start = driven.config.to_dict()
        weights = driven.parameters
        for control, (keys, is_done) in CONTROLS.items():
            assert len(keys) <= MOST_KEYS, control
            assert not is_done(driven), control
            for key in keys[:-1]:
                await driven.press(key)
                if key == "space":
                    await driven.until_status(Status.RUNNING)
            await driven.press(keys[-1])
            try:
                await driven.until(lambda is_done=is_done: is_done(driven))
            except asyncio.TimeoutError:
                pytest.fail(f"{control}: {' '.join(keys)} did not change it")

            await _go_back_to_the_start(driven, Config.from_dict(start), weights)


async def _go_back_to_the_start(driven: Driven, start: Config, weights: np.ndarray) -> None:
    await driven.press("escape", "escape", "escape")
    if driven.session.status is Status.RUNNING:
        await driven.press("space")
    driven.map.shows_test = driven.map.is_discrete = False
    driven.network.node = (1, 0)
    await driven.change(**start.to_dict())
    await driven.press("r", "t", "t")
    await driven.until(lambda: driven.snapshot.config == start and driven.snapshot.step == 0)
    np.testing.assert_array_equal(driven.parameters, weights)


async def test_the_settings_say_how_to_get_there_and_then_what_can_be_done(open_app: Open) -> None:
    async with open_app(size=(120, 36)) as driven:
        assert driven.form.border_subtitle == "c: edit settings"

        await driven.press("c")
        assert driven.form.border_subtitle == "letter: row, 0-9 . -: type, escape: back"

        await driven.press("escape")
        assert driven.form.border_subtitle == "c: edit settings"
