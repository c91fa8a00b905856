"""Changing settings while a network is training: nothing is lost, everything can be taken back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.training.commands import Configure
from tui_nn.training.snapshot import Status

Open = Any
Driven = Any


async def _train_a_little(driven: Driven) -> None:
    await driven.press("e")
    await driven.until(lambda: driven.snapshot.epoch == 1 and driven.snapshot.status is Status.PAUSED)


def _weights(driven: Driven) -> list[np.ndarray]:
    return [layer.weights.copy() for layer in driven.session.trainer.network.layers]


async def test_a_change_says_the_old_value_and_the_new(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("right_square_bracket")

        assert driven.said == "Learning rate 0.03 -> 0.1"


async def test_at_the_end_of_a_range_a_key_says_what_is_allowed(open_app: Open) -> None:
    async with open_app(learning_rate=10) as driven:
        await driven.press("right_square_bracket")

        assert driven.config.learning_rate == 10
        assert "stays at 10" in driven.said
        assert "above 0" in driven.said


@pytest.mark.parametrize("name", ["learning_rate", "activation", "optimizer", "regularization", "batch_size"])
async def test_a_live_change_while_running_keeps_the_weights_and_the_step(open_app: Open, name: str) -> None:
    async with open_app() as driven:
        await _train_a_little(driven)
        before = driven.parameters

        await driven.press("c", *{"learning_rate": "r", "activation": "a"}.get(name, ""), "escape")
        await driven.change(**{name: _other(driven, name)})
        await driven.until(lambda: getattr(driven.snapshot.config, name) == _other_value[name])

        np.testing.assert_array_equal(driven.parameters, before)
        assert driven.snapshot.step == 25


_other_value = {
    "learning_rate": 0.3,
    "activation": "relu",
    "optimizer": "momentum",
    "regularization": "l2",
    "batch_size": 20,
}


def _other(_: Driven, name: str) -> Any:
    return _other_value[name]


async def test_another_neuron_keeps_the_weights_of_the_others(open_app: Open) -> None:
    async with open_app() as driven:
        await _train_a_little(driven)
        first, second, output = _weights(driven)

        await driven.press("u")
        await driven.until(lambda: driven.snapshot.layer_sizes == (2, 5, 2, 1))

        grown = _weights(driven)
        np.testing.assert_array_equal(grown[0][:, :4], first)
        np.testing.assert_array_equal(grown[1][:4], second)
        np.testing.assert_array_equal(grown[2], output)
        assert driven.snapshot.step == 25


@pytest.mark.parametrize("keys", [["U"], ["H"], ["U", "U", "U"], ["tab", "right", "U"]], ids="-".join)
async def test_removed_neurons_come_back_with_their_weights(open_app: Open, keys: list[str]) -> None:
    async with open_app() as driven:
        await _train_a_little(driven)
        before = driven.parameters

        await driven.press(*keys)
        await driven.until(lambda: len(driven.parameters) < len(before))
        await driven.press(*["ctrl+z"] * sum(key in "UH" for key in keys))

        await driven.until(lambda: driven.snapshot.layer_sizes == (2, 4, 2, 1))
        np.testing.assert_array_equal(driven.parameters, before)


async def test_a_feature_switched_off_and_on_has_the_weights_it_had(open_app: Open) -> None:
    async with open_app(features=("x", "y", "xy")) as driven:
        await _train_a_little(driven)
        before = driven.parameters

        await driven.press("c", "f", "5")
        await driven.until(lambda: driven.snapshot.layer_sizes[0] == 2)
        await driven.press("ctrl+z")
        await driven.until(lambda: driven.snapshot.layer_sizes[0] == 3)

        np.testing.assert_array_equal(driven.parameters, before)


async def test_the_last_feature_stays(open_app: Open) -> None:
    async with open_app(features=("x",)) as driven:
        await driven.press("c", "f", "1")

        assert driven.config.features == ("x",)
        assert "at least one" in driven.said


async def test_the_last_neuron_of_a_layer_stays(open_app: Open) -> None:
    async with open_app(hidden_sizes=(1,)) as driven:
        await driven.press("U")

        assert driven.config.hidden_sizes == (1,)


async def test_without_a_hidden_layer_there_is_no_neuron_to_add(open_app: Open) -> None:
    async with open_app(hidden_sizes=()) as driven:
        await driven.press("u")

        assert driven.config.hidden_sizes == ()
        assert "press h to add one" in driven.said


async def test_a_network_without_a_hidden_layer_learns(open_app: Open) -> None:
    async with open_app(hidden_sizes=(4,)) as driven:
        await driven.press("H", "e")
        await driven.until(lambda: driven.snapshot.epoch == 1)

        assert driven.snapshot.layer_sizes == (2, 1)


async def test_undo_and_redo_walk_through_all_changes(open_app: Open) -> None:
    async with open_app() as driven:
        passed = [driven.config]
        for key in ("right_square_bracket", "h", "u", "g", "minus"):
            await driven.press(key)
            passed.append(driven.config)
        for config in reversed(passed[:-1]):
            await driven.press("ctrl+z")
            assert driven.config == config
        for config in passed[1:]:
            await driven.press("ctrl+y")
            assert driven.config == config


async def test_undo_at_the_beginning_and_redo_at_the_end_say_so(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("ctrl+z")
        assert driven.said == "Nothing to undo."
        await driven.press("ctrl+y")
        assert driven.said == "Nothing to redo."


async def test_a_change_after_an_undo_forgets_what_was_undone(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("right_square_bracket", "ctrl+z", "h", "ctrl+y")

        assert driven.config.learning_rate == 0.03
        assert driven.config.hidden_sizes == (4, 2, 2)


async def test_a_batch_larger_than_new_data_is_lowered_with_a_message(open_app: Open) -> None:
    async with open_app(batch_size=64) as driven:
        await driven.change(samples=20)
        await driven.until_said("Batch size lowered from 64 to 10")

        await driven.until(lambda: driven.config.batch_size == 10)
        assert driven.playground.config.batch_size == 10

        await driven.press("ctrl+z")
        assert (driven.config.samples, driven.config.batch_size) == (500, 64)


async def test_settings_that_cannot_go_together_are_refused_with_a_sentence(open_app: Open) -> None:
    async with open_app(loss="binary_cross_entropy") as driven:
        before = driven.config
        await driven.change(dataset="reg-plane")

        assert driven.config == before
        assert driven.said.startswith("Loss: binary_cross_entropy is not allowed")
        assert not any(isinstance(sent, Configure) for sent in driven.link.sent)


async def test_nothing_resets_unless_asked(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await _train_a_little(driven)
        keys = "] h u t d p l L a g U H [".replace("]", "right_square_bracket").split()
        await driven.press(*["left_square_bracket" if key == "[" else key for key in keys])
        await driven.press("c", "d", "right", "escape", "s")

        await driven.until(lambda: driven.snapshot.step == 26)


async def test_a_run_goes_on_while_settings_change(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("space")
        for key in ("h", "u", "g", "right_square_bracket", "ctrl+z"):
            step = driven.snapshot.step
            await driven.press(key)
            await driven.until(lambda step=step: driven.snapshot.step > step)

        assert driven.snapshot.status is Status.RUNNING
