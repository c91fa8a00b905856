"""Networks trained on generated digits, tested on digits that nobody generated, where those are at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from tui_nn.data import fit_drawings, generate_digits, load_idx_folder, parse_drawings, pixel_values
from tui_nn.engine import LOSSES, OPTIMIZERS, Dense, Network

DATA = Path(os.environ.get("TUI_NN_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
LOSS = "softmax_cross_entropy"

needs_mnist = pytest.mark.skipif(not (DATA / "mnist").is_dir(), reason="MNIST is not at hand")
needs_drawings = pytest.mark.skipif(
    not (DATA / "keyboard_digits_dev.json").is_file(), reason="drawn digits are not at hand"
)


@pytest.fixture(scope="module")
def network() -> Network:
    """Return 784-128-10, trained on 40,000 generated digits for 6 epochs."""
    images, digits = generate_digits(40_000, np.random.default_rng(0))
    network = Network(
        (784,), [Dense(128, "relu"), Dense(10, "softmax")], loss=LOSS, rng=np.random.default_rng(1)
    )
    optimizer = OPTIMIZERS["adam"].create(network.n_parameters, network.dtype)
    source = network.prepare(pixel_values(images), LOSSES[LOSS].encode(digits, 10, "float32"))
    rng = np.random.default_rng(2)
    for _ in range(6):
        rows = rng.permutation(len(digits))
        for start in range(0, len(rows), 128):
            network.train_step(source, rows[start : start + 128], optimizer, 0.001)
    return network


def accuracy(network: Network, images: np.ndarray, digits: np.ndarray) -> float:
    return float((LOSSES[LOSS].decode(network.predict(pixel_values(images))) == digits).mean())


def test_generated_digits_can_be_learned(network: Network) -> None:
    assert accuracy(network, *generate_digits(5000, np.random.default_rng(9))) >= 0.95


@needs_mnist
def test_generated_digits_teach_to_read_mnist(network: Network) -> None:
    data = load_idx_folder(DATA / "mnist")
    assert data.n_given_train == 60_000
    assert np.bincount(data.targets[60_000:]).tolist() == [
        980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
    ]  # fmt: skip
    assert accuracy(network, data.inputs[60_000:], data.targets[60_000:]) >= 0.94


@needs_drawings
def test_generated_digits_teach_to_read_drawings_made_with_keys(network: Network) -> None:
    records = json.loads((DATA / "keyboard_digits_dev.json").read_text(encoding="utf-8"))
    drawings = parse_drawings("\n\n".join("\n".join(record["grid"]) for record in records))
    images = np.rint(255 * fit_drawings(np.stack(drawings))).astype(np.uint8)
    assert accuracy(network, images, np.array([record["label"] for record in records])) >= 0.93
