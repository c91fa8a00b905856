"""An image pushed along the sign of the gradient, and the smallest push that is misread."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.trainer import Trainer
from tui_nn.views.adversarial.look import look_at_adversarial
from tui_nn.views.adversarial.values import EPSILONS, Adversarial, AdversarialRequest

DENSE: dict[str, Any] = {"hidden_sizes": (24,)}
FILTERS: dict[str, Any] = {"hidden_sizes": ("4c3", "p2", "bn", 12), "activation": "relu"}


@pytest.fixture(scope="module", params=[DENSE, FILTERS], ids=["dense", "filters"])
def trainer(request: pytest.FixtureRequest) -> Trainer:
    config = {"dataset": "digits", "samples": 600, "loss": "softmax_cross_entropy", "dtype": "float64"}
    made = Trainer(Config(**{**config, **request.param}))
    for _ in range(150):
        made.advance()
    return made


def rightly_read(trainer: Trainer) -> int:
    """Return the number of a test image that is read as what it is."""
    test, network = trainer.problem.test, trainer.network
    said = network.loss.decode(network.predict(test.inputs()))
    return int(np.flatnonzero(said == test.targets)[0])


def look(trainer: Trainer, **asked: Any) -> Adversarial:
    found = look_at_adversarial(trainer, AdversarialRequest(**asked))
    assert found is not None
    return found


def reading(trainer: Trainer, image: Any) -> int:
    return int(trainer.network.loss.decode(trainer.network.predict(image.reshape(1, -1)))[0])


def slope(trainer: Trainer, image: Any, label: int, row: int, column: int) -> float:
    """Return dL/dx of one pixel by differences, L = -log p(label)."""
    losses = []
    for nudge in (1e-5, -1e-5):
        nudged = image.astype(np.float64).copy()
        nudged[row, column] += nudge
        losses.append(trainer.network.loss_value(nudged.reshape(1, -1), np.eye(10)[[label]]))
    return (losses[0] - losses[1]) / 2e-5


@pytest.mark.parametrize("target", [None, 4])
def test_each_pixel_goes_where_the_loss_rises_or_towards_a_target_falls(
    trainer: Trainer, target: int | None
) -> None:
    found = look(trainer, sample=rightly_read(trainer), target=target)
    label = found.own if target is None else target
    image = found.image
    inky = np.argwhere((image > 0.05) & (image < 0.95))  # on paper, pools have kinks
    assert len(inky) > 10
    for row, column in inky:
        found_slope = slope(trainer, image, label, row, column)
        if abs(found_slope) > 1e-9:
            wanted = np.sign(found_slope) if target is None else -np.sign(found_slope)
            assert found.direction[row, column] == wanted


def test_at_each_step_it_is_read_as_the_image_that_was_pushed_so_far(trainer: Trainer) -> None:
    found = look(trainer, sample=rightly_read(trainer))

    for step, epsilon in enumerate(EPSILONS):
        image = np.clip(found.image + epsilon * found.direction, 0.0, 1.0)
        assert found.readings[step] == reading(trainer, image)
    assert found.readings[0] == found.own
    np.testing.assert_allclose(found.probabilities.sum(axis=1), 1.0, atol=1e-5)


def test_the_smallest_is_misread_and_a_little_less_is_not(trainer: Trainer) -> None:
    found = look(trainer, sample=rightly_read(trainer), finds=True)
    assert found.found is not None
    smallest = found.found.epsilon
    assert smallest is not None

    at, before = (
        reading(trainer, np.clip(found.image + epsilon * found.direction, 0.0, 1.0))
        for epsilon in (smallest, smallest - 0.0001)
    )

    assert at == found.found.reading != found.own
    assert before == found.own
    assert found.at(smallest)[1] == at


def test_towards_a_target_it_is_read_as_the_target(trainer: Trainer) -> None:
    sample = rightly_read(trainer)
    own = look(trainer, sample=sample).own
    reached = 0
    for target in range(10):
        found = look(trainer, sample=sample, target=target, finds=True)
        assert found.found is not None
        if target != own and found.found.epsilon is not None:
            assert found.found.reading == target
            reached += 1
    assert reached > 0


def test_a_drawing_is_pushed_away_from_what_it_is_read_as(trainer: Trainer) -> None:
    drawing = trainer.problem.test.raw[rightly_read(trainer)]
    found = look(trainer, drawing=drawing)

    assert found.sample is None
    assert found.own == found.readings[0] == reading(trainer, drawing / 255.0)


def test_an_image_that_is_misread_needs_no_push(trainer: Trainer) -> None:
    test, network = trainer.problem.test, trainer.network
    said = network.loss.decode(network.predict(test.inputs()))
    wrong = np.flatnonzero(said != test.targets)
    if not wrong.size:
        pytest.skip("this network reads all of them rightly")
    found = look(trainer, sample=int(wrong[0]), finds=True)

    assert found.found is not None
    assert found.found.epsilon == 0.0


def test_a_gradient_of_zero_is_said_to_be_one(trainer: Trainer) -> None:
    kept = trainer.network.parameters.copy()
    trainer.network.parameters[:] = 0.0
    found = look(trainer, sample=0, finds=True)
    trainer.network.parameters[:] = kept

    assert found.is_stuck
    assert found.found is not None
    assert found.found.epsilon is None


def test_looking_changes_nothing_of_the_run(trainer: Trainer) -> None:
    before, statistics = trainer.network.parameters.copy(), trainer.network.statistics.copy()
    look(trainer, sample=1, finds=True)

    assert np.array_equal(trainer.network.parameters, before)
    assert np.array_equal(trainer.network.statistics, statistics)


def test_an_image_of_another_size_is_not_read(trainer: Trainer) -> None:
    assert look_at_adversarial(trainer, AdversarialRequest(np.zeros((5, 5), np.uint8))) is None
