from __future__ import annotations

import pytest

from tui_nn.commands.wording import describe, describe_briefly, number, percent
from tui_nn.training.snapshot import Metrics


@pytest.mark.parametrize(("fraction", "text"), [(0.97163, "97.2 %"), (1.0, "100.0 %"), (None, "-")])
def test_a_fraction_is_written_as_percent(fraction: float | None, text: str) -> None:
    assert percent(fraction) == text


@pytest.mark.parametrize(("value", "text"), [(0.08541, "0.0854"), (12345.6, "1.23e+04"), (None, "-")])
def test_a_loss_has_some_digits(value: float | None, text: str) -> None:
    assert number(value) == text


def test_a_classification_is_described_by_losses_and_accuracies() -> None:
    metrics = Metrics(train_loss=0.25, test_loss=0.5, train_accuracy=0.9, test_accuracy=0.8)

    assert describe(metrics) == (
        "train loss 0.2500  test loss 0.5000  train accuracy 90.0 %  test accuracy 80.0 %"
    )


def test_a_regression_is_described_by_r2() -> None:
    metrics = Metrics(train_loss=0.25, test_loss=0.5, train_r2=0.9, test_r2=0.8)

    assert describe(metrics) == "train loss 0.2500  test loss 0.5000  train R² 0.9000  test R² 0.8000"


def test_what_is_not_known_is_left_out() -> None:
    assert (
        describe(Metrics(train_loss=0.25, train_accuracy=0.9)) == "train loss 0.2500  train accuracy 90.0 %"
    )


def test_a_loss_that_is_no_number_is_a_dash() -> None:
    assert describe(Metrics()).startswith("train loss -")


@pytest.mark.parametrize(
    ("metrics", "text"),
    [
        (Metrics(train_loss=0.25, train_accuracy=1.0, test_accuracy=0.8), "loss 0.2500  test 80.0 %"),
        (Metrics(train_loss=0.25, train_accuracy=1.0), "loss 0.2500  test -"),
        (Metrics(train_loss=0.25, train_r2=0.9, test_r2=-1234.5), "loss 0.2500  test R² -1.23e+03"),
    ],
)
def test_a_brief_description_fits_beside_a_bar(metrics: Metrics, text: str) -> None:
    assert describe_briefly(metrics) == text
    assert len(text) <= 30
