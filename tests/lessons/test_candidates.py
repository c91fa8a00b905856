"""What a task means is found in the network and the data."""

from __future__ import annotations

import numpy as np
import pytest

from tui_nn.lessons.candidates import MeantRequest, look_at_meant
from tui_nn.lessons.finding import check_where
from tui_nn.settings.config import Config
from tui_nn.training.trainer import Trainer


@pytest.fixture
def trainer() -> Trainer:
    config = Config().replace(dataset="blobs", samples=40, hidden_sizes=(3,), activation="relu")
    trainer = Trainer(config)
    hidden, output = trainer.network.layers[0].block, trainer.network.layers[1].block
    hidden[:] = [[1.0, 0.0, 4.0], [1.0, 0.0, 4.0], [0.0, -1.0, 0.0]]  # the second neuron is dead
    output[:] = [[3.0], [9.0], [0.1], [-1.0]]
    return trainer


@pytest.mark.parametrize(
    ("find", "where", "places"),
    [
        ("neuron", "active == 0", {(1, 1)}),
        ("neuron", "bias < 0 and layer == 1", {(1, 1)}),
        ("neuron", "largest weight_in", {(1, 2)}),
        ("neuron", "smallest weight_out", {(1, 2)}),
        ("neuron", "largest weight_out", {(1, 1)}),
        ("neuron", "largest importance", {(1, 0)}),
        ("neuron", "unit == 3", {(1, 2)}),
    ],
)
def test_neurons_are_meant_by_their_numbers(
    trainer: Trainer, find: str, where: str, places: set[tuple[int, int]]
) -> None:
    before = trainer.network.parameters.copy()

    assert look_at_meant(trainer, MeantRequest(find, where)).places == places
    assert (trainer.network.parameters == before).all()


def test_an_input_is_meant_by_the_weights_that_read_it(trainer: Trainer) -> None:
    trainer.network.layers[0].block[1] *= 2

    assert look_at_meant(trainer, MeantRequest("input", "largest weight_out")).places == {(0, 1)}


def test_the_sample_of_the_largest_loss_is_one_of_the_wrong_ones(trainer: Trainer) -> None:
    trainer.network.layers[1].block[-1] = -8.0
    wrong = look_at_meant(trainer, MeantRequest("sample", "wrong == 1")).places
    (worst,) = look_at_meant(trainer, MeantRequest("sample", "largest loss")).places

    outputs = [
        trainer.network.loss.decode(trainer.network.predict(part.inputs(slice(len(part))))) != part.targets
        for part in (trainer.problem.train, trainer.problem.test)
    ]
    assert {number for _, number in wrong} == set(np.flatnonzero(np.concatenate(outputs)))
    assert worst in wrong


@pytest.mark.parametrize("where", ["", "largest", "largest beauty", "import os", "loss > many", "loss >"])
def test_what_says_nothing_is_refused(where: str) -> None:
    assert check_where("sample", where)
