from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import tui_nn.engine as engine

PUBLIC = {
    "ACTIVATIONS INITIALIZERS LAYERS LOSSES MAX_PARAMETERS OPTIMIZERS REGULARIZERS SCHEDULES",
    "Activation AveragePool2D BatchNorm ClassScores Conv2D Dense Dropout EngineError Flatten Hyperparameter",
    "Initializer Layer LayerCheck Loss MaxPool2D Network Optimizer OptimizerKind Penalty PlacedLayer",
    "Regularizer SavedModel Schedule Source Trace accuracy carry_holds carry_state class_scores",
    "confusion_matrix describe_layers gradcheck load_model matching_parameters parse_layers r2 rmse",
    "save_model transplant",
}
REGISTRIES = [name for name in engine.__all__ if name.isupper() and name != "MAX_PARAMETERS"]


def test_the_public_names_are_these() -> None:
    assert set(engine.__all__) == {name for line in PUBLIC for name in line.split()}
    assert all(hasattr(engine, name) for name in engine.__all__)


def test_every_public_thing_says_what_it_is() -> None:
    for name in engine.__all__:
        if callable(thing := getattr(engine, name)):
            assert thing.__doc__, name


@pytest.mark.parametrize("name", REGISTRIES)
def test_every_entry_carries_name_formula_and_one_sentence(name: str) -> None:
    for key, entry in getattr(engine, name).items():
        assert entry.name == key
        assert entry.formula
        assert entry.help.endswith(".")


def test_the_example_of_the_docstring_learns(rng: np.random.Generator) -> None:
    inputs = rng.uniform(-1, 1, (200, 2))
    classes = (inputs[:, 0] * inputs[:, 1] > 0).astype(int)
    loss = engine.LOSSES["binary_cross_entropy"]
    layers = [engine.Dense(8, "tanh"), engine.Dense(8, "tanh"), engine.Dense(1, "sigmoid")]
    network = engine.Network((2,), layers, loss="binary_cross_entropy", rng=np.random.default_rng(0))
    optimizer = engine.OPTIMIZERS["adam"].create(network.n_parameters, network.dtype, beta1=0.9)
    source = network.prepare(inputs, loss.encode(classes, n_classes=2))
    for _ in range(300):
        rows = rng.permutation(200)[:32]
        network.train_step(source, rows, optimizer, learning_rate=0.03)

    assert (loss.decode(network.predict(inputs)) == classes).mean() > 0.95


def test_an_activation_is_added_by_adding_one_object(monkeypatch: pytest.MonkeyPatch) -> None:
    cube = engine.Activation(
        "cube", lambda z: z * z * z, lambda z, a: 3.0 * z * z, "a = z³", "3 z²", "Cubes."
    )
    monkeypatch.setitem(engine.ACTIVATIONS, "cube", cube)
    layers = [engine.Dense(3, "cube"), engine.Dense(1)]
    network = engine.Network((2,), layers, loss="mse", rng=np.random.default_rng(0))

    checks = engine.gradcheck(network, np.random.default_rng(1).standard_normal((5, 2)), np.zeros((5, 1)))

    assert all(check.passed for check in checks)


def test_the_engine_needs_numpy_and_nothing_else() -> None:
    code = (
        "import sys, tui_nn.engine; "
        "known = {*sys.stdlib_module_names, 'numpy', 'tui_nn'}; "
        "tops = {n.split('.')[0] for n in sys.modules if not n.startswith('_')}; "
        "files = {t for t in tops - known if getattr(sys.modules.get(t), '__file__', None)}; "
        "own = {n for n in sys.modules if n.startswith('tui_nn.') and not n.startswith('tui_nn.engine')}; "
        "print(sorted(files | own))"
    )

    ran = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, env=_paths())

    assert ran.stdout.strip() == "[]", ran.stdout + ran.stderr


def _paths() -> dict[str, str]:
    """An environment that finds NumPy and the package without site hooks of other packages."""
    import os

    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
