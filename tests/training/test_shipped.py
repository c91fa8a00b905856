from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from tui_nn.files.assets import asset_path
from tui_nn.files.places import mnist_folder
from tui_nn.settings.config import Config
from tui_nn.training import shipped
from tui_nn.training.branching import use_parameters
from tui_nn.training.trainer import Trainer

MNIST = Path(os.environ.get("MNIST_FOLDER", mnist_folder()))
"""Where the four files lie, if they do."""


def test_the_screen_begins_paused_with_a_network_of_the_shipped_shape() -> None:
    config, command = shipped.digits_config(), shipped.shipped_parameters()

    assert config.paused
    assert config.samples == shipped.SCREEN_SAMPLES
    assert config.mix_drawn == shipped.DRAWN_PART
    assert command is not None
    assert command.parameters.shape == Trainer(config.replace(samples=100)).network.parameters.shape


def test_the_file_is_at_most_a_megabyte() -> None:
    assert asset_path(shipped.NAME).stat().st_size <= 1_000_000


def test_it_reads_digits_it_has_not_seen() -> None:
    trainer = Trainer(shipped.digits_config().replace(samples=2000, data_seed=987654))
    command = shipped.shipped_parameters()
    assert command is not None
    use_parameters(trainer, command.parameters)

    assert trainer.measure().test_accuracy > 0.97
    assert trainer.measure().train_accuracy > 0.97


@pytest.fixture(scope="module")
def losses() -> list[float]:
    """Return the test loss of the Digits screen before, and after each of 20 epochs of going on."""
    return losses_of_going_on(shipped.digits_config(), 20)


def losses_of_going_on(config: Config, epochs: int) -> list[float]:
    trainer, found = Trainer(config), []
    command = shipped.shipped_parameters()
    assert command is not None
    use_parameters(trainer, command.parameters)
    for epoch in range(epochs + 1):
        while trainer.epoch < epoch:
            trainer.advance()
        loss = trainer.measure().test_loss
        assert loss is not None
        found.append(loss)
    return found


@pytest.mark.parametrize("epochs", [1, 5, 20])
def test_training_it_further_costs_nothing(losses: list[float], epochs: int) -> None:
    assert losses[epochs] <= losses[0]


@pytest.mark.skipif(not MNIST.is_dir(), reason="MNIST is not here")
def test_training_it_further_on_genuine_digits_gains() -> None:
    before, *_, after = losses_of_going_on(shipped.digits_config().replace(dataset=str(MNIST)), 1)

    assert after < before


def test_first_weights_are_given_settings_with_which_they_learn() -> None:
    config = shipped.digits_config()
    fit = config.replace(**shipped.changes_for_first_weights(config))

    assert (fit.optimizer, fit.learning_rate, fit.schedule) == ("adam", 0.001, "constant")
    assert not shipped.changes_for_first_weights(fit)
    assert not shipped.changes_for_first_weights(config.replace(learning_rate=0.1))


@pytest.mark.parametrize("content", [None, b"", b"nonsense", b"PK\x03\x04"])
def test_without_it_the_screen_begins_untrained(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "digits.npz"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(shipped, "asset_path", lambda name: path)

    assert shipped.shipped_parameters() is None
    trainer = Trainer(shipped.digits_config().replace(samples=100))
    assert np.isfinite(trainer.network.parameters).all()
