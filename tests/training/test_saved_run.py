from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.data import DATASETS, DataError, array_dataset
from tui_nn.engine import Dense, EngineError, Network, load_model, save_model
from tui_nn.settings.config import Config
from tui_nn.training.saved_run import check_data, load_run
from tui_nn.training.saving import save_run
from tui_nn.training.trainer import Trainer

EVERYTHING = Config(
    samples=83,
    batch_size=10,
    remainder="carry",
    hidden_sizes=(5, 4),
    batch_norm=True,
    dropout=0.2,
    regularization="l1",
    regularization_rate=0.05,
    features=("x", "y", "xy"),
    standardize=True,
)
"""A run whose every part has a state: optimizer, dead links, running means, draws, a remainder carried on."""


def trained(config: Config, steps: int) -> Trainer:
    trainer = Trainer(config)
    advance(trainer, steps)
    return trainer


def advance(trainer: Trainer, steps: int) -> None:
    for _ in range(steps):
        trainer.advance()
        if trainer.history.is_due(trainer.step):
            trainer.record()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.npz"


def rewritten(path: Path, change: Any) -> Path:
    """Let `change` edit metadata and arrays of a saved run, and save that."""
    model = load_model(path)
    change(model.metadata, model.arrays)
    save_model(path, model.network, model.metadata, model.arrays)
    return path


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam", "adadelta"])
def test_a_loaded_run_goes_on_to_the_bit_as_if_never_stopped(path: Path, optimizer: str) -> None:
    config = EVERYTHING.replace(optimizer=optimizer)
    stopped, straight = trained(config, 7), trained(config, 30)
    save_run(path, stopped, 1.5)
    checkpoint = load_run(path).checkpoint()
    resumed = Trainer(checkpoint.config)
    resumed.load(checkpoint)
    advance(resumed, 23)

    assert checkpoint.training_seconds == 1.5
    assert np.array_equal(resumed.network.parameters, straight.network.parameters)
    assert np.array_equal(resumed.optimizer.state, straight.optimizer.state)
    assert np.array_equal(resumed.network.statistics, straight.network.statistics)
    assert (resumed.step, resumed.epoch) == (straight.step, straight.epoch)
    assert repr(resumed.history.state()) == repr(straight.history.state())
    assert resumed.checkpoint().batches_state["rng"] == straight.checkpoint().batches_state["rng"]
    assert resumed.checkpoint().dropout_state == straight.checkpoint().dropout_state


def test_predictions_are_those_of_the_network_on_encoded_points(path: Path) -> None:
    trainer = trained(EVERYTHING, 40)
    save_run(path, trainer)
    points = np.array([[0.5, 1.2], [-1.2, 0.5]])
    answers = load_run(path).predict(points)

    features = np.column_stack([points, points[:, 0] * points[:, 1]])
    raw = trainer.problem.train.raw
    seen = np.column_stack([raw, raw[:, 0] * raw[:, 1]])
    scaled = (features - seen.mean(axis=0)) / seen.std(axis=0)
    logits = trainer.network.predict(scaled.astype(np.float32))[:, 0]
    assert answers.classes is not None
    assert answers.classes.tolist() == (logits > 0.5).tolist()
    assert answers.probabilities == pytest.approx(np.stack([1 - logits, logits], axis=1), abs=1e-6)


