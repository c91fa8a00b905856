"""Every export answers as the network does, which is tried by running it."""

from __future__ import annotations

import importlib.util
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.commands import train
from tui_nn.commands.export import write_export
from tui_nn.engine import ACTIVATIONS
from tui_nn.exports.errors import ExportError
from tui_nn.exports.formats import FORMATS
from tui_nn.exports.formulas import FEATURES as FEATURE_FORMULAS
from tui_nn.exports.formulas import NUMPY, TORCH
from tui_nn.exports.model import model_of
from tui_nn.exports.onnx_graph import write_onnx
from tui_nn.training.saved_run import SavedRun, load_run

ALLOWED = {"float32": 1e-5, "float64": 1e-12}
HIDDEN = [name for name, found in ACTIVATIONS.items() if found.is_elementwise]
POINTS = np.random.default_rng(3).uniform(-6.0, 6.0, (200, 2))
PIXELS = np.random.default_rng(4).integers(0, 256, (20, 784), dtype=np.uint8)
ALL_FEATURES = ("--features", "x,y,x2,y2,xy,sinx,siny,cosx,cosy", "--standardize", "true")
CONVOLUTION = (
    "--dataset",
    "digits",
    "--samples",
    "100",
    "--hidden",
    "6c3,bn,p2,4c3,a2,drop0.2,9",
    "--epochs",
    "1",
)


def trained(folder: Path, *words: str) -> SavedRun:
    """Train with these words of a command line; return the run as its file holds it."""
    path = folder / "run.npz"
    assert train.main([*words, "--save", str(path), "--json"]) == 0
    return load_run(path)


def expected(run: SavedRun, rows: Any) -> Any:
    return run.network.predict(run.encode(rows))


def module_of(name: str, run: SavedRun, folder: Path) -> Any:
    path = folder / f"exported_{name}.py"
    write_export(path, FORMATS[name].write(run))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answers(name: str, run: SavedRun, folder: Path, rows: Any) -> Any:
    """Return what an export answers, run by the library that it is for."""
    if name == "onnx":
        pytest.importorskip("onnx")
        runtime = pytest.importorskip("onnxruntime")
        session = runtime.InferenceSession(FORMATS["onnx"].write(run).content)
        return session.run(None, {"rows": rows.reshape(len(rows), -1).astype(np.float32)})[0]
    if name == "torch":
        pytest.importorskip("torch")
    return module_of(name, run, folder).predict(rows)


def assert_same(found: Any, wanted: Any, dtype: str) -> None:
    scale = max(1.0, float(np.abs(wanted).max()))
    assert found.shape == wanted.shape
    assert float(np.abs(found - wanted).max()) <= ALLOWED[dtype] * scale


@pytest.mark.parametrize("name", ["numpy", "torch", "onnx"])
@pytest.mark.parametrize("activation", HIDDEN)
def test_each_activation_is_written_as_the_engine_computes_it(
    name: str, activation: str, tmp_path: Path
) -> None:
    run = trained(tmp_path, *ALL_FEATURES, "--hidden", "5,3", "--activation", activation, "--epochs", "3")
    assert_same(answers(name, run, tmp_path, POINTS), expected(run, POINTS), "float32")


