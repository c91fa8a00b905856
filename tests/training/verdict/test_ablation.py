"""What a network loses without a neuron: compared with networks in which that neuron is really cut."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.engine import EngineError
from tui_nn.settings.config import Config
from tui_nn.training.evaluation import evaluate
from tui_nn.training.holding import hold_neuron
from tui_nn.training.trainer import Trainer
from tui_nn.training.verdict.ablation import AblationWork, Score, ablate, by_loss, rows_allowed

DENSE: dict[str, Any] = {"hidden_sizes": (5, 3)}
NORMAL: dict[str, Any] = {"hidden_sizes": (6, "bn", "drop0.3", 4), "activation": "sigmoid"}
DEEP: dict[str, Any] = {"dataset": "clusters", "hidden_sizes": (8,), "dtype": "float64", "samples": 2500}
VALUES: dict[str, Any] = {"dataset": "reg-plane", "hidden_sizes": (4,), "loss": "mse"}
DIGITS: dict[str, Any] = {"dataset": "digits", "loss": "softmax_cross_entropy", "samples": 120}
FILTERS: dict[str, Any] = {
    **DIGITS,
    "hidden_sizes": ("3c3", "p2", "4c3", "bn", "a2", 6),
    "activation": "relu",
}
NO_TEST: dict[str, Any] = {"train_fraction": 1.0}


def trained(steps: int = 30, **settings: Any) -> Trainer:
    trainer = Trainer(Config(**settings))
    for _ in range(steps):
        trainer.advance()
    return trainer


@pytest.mark.parametrize("settings", [DENSE, NORMAL, DEEP, VALUES, FILTERS, NO_TEST])
def test_the_numbers_are_those_of_networks_with_the_neuron_cut_exactly(settings: dict[str, Any]) -> None:
    trainer = trained(**settings)
    found = ablate(trainer.network, trainer.problem)

    def score_of(network: Any) -> Score:
        measured = evaluate(network, trainer.problem)
        if found.part == "train":
            return Score(measured.train_loss, measured.train_accuracy)
        is_class = trainer.problem.is_classification
        return Score(measured.test_loss, measured.test_accuracy if is_class else measured.test_r2)

    assert found.whole == score_of(trainer.network)
    for unit in found.units:
        cut = trainer.network.copy()
        hold_neuron(cut, "cut", unit.node, True)
        assert unit.without == score_of(cut), unit.name


def test_every_hidden_neuron_and_every_filter_has_its_row() -> None:
    dense = ablate(trained(0, **DENSE).network, trained(0, **DENSE).problem)
    filters = ablate(trained(0, **FILTERS).network, trained(0, **FILTERS).problem)

    assert [unit.name for unit in dense.units] == [
        *(f"hidden 1, neuron {n}" for n in range(1, 6)),
        *(f"hidden 2, neuron {n}" for n in range(1, 4)),
    ]
    names = [unit.name for unit in filters.units]
    assert names[:4] == [*(f"hidden 1, filter {n}" for n in (1, 2, 3)), "hidden 3, filter 1"]
    assert names[-1] == "hidden 5, neuron 6"
    assert len(names) == 3 + 4 + 6
    assert filters.units[1].units == range(28 * 28, 2 * 28 * 28)
    assert filters.units[1].node == (1, 28 * 28 + 14 * 28 + 14)


def test_the_run_keeps_its_numbers() -> None:
    trainer = trained(**FILTERS)
    before, outputs = (
        trainer.network.parameters.copy(),
        trainer.network.predict(trainer.problem.test.inputs()),
    )

    ablate(trainer.network, trainer.problem)

    assert np.array_equal(trainer.network.parameters, before)
    assert np.array_equal(trainer.network.predict(trainer.problem.test.inputs()), outputs)


def test_the_most_needed_neuron_comes_first() -> None:
    trainer = trained(200, **DENSE)
    found = ablate(trainer.network, trainer.problem)

    losses = [unit.without.loss for unit in by_loss(found)]

    assert losses == sorted(losses, key=lambda loss: -(loss or 0.0))
    assert len(losses) == 8


def test_a_neuron_that_nobody_reads_changes_nothing() -> None:
    trainer = trained(**DENSE)
    hold_neuron(trainer.network, "cut", (1, 2), True)

    found = ablate(trainer.network, trainer.problem)

    assert found.units[2].without == found.whole


def test_of_a_large_network_fewer_rows_are_looked_at_and_said() -> None:
    trainer = trained(0, **DIGITS, hidden_sizes=(16,))
    work = AblationWork(trainer.network, trainer.problem)
    small = ablate(trainer.network, trainer.problem)
    wide = trained(0, **DIGITS, hidden_sizes=(3000, 1000)).network

    assert (small.n_rows, small.n_all) == (60, 60)
    assert work.most_rows == 60
    assert AblationWork(wide, trainer.problem).most_rows == 60, "there are no fewer than a hundred"
    assert rows_allowed(wide, [], 10**9) == int(4e10 // wide.n_parameters)


def test_without_a_hidden_layer_there_is_nothing_to_silence() -> None:
    trainer = trained(0, hidden_sizes=())

    with pytest.raises(EngineError, match="no hidden neuron"):
        ablate(trainer.network, trainer.problem)


def test_weights_that_are_not_finite_are_said() -> None:
    trainer = trained(0)
    trainer.network.parameters[0] = np.nan

    with pytest.raises(EngineError, match="not finite"):
        ablate(trainer.network, trainer.problem)