def test_predictions_draw_no_data(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_run(path, trained(Config(), 3))
    monkeypatch.setattr("tui_nn.training.problem.make_problem", None)
    monkeypatch.delitem(DATASETS, "moons")

    assert load_run(path).predict(np.zeros((1, 2))).classes is not None


def test_regression_answers_with_values(path: Path) -> None:
    trainer = trained(Config(dataset="reg-plane"), 5)
    save_run(path, trainer)
    answers = load_run(path).predict(np.array([[1.0, 2.0]]))

    assert (answers.classes, answers.probabilities) == (None, None)
    assert answers.values == trainer.network.predict([[1.0, 2.0]])[0]


def test_scores_of_three_classes_are_no_probabilities(path: Path) -> None:
    save_run(path, trained(Config(dataset="pinwheel", classes=3, loss="hinge"), 5))
    answers = load_run(path).predict(np.zeros((2, 2)))

    assert answers.probabilities is None
    assert answers.classes is not None


def test_a_network_on_a_persons_own_data_answers_without_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(0)
    kind = array_dataset("own", rng.standard_normal((12, 3)), ["cat", "dog", "emu\x1b[2J"] * 4)
    monkeypatch.setitem(DATASETS, "own", kind)
    save_run(path, trained(Config(dataset="own", samples=12, classes=3, batch_size=6), 3))
    monkeypatch.delitem(DATASETS, "own")
    run = load_run(path)

    assert run.class_names == ("cat", "dog", "emu\x1b[2J")
    assert run.input_names == ("x1", "x2", "x3")
    assert run.predict(np.zeros((1, 3))).classes is not None
    assert run.checkpoint().step == 3


@pytest.mark.parametrize("shape", [(2,), (1, 3), (1, 1), (4, 0)])
def test_samples_of_a_wrong_length_are_refused(path: Path, shape: tuple[int, ...]) -> None:
    save_run(path, trained(Config(), 1))

    with pytest.raises(EngineError, match=r"needed are \(n, 2\)"):
        load_run(path).predict(np.zeros(shape))


def test_an_answer_that_is_no_number_is_refused(path: Path) -> None:
    save_run(path, trained(Config(features=("x2", "y2")), 1))

    with pytest.raises(EngineError, match="answer to sample 2"):
        load_run(path).predict(np.array([[0.0, 0.0], [1e300, 1e300]]))


def test_a_network_that_exploded_is_not_saved(path: Path) -> None:
    trainer = trained(Config(), 1)
    trainer.network.parameters[3] = np.nan

    with pytest.raises(EngineError, match="NaN"):
        save_run(path, trainer)
    assert not path.exists()


def test_a_network_without_a_run_is_refused(path: Path) -> None:
    save_model(path, Network(2, [Dense(1, "sigmoid")], loss="mse", rng=np.random.default_rng(0)))

    with pytest.raises(EngineError, match="no run of tui-nn"):
        load_run(path)


def put(name: str, value: Any) -> Any:
    """Return a change of one entry of the metadata, or of what it says of training."""

    def change(metadata: dict[str, Any], arrays: dict[str, Any]) -> None:
        home = metadata["training"] if name in metadata["training"] else metadata
        home[name] = value

    return change


def put_array(name: str, value: Any) -> Any:
    def change(metadata: dict[str, Any], arrays: dict[str, Any]) -> None:
        if value is None:
            del arrays[name]
        else:
            arrays[name] = np.array(value)

    return change


@pytest.mark.parametrize(
    "change",
    [
        put("task", "regression"),
        put("task", ["regression"]),
        put("class_names", ["a", "b", "c"]),
        put("class_names", []),
        put("class_names", ["a", 2]),
        put("class_names", "ab"),
        put("class_names", None),
        put("features", ["x"]),
        put("features", ["x", "z"]),
        put("features", [["x"], "y"]),
        put("input_names", ["x", "y", "z"]),
        put("image_shape", [28, 28]),
        put("image_shape", 3),
        put("config", "moons"),
        put("training", None),
        put_array("mean", [0.0, 0.0]),
        lambda metadata, arrays: arrays.update(mean=np.zeros(3), deviation=np.ones(3)),
        lambda metadata, arrays: arrays.update(mean=np.zeros(2), deviation=np.array([1.0, np.nan])),
        lambda metadata, arrays: arrays.update(mean=np.zeros(2), deviation=np.zeros(2)),
    ],
)
def test_a_file_whose_parts_do_not_fit_is_refused_in_one_sentence(path: Path, change: Any) -> None:
    save_run(path, trained(Config(), 2))

    with pytest.raises(EngineError, match="cannot be loaded: ") as refusal:
        load_run(rewritten(path, change))
    assert str(refusal.value).count("\n") == 0


@pytest.mark.parametrize(
    "change",
    [
        put("step", -1),
        put("step", 1.5),
        put("step", True),
        put("position", 10_000),
        put("epoch", "3"),
        put("interval", 0),
        put("training_seconds", "long"),
        put("rules", 3),
        put("rules", {"best_loss": "low", "best_epoch": 0, "has_stopped": False}),
        put("rules", {"best_loss": 0.1, "best_epoch": -1, "has_stopped": False}),
        put("rules", {"best_loss": 0.1, "best_epoch": 1, "has_stopped": 7}),
        put("batches_rng", {}),
        put("batches_rng", {"bit_generator": "MT19937", "state": {}}),
        put("dropout_rng", 7),
        put("dropout_rng", {"bit_generator": "PCG64", "state": {"state": -1, "inc": 2**200}}),
        put_array("order", None),
        put_array("order", [0, 0, 1]),
        put_array("order", [0.5, 1.0]),
        put_array("order", np.zeros((0,), np.int64)),
        put_array("carried", [999]),
        put_array("optimizer_state", [[1.0]]),
        put_array("records", np.zeros((3, 2))),
        put_array("records", [1.0]),
    ],
)
def test_damaged_training_is_refused_and_predictions_still_work(path: Path, change: Any) -> None:
    save_run(path, trained(Config(), 2))
    run = load_run(rewritten(path, change))

    assert run.predict(np.zeros((1, 2))).classes is not None
    with pytest.raises(EngineError, match="damaged"):
        run.checkpoint()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hidden_sizes": [4, 3]}, "another network"),
        ({"dtype": "float64"}, "another network"),
        ({"loss": "mse"}, "another network"),
        ({"learning_rate": -1}, "learning_rate"),
        ({"setting_of_tomorrow": 1}, "setting_of_tomorrow"),
        ({"dataset": "nowhere"}, "dataset"),
        ({"hidden_sizes": {"a": 1}}, "hidden_sizes"),
        ({"dataset": []}, "dataset"),
    ],
)
def test_settings_that_cannot_be_are_refused_and_predictions_still_work(
    path: Path, change: dict[str, Any], words: str
) -> None:
    save_run(path, trained(Config(), 2))
    run = load_run(rewritten(path, lambda metadata, arrays: metadata["config"].update(change)))

    assert run.predict(np.zeros((1, 2))).classes is not None
    with pytest.raises(EngineError, match=words):
        run.checkpoint()


