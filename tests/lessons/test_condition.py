"""Conditions are read from text and judged by a record alone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tui_nn.lessons.condition import parse_condition

RECORD: dict[str, Any] = {
    "train_loss": 0.2,
    "test_loss": 0.3,
    "train_accuracy": 0.97,
    "test_accuracy": 0.9,
    "test_r2": None,
    "epochs": 20,
    "steps": 500,
    "parameters": 13,
    "status": "paused",
    "activation": "tanh",
    "learning_rate": 0.03,
}


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("test_accuracy >= 0.9", True),
        ("test_accuracy > 0.9", False),
        ("test_accuracy >= 90 %", True),
        ("train_accuracy - test_accuracy >= 0.05", True),
        ("train_accuracy - test_accuracy >= 0.08", False),
        ("test_loss < train_loss + 0.2", True),
        ("test_loss < 0.4 and parameters <= 12", False),
        ("test_loss < 0.4 and parameters <= 13", True),
        ("test_loss < 0.4 within 20 epochs", True),
        ("test_loss < 0.4 within 19 epochs", False),
        ("test_loss < 0.4 within 499 steps", False),
        ("activation == tanh and learning_rate == 0.03", True),
        ("activation != tanh", False),
        ("status == diverged", False),
        ("test_r2 >= 0", False),
        ("test_r2 < 0", False),
    ],
)
def test_a_record_fulfills_a_condition_or_not(text: str, is_so: bool) -> None:
    assert parse_condition(text).holds(RECORD) is is_so


@pytest.mark.parametrize(
    "text",
    [
        "test_accuracy >= 1.5",
        "test_accuracy < 0",
        "train_loss < 0",
        "epochs >= 50 within 20 epochs",
        "train_accuracy - test_accuracy > 1",
        "test_r2 > 1",
    ],
)
def test_what_no_run_can_fulfill_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no run can fulfill this"):
        parse_condition(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("test_acuracy >= 0.9", "test_accuracy?"),
        ("test_accuracy", "no comparison"),
        ("test_accuracy >= 0.9 within soon", "neither a number nor a measure"),
        ("activation >= tanh", "by == or !="),
        ("activation == relo", "relo is not allowed"),
        ("status == happy", "one of running"),
        ("test_accuracy >= __import__('os')", "__import__ is no measure"),
    ],
)
def test_what_is_no_condition_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        parse_condition(text)
