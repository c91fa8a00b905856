"""What a lesson says is proved by running it; what does not hold is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_nn.lessons.checking.form import check_siblings
from tui_nn.lessons.checking.proofs import prove
from tui_nn.lessons.checking.running import run_to
from tui_nn.lessons.condition import parse_condition
from tui_nn.lessons.lesson import Lesson, Way
from tui_nn.lessons.reading import parse_lesson
from tui_nn.settings.config import Config

QUICK = """\
+++
title = "Quick"
goal = "Be quick."
minutes = 1
level = 1
shows = ["learning rate"]
[config]
dataset = "blobs"
samples = 40
noise = 0.05
hidden_sizes = "none"
optimizer = "sgd"
learning_rate = 0.0001
[[claim]]
says = "One epoch at a rate of 1 is enough."
measure = "test_accuracy"
config = { learning_rate = 1.0 }
epochs = 1
between = [0.9, 1.0]
[[claim]]
says = "It lowers the loss."
measure = "train_loss"
config = { learning_rate = 1.0 }
than = {}
epochs = 3
+++
## Reach
```toml
do = "reach"
task = "Lower the loss."
until = "train_loss < 0.08 within 20 epochs"
solution = { learning_rate = 2.0 }
wrong = { learning_rate = 0.001 }
```
---
## Predict
```toml
do = "predict"
ask = "And then?"
answers = ["much", "little"]
right = 1
run = { learning_rate = 1.0 }
epochs = 3
holds = "train_loss < 0.3"
```
"""


def complaints(text: str, tmp_path: Path) -> list[str]:
    return [problem.words for problem in prove(parse_lesson(text, tmp_path / "01-quick.md"))]


def test_what_holds_is_not_complained_of(tmp_path: Path) -> None:
    assert complaints(QUICK, tmp_path) == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("learning_rate = 0.0001", "learning_rate = 2.0", "the start reaches"),
        (
            "solution = { learning_rate = 2.0 }",
            "solution = { learning_rate = 0.002 }",
            "the solution reaches",
        ),
        ("wrong = { learning_rate = 0.001 }", "wrong = { learning_rate = 3.0 }", "the wrong way reaches"),
        ('holds = "train_loss < 0.3"', 'holds = "train_loss > 0.3"', "holds on 0 of 10 seeds"),
        ("between = [0.9, 1.0]", "between = [0.1, 0.2]", "Between 0.1 and 0.2: 0 of 10 seeds"),
        ("than = {}", "than = { learning_rate = 1.01 }", "not larger than the spread over seeds"),
    ],
)
def test_what_does_not_hold_is_found(tmp_path: Path, before: str, after: str, words: str) -> None:
    assert before in QUICK

    found = complaints(QUICK.replace(before, after, 1), tmp_path)

    assert any(words in told for told in found), found


def test_weights_set_by_hand_are_judged_without_training() -> None:
    config = Config().replace(dataset="blobs", samples=40, noise=0.0, hidden_sizes=())
    across = Way(weights=((1, 1, 1, 5.0), (1, 2, 1, 5.0), (1, 0, 1, 0.0)))
    condition = parse_condition("train_accuracy >= 0.95 within 0 steps")

    right, wrong = (
        run_to(config, condition, 0, Way(weights=tuple((*w[:3], sign * w[3]) for w in across.weights)))
        for sign in (1, -1)
    )

    assert (right.reached is None) != (wrong.reached is None)


def test_a_sibling_that_asks_something_else_is_found(tmp_path: Path) -> None:
    def read(name: str, text: str) -> Lesson:
        return parse_lesson(text, tmp_path / name)

    first = read("01-quick.md", QUICK)
    same = read("01-quick.de.md", QUICK.replace("Lower the loss.", "Weniger."))
    other = read("01-quick.fr.md", QUICK.replace("< 0.08 within", "< 0.3 within"))

    assert check_siblings([first, same]) == []
    assert len(check_siblings([first, same, other])) == 1