def test_data_that_has_grown_is_noticed(path: Path) -> None:
    trainer = trained(Config(), 2)
    save_run(path, trainer)
    other = Trainer(Config(samples=600))

    check_data(load_run(path).checkpoint(), trainer.problem)
    with pytest.raises(DataError, match="250 training samples, and now there are 300"):
        check_data(load_run(path).checkpoint(), other.problem)


def test_metadata_is_plain_json_with_the_settings(path: Path) -> None:
    config = EVERYTHING.replace(learning_rate=0.123456789012345)
    save_run(path, trained(config, 2))
    metadata = load_model(path).metadata

    assert json.loads(json.dumps(metadata, allow_nan=False))["config"]["hidden_sizes"] == [5, 4]
    assert load_run(path).config() == config


def test_a_network_alone_says_so_and_names_what_it_is_made_of(path: Path) -> None:
    save_run(path, trained(Config(samples=40, hidden_sizes=(5, 3)), 3))
    alone = load_run(rewritten(path, lambda metadata, arrays: (metadata["training"].clear(), arrays.clear())))

    assert alone.is_network_alone
    assert alone.network_settings()["hidden_sizes"] == (5, 3)
    assert Trainer(Config(**alone.network_settings())).network.n_parameters == alone.network.n_parameters
    with pytest.raises(EngineError, match="a network alone, without the run that trained it"):
        alone.checkpoint()
