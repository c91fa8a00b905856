from __future__ import annotations

from tui_nn.settings.config import Config
from tui_nn.training.rules import StopRules, explosion
from tui_nn.training.snapshot import Metrics


def at(loss: float, accuracy: float = 0.5) -> Metrics:
    return Metrics(train_loss=0.1, test_loss=loss, train_accuracy=0.99, test_accuracy=accuracy)


def test_without_rules_nothing_stops() -> None:
    assert StopRules().reason(Config(), 10**6, at(0.0, 1.0)) == ""


def test_enough_epochs_stop() -> None:
    config = Config(stop_epochs=10)

    assert StopRules().reason(config, 9, at(1.0)) == ""
    assert "10 epochs" in StopRules().reason(config, 10, at(1.0))


def test_the_test_accuracy_stops_and_not_that_of_training() -> None:
    config = Config(stop_accuracy=0.95)

    assert StopRules().reason(config, 1, at(1.0, accuracy=0.94)) == ""
    assert "test accuracy reached 95.0 %" in StopRules().reason(config, 1, at(1.0, accuracy=0.95))


def test_without_a_test_set_the_training_accuracy_stops() -> None:
    metrics = Metrics(train_loss=0.1, train_accuracy=0.96)

    assert "training accuracy" in StopRules().reason(Config(stop_accuracy=0.95), 1, metrics)


def test_a_low_loss_stops() -> None:
    config = Config(stop_loss=0.2)

    assert StopRules().reason(config, 1, at(0.21)) == ""
    assert "fell to 0.2" in StopRules().reason(config, 1, at(0.2))


def test_patience_is_counted_from_the_best_loss() -> None:
    config, rules = Config(patience=3), StopRules()
    losses = [1.0, 0.5, 0.6, 0.5, 0.7]
    reasons = [rules.reason(config, epoch, at(loss)) for epoch, loss in enumerate(losses)]

    assert reasons[:4] == [""] * 4
    assert "3 epochs" in reasons[4]
    assert "best 0.5" in reasons[4]


def test_a_loss_that_grows_many_times_explodes() -> None:
    assert explosion(0.5, Metrics(train_loss=3.99), 0.1) == ""
    assert explosion(0.5, Metrics(train_loss=4.0), 0.1) == ""
    assert explosion(0.5, Metrics(train_loss=4.01), 0.1) == (
        "the training loss grew to 4.01 (learning rate 0.1)"
    )


def test_a_loss_that_is_not_finite_explodes() -> None:
    assert "not finite" in explosion(1.0, Metrics(train_loss=None), 0.1)


def test_what_a_rule_remembers_makes_the_same_rule_again() -> None:
    config, rules = Config(patience=3), StopRules()
    for epoch, loss in enumerate([0.9, 0.5, 0.6]):
        rules.reason(config, epoch, at(loss))
    again = StopRules(**rules.state())

    assert again.reason(config, 3, at(0.6)) == ""
    assert "has not fallen for 3 epochs (best 0.5)" in again.reason(config, 4, at(0.6))


def test_a_loss_of_another_kind_is_compared_with_nothing_before() -> None:
    config, rules = Config(patience=3), StopRules()
    rules.reason(config, 1, at(0.1))
    rules.judge_anew(10)

    assert rules.reason(config, 11, at(0.8)) == ""
    assert rules.reason(config, 13, at(0.9)) == ""
    assert "best 0.8" in rules.reason(config, 14, at(0.9))
