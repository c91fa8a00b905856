"""The tasks that Google's course sets for TensorFlow Playground, answered by the commands of the docs."""

from __future__ import annotations

import json
import re
import shlex
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "sweeps.md").read_text(encoding="utf-8")
GOAL = 0.177
Rows = list[dict[str, Any]]


@pytest.fixture
def answer(call: Any) -> Callable[[str], dict[str, Any]]:
    """Return a function that runs the command of a task, which its first words name."""
    (common,) = re.findall(r"command, behind `tui-nn (sweep [^`]*)`", PAGE)

    def run(task: str) -> dict[str, Any]:
        (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| {task}")]
        own = re.findall(r"`([^`]*)`", row)
        finished = call(*shlex.split(" ".join([common, *own])), "--json")
        assert finished.status == 0
        result: dict[str, Any] = json.loads(finished.stdout)
        return result

    return run


def by(rows: Rows, name: str) -> dict[Any, Rows]:
    found: dict[Any, Rows] = {}
    for row in rows:
        found.setdefault(str(row[name]), []).append(row)
    return found


def test_two_neurons_never_reach_the_goal_and_three_or_four_do(answer: Any) -> None:
    # Two kinks cut the plane into half-planes and their overlap, which is no exclusive or.
    rows = by(answer("the smallest network")["runs"], "hidden_sizes")
    reached = {size: sum(row["test_loss"] <= GOAL for row in found) for size, found in rows.items()}

    assert (reached["[1]"], reached["[2]"]) == (0, 0)
    assert reached["[3]"] + reached["[4]"] >= 1


def test_ten_restarts_have_their_spread(answer: Any) -> None:
    result = answer("how far ten restarts differ")
    losses = [row["test_loss"] for row in result["runs"]]
    (group,) = result["groups"]

    assert [row["seed"] for row in result["runs"]] == list(range(10))
    assert (group["seeds"], group["min"], group["max"]) == (10, min(losses), max(losses))
    assert group["median"] == pytest.approx(statistics.median(losses))


def test_the_best_rate_of_l2_is_the_one_of_the_lowest_median_and_a_large_one_is_told_apart(
    answer: Any,
) -> None:
    result = answer("the best rate of L2")
    medians = {
        rate: statistics.median(row["test_loss"] for row in rows)
        for rate, rows in by(result["runs"], "regularization_rate").items()
    }
    best, *others = result["groups"]

    assert str(best["regularization_rate"]) == min(medians, key=medians.__getitem__)
    told_apart = {group["regularization_rate"]: group["told_apart"] for group in others}
    assert told_apart[1.0]  # a penalty so strong leaves no weights


def test_the_rate_with_the_fewest_epochs_is_neither_the_smallest_nor_the_largest(answer: Any) -> None:
    result = answer("the learning rate with the fewest epochs")
    best = result["groups"][0]

    assert best["measure"] == "epochs"
    assert best["learning_rate"] == 0.3
    assert result["groups"][-1]["learning_rate"] == 3.0
    reached = [row["epochs"] for row in result["runs"] if row["status"] == "stopped"]
    assert result["runs"][result["best"]]["epochs"] == min(reached)
