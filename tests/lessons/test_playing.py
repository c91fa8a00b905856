"""A lesson while it is played: what each kind of task takes, and what the panel says of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tui_nn.lessons.playing import Playing
from tui_nn.lessons.reading import parse_lesson
from tui_nn.lessons.saying import say_folded, say_whole
from tui_nn.lessons.text import keys_named, lines_of
from tui_nn.settings.config import Config

HEAD = """\
+++
title = "T"
goal = "G"
minutes = 1
level = 1
shows = ["learning rate"]
[config]
dataset = "blobs"
+++
## One
Text.
```toml
"""
LONG = "a rather long reason that goes on and on about one thing and another " * 4


def playing(task: str) -> Playing:
    return Playing(parse_lesson(f"{HEAD}{task}\n```\nAfter.", Path("01-t.md")), Config())


def record(**measures: Any) -> dict[str, Any]:
    return {"steps": 10, "epochs": 1, "status": "running", "parameters": 3, **measures}


def folded(played: Playing) -> str:
    lines = say_folded(played, 78).lines
    assert len(lines) <= 2
    return " ".join(word.text for line in lines for word in line)


PREDICT = f"""
do = "predict"
ask = "How much?"
answers = ["much", "little"]
right = 1
because = ["", "{LONG}"]
epochs = 5
holds = "test_accuracy > 0.5"
"""
REACH = """
do = "reach"
task = "Reach it."
until = "test_accuracy >= 0.9 within 5 epochs"
par = { epochs = 2 }
solution = { learning_rate = 1.0 }
wrong = { learning_rate = 0.001 }
"""


def test_a_prediction_is_locked_before_its_run_begins() -> None:
    played = playing(PREDICT)
    played.move(1)

    wanted = played.lock()
    played.move(-1)

    assert wanted.train == 5
    assert wanted.begin is not None
    assert played.cursor == 1
    assert not played.is_done


def test_a_prediction_stands_beside_what_happened() -> None:
    played = playing(PREDICT)
    played.lock()

    still = played.see([record(epochs=4, test_accuracy=0.75)], played.start_config())
    ended = played.see([record(epochs=5, steps=50, test_accuracy=0.75)], played.start_config())

    assert not still.finished
    assert ended.finished
    assert played.verdict == "You said much. It was 75.0 %: right."
    assert not played.has_missed


def test_a_wrong_prediction_says_why_and_is_remembered() -> None:
    played = playing(PREDICT)
    played.move(1)
    played.lock()
    played.see([record(epochs=5, test_accuracy=0.75)], played.start_config())

    assert played.has_missed
    assert "on and on" in played.verdict
    assert folded(played) == "Done. 8 says why."


@pytest.mark.parametrize(
    ("typed", "is_right"), [("75", True), ("74 %", True), ("60", False), ("0.75", False)]
)
def test_a_number_is_predicted_in_percent(typed: str, is_right: bool) -> None:
    played = playing('do = "predict"\nask = "?"\nepochs = 5\ntolerance = 0.02')
    for letter in typed:
        played.type(letter)
    played.lock()
    played.see([record(epochs=5, test_accuracy=0.75)], played.start_config())

    assert played.has_missed is not is_right


def test_nothing_typed_is_no_answer() -> None:
    played = playing('do = "answer"\nask = "?"\nnumber = 0.0')

    wanted = played.lock()

    assert wanted.says == "Type a number, then enter."
    assert not played.is_done


def test_a_goal_held_for_a_moment_between_two_pictures_counts() -> None:
    played = playing(REACH)
    records = [
        record(test_accuracy=0.5),
        record(steps=20, epochs=2, test_accuracy=0.92),
        record(steps=30, epochs=3, test_accuracy=0.8),
    ]

    wanted = played.see(records, played.start_config())

    assert wanted.finished
    assert played.verdict == "Reached in epoch 2, 2 epochs; par is 2."
    assert played.best == 2


def test_a_goal_that_came_too_late_is_open_until_a_new_run() -> None:
    played = playing(REACH)

    late = played.see([record(steps=99, epochs=6, test_accuracy=0.95)], played.start_config())
    again = played.see([record(steps=10, epochs=1, test_accuracy=0.95)], played.start_config())

    assert "5 epochs are over" in late.says
    assert again.finished


@pytest.mark.parametrize(("change", "is_solved"), [({"learning_rate": 1.0}, True), ({"noise": 0.0}, False)])
def test_only_what_may_be_changed_may_be(change: dict[str, Any], is_solved: bool) -> None:
    played = playing(REACH)

    played.see(
        [record(test_accuracy=0.95)], played.start_config().replace(**change, weights_seed=3, speed=None)
    )

    assert played.is_done is is_solved
    assert is_solved or "another noise" in played.verdict


def test_keys_are_pressed_in_their_order_whatever_comes_between() -> None:
    played = playing('do = "press"\ntask = "Press."\npress = "s ]"')

    for key in ("right_square_bracket", "s", "e"):
        played.pressed(key)
    assert not played.is_done
    played.pressed("right_square_bracket")

    assert played.is_done


def test_hints_come_one_at_a_time_and_stay() -> None:
    played = playing(REACH + 'hints = ["First.", "Second."]')

    assert [played.hint() for _ in range(3)] == ["First.", "Second.", "Second."]
    shown = [" ".join(word.text for word in line) for line in say_whole(played, 40, 20).lines]
    assert "Hint: First." in shown
    assert "Hint: Second." in shown


def test_showing_solves_by_the_solution() -> None:
    wanted = playing(REACH).show()

    assert wanted.begin is not None
    assert wanted.begin.learning_rate == 1.0
    assert wanted.train == 0


def test_markdown_marks_keys_and_breaks_lines_between_words() -> None:
    text = "Press [space], then [[] or []]; **all of it** is `w x`.\n\n    a  formula\n- one\n- two"

    lines = lines_of(text, 20)

    assert keys_named(text) == [(0, "space"), (0, "["), (0, "]")]
    assert [" ".join(w.text for w in line) for line in lines if line][-3:] == [
        "    a  formula",
        "- one",
        "- two",
    ]
    assert [word.mark for word in lines[0][:2]] == ["", "key"]
    assert lines[0][2].is_joined  # the comma stands at its key
