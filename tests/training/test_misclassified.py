"""What counts as misclassified is what the accuracy counts."""

from __future__ import annotations

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.misclassified import MisclassifiedRequest, find_misclassified
from tui_nn.training.trainer import Trainer


@pytest.mark.parametrize("part", ["train", "test"])
@pytest.mark.parametrize(
    "config",
    [Config(noise=0.5, samples=300), Config(dataset="rings", classes=4, samples=200)],
    ids=["two", "four"],
)
def test_their_number_is_one_minus_the_accuracy(config: Config, part: str) -> None:
    trainer = Trainer(config)
    found = find_misclassified(trainer, MisclassifiedRequest(part))
    accuracy = getattr(trainer.measure(), f"{part}_accuracy")
    targets = getattr(trainer.problem, part).targets

    assert len(found.indexes) == pytest.approx((1 - accuracy) * len(targets))
    assert len(found.indexes) > 1
    assert (found.truths == targets[found.indexes]).all()
    assert (found.truths != found.predictions).all()
    assert (np.diff(found.indexes) > 0).all()


def test_without_a_test_set_the_training_set_is_meant() -> None:
    found = find_misclassified(Trainer(Config(train_fraction=1.0)), MisclassifiedRequest("test"))

    assert found.part == "train"


def test_a_regression_has_no_classes() -> None:
    found = find_misclassified(Trainer(Config(dataset="reg-plane")), MisclassifiedRequest("train"))

    assert not len(found.indexes)
    assert not found.class_names