@pytest.mark.parametrize("name", ["numpy", "torch", "onnx"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_convolutions_pools_and_batch_norm_answer_alike(name: str, dtype: str, tmp_path: Path) -> None:
    run = trained(tmp_path, *CONVOLUTION, "--dtype", dtype)
    found = answers(name, run, tmp_path, PIXELS)
    assert_same(found, expected(run, PIXELS.reshape(-1, 28, 28)), "float32" if name == "onnx" else dtype)


@pytest.mark.parametrize("name", ["numpy", "torch", "onnx"])
@pytest.mark.parametrize("hidden", ["none", "7,bn,5", "8c5s2,p2s1,4"])
def test_other_shapes_answer_alike(name: str, hidden: str, tmp_path: Path) -> None:
    is_image = "c" in hidden
    data = ("--dataset", "digits", "--samples", "60") if is_image else ("--dataset", "clusters")
    run = trained(tmp_path, *data, "--hidden", hidden, "--epochs", "1")
    rows = PIXELS if is_image else np.random.default_rng(5).normal(0.0, 1.0, (50, 4))
    wanted = expected(run, PIXELS.reshape(-1, 28, 28) if is_image else rows)
    assert_same(answers(name, run, tmp_path, rows), wanted, "float32")


@pytest.mark.parametrize(
    "words",
    [
        ("--dataset", "reg-plane"),
        ("--loss", "half_mse"),
        ("--loss", "hinge"),
        ("--dataset", "pinwheel"),
        ("--dtype", "float64", *ALL_FEATURES),
    ],
)
def test_every_task_is_answered_in_float32_and_float64(words: tuple[str, ...], tmp_path: Path) -> None:
    run = trained(tmp_path, *words, "--epochs", "2")
    assert_same(
        module_of("numpy", run, tmp_path).predict(POINTS), expected(run, POINTS), run.network.dtype.name
    )


def test_the_classes_are_named_as_the_run_decides(tmp_path: Path) -> None:
    for words in (("--loss", "half_mse"), ("--dataset", "pinwheel")):
        run = trained(tmp_path, *words, "--epochs", "4")
        wanted = [run.class_names[c] for c in run.predict(POINTS).classes]
        assert module_of("numpy", run, tmp_path).classify(POINTS) == wanted


@pytest.mark.parametrize("header", ["", "y,note,x\n"])
def test_the_source_reads_rows_from_standard_input(header: str, tmp_path: Path) -> None:
    run = trained(tmp_path, "--epochs", "2")
    path = tmp_path / "m.py"
    write_export(path, FORMATS["numpy"].write(run))
    rows = "".join(f"{y},7,{x}\n" if header else f"{x},{y}\n" for x, y in POINTS.tolist())
    done = subprocess.run(
        [sys.executable, str(path)], input=header + rows, capture_output=True, text=True, check=True
    )
    found = [line.split(",") for line in done.stdout.splitlines()]
    assert [name for name, _ in found] == [run.class_names[c] for c in run.predict(POINTS).classes]
    np.testing.assert_allclose([float(p) for _, p in found], expected(run, POINTS)[:, 0], atol=1e-5)


def test_many_weights_go_into_a_file_beside_the_source(tmp_path: Path) -> None:
    run = trained(tmp_path, "--hidden", "200,100", "--epochs", "1")
    written = FORMATS["numpy"].write(run)
    assert len(written.content) < 5_000
    assert [path.name for path in write_export(tmp_path / "m.py", written)] == ["m.py", "m.npz"]
    assert_same(module_of("numpy", run, tmp_path).predict(POINTS), expected(run, POINTS), "float32")


def test_arrays_come_back_as_they_are_in_the_network(tmp_path: Path) -> None:
    run = trained(tmp_path, *CONVOLUTION)
    wanted = [
        placed.weights
        for placed in run.network.layers
        if placed.name != "batchnorm" and placed.has_parameters
    ]
    described = json.loads(FORMATS["json"].write(run).content)
    assert (described["format"], described["version"]) == ("tui-nn", 1)
    with np.load(io.BytesIO(FORMATS["npz"].write(run).content), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files if name != "header"}
        assert json.loads(str(file["header"]))["classes"] == [str(digit) for digit in range(10)]
    for layer, placed in zip(
        described["layers"], [p for p in run.network.layers if "drop" not in p.name], strict=True
    ):
        if placed.has_parameters and layer["type"] != "batchnorm":
            np.testing.assert_array_equal(np.array(layer["weights"], np.float32), placed.weights)
    assert any(np.array_equal(arrays["layers.0.weights"], weights) for weights in wanted)


def test_safetensors_hold_the_values_and_not_the_memory_of_an_array(tmp_path: Path) -> None:
    library = pytest.importorskip("safetensors.numpy")
    run = trained(tmp_path, "--hidden", "5,3", "--epochs", "1")
    arrays = library.load(FORMATS["safetensors"].write(run).content)
    for position, placed in enumerate(run.network.layers):
        np.testing.assert_array_equal(arrays[f"layers.{position}.weights"], placed.weights)
        np.testing.assert_array_equal(arrays[f"layers.{position}.biases"], placed.biases)


def test_the_history_is_a_table_of_what_the_curves_show(tmp_path: Path) -> None:
    run = trained(tmp_path, "--epochs", "5")
    lines = FORMATS["csv"].write(run).content.decode().splitlines()
    assert lines[0] == "step,train_loss,test_loss,train_accuracy,test_accuracy"
    last = run.checkpoint().history_state["records"][-1]
    np.testing.assert_allclose([float(cell) for cell in lines[-1].split(",")], last, rtol=1e-8)


def test_every_activation_and_feature_has_its_formula() -> None:
    from tui_nn.data import FEATURES

    assert set(NUMPY) == set(TORCH) == set(ACTIVATIONS)
    assert set(FEATURE_FORMULAS) == set(FEATURES)


def test_what_onnx_has_no_form_for_is_refused_and_not_taken_for_another(tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    model = model_of(trained(tmp_path, "--epochs", "1"))
    first = replace(model.layers[0], activation="arctan")
    for wrong in (replace(model, features=("x", "tanx")), replace(model, layers=(first, *model.layers[1:]))):
        with pytest.raises(ExportError, match="has no ONNX form"):
            write_onnx(wrong)


@pytest.mark.parametrize("name", ["numpy", "torch", "onnx"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_amounts_of_a_table_are_answered_in_their_units(name: str, dtype: str, tmp_path: Path) -> None:
    rows = np.random.default_rng(6).normal(0.0, 1.0, (40, 2))
    table = tmp_path / "t.csv"
    np.savetxt(table, np.column_stack([rows, 2000 + 300 * rows[:, 0]]), delimiter=",", header="a,b,y")
    run = trained(tmp_path, "--data", str(table), "--dtype", dtype, "--epochs", "5")
    wanted = run.predict(rows).values
    assert wanted is not None
    assert abs(wanted.mean() - 2000) < 300
    found = answers(name, run, tmp_path, rows).reshape(-1)
    assert_same(found, wanted, "float32" if name == "onnx" else dtype)
