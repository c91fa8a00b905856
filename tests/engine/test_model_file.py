from __future__ import annotations

import io
import json
import pickle
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from tui_nn.engine import (
    OPTIMIZERS,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    EngineError,
    MaxPool2D,
    Network,
    Penalty,
    load_model,
    save_model,
)


def trained() -> tuple[Network, np.ndarray]:
    rng = np.random.default_rng(0)
    layers = [Conv2D(3), BatchNorm("relu"), MaxPool2D(), Dropout(0.1), Dense(2, "softmax")]
    network = Network((1, 6, 6), layers, loss="softmax_cross_entropy", rng=rng)
    network.penalty = Penalty("l1", 0.5)
    images = rng.standard_normal((20, 6, 6))
    source = network.prepare(images, network.loss.encode(rng.integers(0, 2, 20), 2))
    optimizer = OPTIMIZERS["sgd"].create(network.n_parameters)
    for _ in range(10):
        network.train_step(source, np.arange(20), optimizer, 0.1)
    return network, images


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "model.npz"
    save_model(path, trained()[0], {"epoch": 3}, {"permutation": np.arange(5)})
    return path


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None], **options: object) -> Path:
    """The file with the bytes of its members changed."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w", **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def as_npy(array: np.ndarray, allow_pickle: bool = False) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=allow_pickle)
    return buffer.getvalue()


def with_header(**changes: object) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        header = json.loads(np.load(io.BytesIO(members["header.npy"])).tobytes())
        text = json.dumps({**header, **changes}).encode()
        members["header.npy"] = as_npy(np.frombuffer(text, np.uint8))

    return change


def test_a_model_comes_back_to_the_bit(tmp_path: Path) -> None:
    network, images = trained()
    path = tmp_path / "model.npz"

    save_model(path, network, {"history": [1, 2.5, None]}, {"moments": np.array([[0.5, np.nan]])})
    saved = load_model(path)

    assert saved.network.predict(images).tobytes() == network.predict(images).tobytes()
    assert [placed.layer for placed in saved.network.layers] == [placed.layer for placed in network.layers]
    assert saved.network.constraints.alive is not None
    assert (saved.network.constraints.alive == network.constraints.alive).all()
    assert saved.metadata == {"history": [1, 2.5, None]}
    np.testing.assert_array_equal(saved.arrays["moments"], [[0.5, np.nan]])


def test_a_file_is_replaced_whole_or_not_at_all(model: Path) -> None:
    before = model.read_bytes()

    with pytest.raises(EngineError, match="only numbers"):
        save_model(model, trained()[0], arrays={"names": np.array(["a"])})

    assert model.read_bytes() == before
    assert [path.name for path in model.parent.iterdir()] == ["model.npz"]


def test_a_diverged_network_is_not_saved(tmp_path: Path) -> None:
    network, _ = trained()
    network.parameters[3] = np.inf

    with pytest.raises(EngineError, match="NaN or infinity"):
        save_model(tmp_path / "model.npz", network)


@pytest.mark.parametrize("kept", [0, 1, 30, 500, -1])
def test_a_truncated_file_is_refused(model: Path, kept: int) -> None:
    model.write_bytes(model.read_bytes()[:kept])

    with pytest.raises(EngineError, match="cannot be loaded"):
        load_model(model)


def test_random_damage_never_raises_anything_else(model: Path) -> None:
    rng = np.random.default_rng(0)
    whole = model.read_bytes()
    for _ in range(200):
        damaged = bytearray(whole)
        for position in rng.integers(0, len(whole), 3):
            damaged[position] = rng.integers(0, 256)
        model.write_bytes(damaged)
        with suppress(EngineError):
            load_model(model)


def test_a_future_version_is_refused_by_its_number(model: Path) -> None:
    with pytest.raises(EngineError, match="version is 99, and this program reads version 1"):
        load_model(rewritten(model, with_header(version=99)))


class _Trap:
    fired = False

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (_spring, ("trap",))


def _spring(_: str) -> None:
    _Trap.fired = True


def test_a_pickle_in_the_file_is_refused_and_not_executed(model: Path) -> None:
    def add_objects(members: dict[str, bytes]) -> None:
        members["parameters.npy"] = as_npy(np.array([_Trap()], dtype=object), allow_pickle=True)

    with pytest.raises(EngineError, match="objects"):
        load_model(rewritten(model, add_objects))
    assert not _Trap.fired


def test_a_bare_pickle_is_refused(model: Path) -> None:
    model.write_bytes(pickle.dumps({"parameters": [1.0]}))

    with pytest.raises(EngineError, match="not a model file"):
        load_model(model)


def test_weights_that_are_not_finite_are_refused(model: Path) -> None:
    def poison(members: dict[str, bytes]) -> None:
        parameters = np.load(io.BytesIO(members["parameters.npy"]))
        parameters[0] = np.nan
        members["parameters.npy"] = as_npy(parameters)

    with pytest.raises(EngineError, match="NaN"):
        load_model(rewritten(model, poison))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(model: Path) -> None:
    def swell(members: dict[str, bytes]) -> None:
        members["parameters.npy"] = as_npy(np.zeros(20_000_000, np.float32))

    bomb = rewritten(model, swell, compression=zipfile.ZIP_DEFLATED)
    assert bomb.stat().st_size < 500_000

    with pytest.raises(EngineError, match="zip bomb"):
        load_model(bomb)


def test_an_array_that_claims_more_than_it_has_is_refused(model: Path) -> None:
    def lie(members: dict[str, bytes]) -> None:
        members["parameters.npy"] = as_npy(np.zeros(10**6, np.float32))[:200]

    with pytest.raises(EngineError, match="larger than the file"):
        load_model(rewritten(model, lie))


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "another"},
        {"layers": [{"kind": "dense", "units": 10**12, "activation": "tanh"}]},
        {"layers": [{"kind": "dense", "units": True, "activation": "tanh"}]},
        {"layers": [{"kind": "dense", "units": 2, "activation": "os.system"}]},
        {"layers": [{"kind": "Network"}]},
        {"layers": "dense"},
        {"layers": []},
        {"loss": ["mse"]},
        {"dtype": "object"},
        {"input_shape": [1, -6, 6]},
        {"input_shape": [1, 10**9, 10**9]},
        {"metadata": 7},
    ],
)
def test_a_header_that_describes_no_network_is_refused(model: Path, changes: dict[str, object]) -> None:
    with pytest.raises(EngineError, match="cannot be loaded"):
        load_model(rewritten(model, with_header(**changes)))


def test_weights_of_another_shape_are_refused(model: Path) -> None:
    def shorten(members: dict[str, bytes]) -> None:
        members["parameters.npy"] = as_npy(np.zeros(5, np.float32))

    with pytest.raises(EngineError, match="do not match"):
        load_model(rewritten(model, shorten))


def test_a_missing_file_is_the_callers_to_explain(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_model(tmp_path / "nothing.npz")
