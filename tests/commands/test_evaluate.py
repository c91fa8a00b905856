from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.cli import FAILED, WRONG_USE
from tui_nn.settings.config import Config
from tui_nn.training.reconfiguring import reconfigure
from tui_nn.training.saving import save_run
from tui_nn.training.trainer import Trainer

Model = Callable[..., tuple[str, Trainer]]


@pytest.fixture
def model(tmp_path: Path) -> Model:
    """Return a maker of saved models, a few steps old: the path, and the trainer that it came from."""

    def make(**settings: Any) -> tuple[str, Trainer]:
        trainer = Trainer(Config(**settings))
        for _ in range(30):
            trainer.advance()
        path = tmp_path / "model.npz"
        save_run(path, trainer)
        return str(path), trainer

    return make


def answers(trainer: Trainer) -> tuple[Any, Any]:
    """Return true classes of the test set, and the probabilities (n, n_classes)."""
    test = trainer.problem.test
    return test.targets, trainer.network.loss.probabilities(trainer.network.predict(test.inputs()))


@pytest.mark.parametrize("settings", [{"dataset": "moons"}, {"dataset": "blobs"}], ids=str)
def test_json_agrees_with_scikit_learn_on_the_test_set(
    call: Any, model: Model, settings: dict[str, Any]
) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    path, trainer = model(noise=0.3, **settings)
    finished = call("evaluate", path, "--json")
    found = json.loads(finished.stdout)
    truth, shares = answers(trainer)
    said = shares.argmax(axis=1)
    by_class = metrics.precision_recall_fscore_support(truth, said, labels=[0, 1], zero_division=0)

    assert finished.status == 0
    assert found["accuracy"] == pytest.approx(metrics.accuracy_score(truth, said), abs=1e-9)
    assert found["confusion_matrix"] == metrics.confusion_matrix(truth, said, labels=[0, 1]).tolist()
    for name, expected in zip(("precision", "recall", "f1"), by_class, strict=False):
        assert found[name] == pytest.approx(expected.tolist(), abs=1e-9)
    assert found["roc_area"] == pytest.approx(metrics.roc_auc_score(truth, shares[:, 1]), abs=1e-9)
    assert found["baseline_accuracy"] == pytest.approx(max(np.bincount(truth)) / len(truth))
    assert found["best_possible_accuracy"] == trainer.problem.dataset.best_possible_accuracy
    assert found["accuracy_interval"][0] < found["accuracy"] < found["accuracy_interval"][1]
    assert found["classes"] == ["0", "1"]


def test_json_of_a_regression_agrees_with_scikit_learn(call: Any, model: Model) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    path, trainer = model(dataset="reg-plane")
    found = json.loads(call("evaluate", path, "--json").stdout)
    test = trainer.problem.test
    said = trainer.network.predict(test.inputs())[:, 0].astype(np.float64)

    assert found["r2"] == pytest.approx(metrics.r2_score(test.targets, said), abs=1e-9)
    assert found["rmse"] ** 2 == pytest.approx(metrics.mean_squared_error(test.targets, said), abs=1e-9)
    assert found["mae"] == pytest.approx(metrics.mean_absolute_error(test.targets, said), abs=1e-9)
    assert found["baseline_rmse"] == pytest.approx(test.targets.std())


def test_mistakes_are_the_most_confident_first(call: Any, model: Model) -> None:
    path, trainer = model(dataset="moons", noise=0.4)
    mistakes = json.loads(call("evaluate", path, "--json").stdout)["mistakes"]
    truth, shares = answers(trainer)
    wrong = [i for i in range(len(truth)) if shares[i].argmax() != truth[i]]
    worst = sorted(wrong, key=lambda i: -shares[i].max())[:5]

    assert [mistake["sample"] for mistake in mistakes] == [i + 1 for i in worst]
    assert [mistake["class"] for mistake in mistakes] == [str(truth[i]) for i in worst]


def table_of(trainer: Trainer, order: list[str]) -> str:
    """Return the test set as a table with its columns in this order."""
    test = trainer.problem.test
    columns = {"x": test.raw[:, 0], "y": test.raw[:, 1], "class": test.targets, "note": test.targets * 0 + 7}
    rows = zip(*(columns[name].tolist() for name in order), strict=True)
    return "\n".join([",".join(order), *(",".join(map(repr, row)) for row in rows)])


@pytest.mark.parametrize("order", ["x y class", "class y x", "y class note x"])
def test_a_table_of_the_test_set_gets_the_same_verdict_in_any_order(
    call: Any, model: Model, tmp_path: Path, order: str
) -> None:
    path, trainer = model(dataset="moons")
    rows = tmp_path / "rows.csv"
    rows.write_text(table_of(trainer, order.split()))
    own = json.loads(call("evaluate", path, "--json").stdout)
    found = json.loads(call("evaluate", path, "--csv", str(rows), "--json").stdout)

    assert found == own | {"best_possible_accuracy": None}
    assert own["is_test_seen"] is False


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "it is empty"),
        ("x,y,class\n", "there are no rows"),
        ("x,y\n1,2\n", "no column for the target"),
        ("1,2\n", "no column for the target"),
        ("x,class\n1,0\n", "no column of it is called y"),
        ("x,y,class\n1,2,0\n1,2,cat\n", "line 3 has the class 'cat', which the model does not know: 0, 1"),
        ("x,y,class\n1,2,\n", "line 2 has the class nothing"),
        ("x,y,class\n1,two,1\n", "line 2 is no sample: 'two'"),
    ],
    ids=repr,
)
def test_a_table_that_cannot_be_used_is_one_sentence(
    call: Any, model: Model, tmp_path: Path, content: str, words: str
) -> None:
    path, _ = model()
    rows = tmp_path / "rows.csv"
    rows.write_text(content)
    finished = call("evaluate", path, "--csv", str(rows))

    assert finished.status == FAILED
    assert finished.stdout == ""
    assert finished.stderr.count("\n") == 1
    assert words in finished.stderr


def test_rows_of_one_class_have_no_roc_and_the_rest_is_told(call: Any, model: Model, tmp_path: Path) -> None:
    path, _ = model()
    rows = tmp_path / "rows.csv"
    rows.write_text("x,y,class\n1,2,1\n-1,0,1\n")

    assert json.loads(call("evaluate", path, "--csv", str(rows), "--json").stdout)["roc_area"] is None
    assert "No ROC: all samples are of one class." in call("evaluate", path, "--csv", str(rows)).stdout


def test_a_run_without_a_test_set_says_so(call: Any, model: Model) -> None:
    path, _ = model(train_fraction=1.0)
    finished = call("evaluate", path)

    assert finished.status == FAILED
    assert "it has no test set" in finished.stderr


def test_a_test_set_that_was_trained_on_is_said_to_be_seen(call: Any, tmp_path: Path) -> None:
    trainer = Trainer(Config(dataset="moons"))
    trainer.advance()
    reconfigure(trainer, trainer.config.replace(train_fraction=0.3))
    path = tmp_path / "model.npz"
    save_run(path, trainer)

    assert trainer.trained.is_test_seen
    assert "trained on before" in call("evaluate", str(path)).stdout


def test_the_model_is_needed(call: Any) -> None:
    assert call("evaluate").status == WRONG_USE


@pytest.mark.parametrize("dataset", ["moons", "reg-plane"])
def test_the_text_fits_in_80_columns(call: Any, model: Model, dataset: str) -> None:
    path, _ = model(dataset=dataset)
    finished = call("evaluate", path)

    assert finished.status == 0
    assert max(map(len, finished.stdout.splitlines())) <= 80
