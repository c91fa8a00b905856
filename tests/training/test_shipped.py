from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tui_nn.files.assets import asset_path
from tui_nn.training import shipped
from tui_nn.training.trainer import Trainer


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
    trainer.use_parameters(command.parameters)

    assert trainer.measure().test_accuracy > 0.97
    assert trainer.measure().train_accuracy > 0.97


def test_training_it_further_does_not_spoil_it() -> None:
    trainer = Trainer(shipped.digits_config().replace(samples=4000))
    command = shipped.shipped_parameters()
    assert command is not None
    trainer.use_parameters(command.parameters)
    before = trainer.measure().test_loss
    for _ in range(3 * trainer.config.steps_per_epoch):
        trainer.advance()

    after = trainer.measure().test_loss
    assert before is not None
    assert after is not None
    assert after < 1.25 * before


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
