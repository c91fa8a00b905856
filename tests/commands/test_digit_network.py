"""The network of digits that is shipped: small, and good at digits that it was not trained on."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.data import fit_drawings, generate_digits, load_idx_folder, to_pixels
from tui_nn.data.key_drawings import draw_raw
from tui_nn.files.assets import asset_path
from tui_nn.settings.layers import layer_sizes
from tui_nn.training.saved_run import SavedRun, load_run

DATA = Path(os.environ.get("TUI_NN_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
DRAWINGS = DATA / "keyboard_digits_dev.json"


@pytest.fixture(scope="module")
def shipped() -> SavedRun:
    return load_run(asset_path("digits.npz"))


def accuracy(run: SavedRun, images: Any, digits: Any) -> float:
    return float((run.predict(images).classes == digits).mean())


def test_it_fits_into_a_megabyte() -> None:
    assert asset_path("digits.npz").stat().st_size <= 1_000_000


def test_it_holds_what_it_was_trained_on_and_how(shipped: SavedRun) -> None:
    config = shipped.config()

    assert config.dataset == "digits"
    assert layer_sizes(config) == (784, 256, 128, 10)
    assert shipped.image_shape == (28, 28)
    assert shipped.class_names == tuple("0123456789")


def test_it_reads_generated_digits_that_it_has_not_seen(shipped: SavedRun) -> None:
    images, digits = generate_digits(3000, np.random.default_rng(12345))

    assert accuracy(shipped, images, digits) >= 0.95


def test_it_reads_digits_drawn_with_keys(shipped: SavedRun) -> None:
    digits = np.arange(1000) % 10
    drawings = draw_raw(digits, np.random.default_rng(12345))

    assert accuracy(shipped, to_pixels(fit_drawings(drawings)), digits) >= 0.95


@pytest.mark.skipif(not (DATA / "mnist").is_dir(), reason="MNIST is not at hand")
def test_it_reads_mnist(shipped: SavedRun) -> None:
    data = load_idx_folder(DATA / "mnist")

    assert accuracy(shipped, data.inputs[60_000:], data.targets[60_000:]) >= 0.95


@pytest.mark.skipif(not DRAWINGS.is_file(), reason="drawn digits are not at hand")
def test_it_reads_digits_that_people_drew_with_keys(call: Any, tmp_path: Path) -> None:
    records = json.loads(DRAWINGS.read_text(encoding="utf-8"))
    (tmp_path / "all.txt").write_text("\n\n".join("\n".join(record["grid"]) for record in records))
    answers = json.loads(call("predict", "default", "--digit", str(tmp_path / "all.txt"), "--json").stdout)
    right = [answer["class"] == record["label"] for answer, record in zip(answers, records, strict=True)]

    assert sum(right) / len(right) >= 0.95
