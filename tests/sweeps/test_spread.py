"""Groups of seeds: their spread, and the sentence that says whether they can be told apart."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tui_nn.settings.config import Config
from tui_nn.sweeps.results import Measure, Results
from tui_nn.sweeps.runs import REFUSED, Run, no_record
from tui_nn.sweeps.spread import compare, spreads_of

LOSS = Measure("test_loss")


def a_record(loss: float | None, status: str = "finished") -> dict[str, Any]:
    return {"test_loss": loss, "train_loss": loss, "test_accuracy": 0.5, "status": status}


def results_of(groups: dict[str, list[float | None]]) -> Results:
    """Return results of a sweep over noise: for each value the losses of its seeds, None for diverged."""
    results = Results()
    for noise, losses in groups.items():
        for seed, loss in enumerate(losses):
            run = Run((("noise", noise),), seed, Config(noise=float(noise)))
            results.add(run, a_record(loss, "diverged" if loss is None else "finished"))
    return results


def test_a_group_has_its_median_its_ends_and_its_losses() -> None:
    (spread,) = spreads_of(results_of({"0.1": [0.4, 0.1, None, 0.2, 0.9]}))

    assert spread.as_row(LOSS) == {
        "measure": "test_loss",
        "seeds": 5,
        "lost": 1,
        "median": 0.4,  # of 0.1 0.2 0.4 0.9 and one worse than all
        "min": 0.1,
        "max": 0.9,
    }


def test_a_group_that_mostly_diverged_has_no_median() -> None:
    (spread,) = spreads_of(results_of({"0.1": [0.4, None, None]}))

    assert spread.as_row(LOSS)["median"] is None
    assert math.isinf(spread.median)


def test_the_best_median_comes_first() -> None:
    spreads = spreads_of(
        results_of({"0.1": [0.1, 0.9, 0.8], "0.2": [0.5, 0.5, 0.4], "0.3": [None, None, None]})
    )

    assert [dict(spread.choice)["noise"] for spread in spreads] == ["0.2", "0.1", "0.3"]


def test_groups_that_do_not_overlap_are_told_apart() -> None:
    (verdict,) = compare(spreads_of(results_of({"0.2": [5, 6, 7, 8, 9], "0.1": [1, 2, 3, 4, 4.5]})))

    assert verdict.is_told_apart
    assert verdict.sentence("test loss") == (
        "noise=0.1 is better than noise=0.2 in test loss (Mann-Whitney U = 25, p = 0.0079, 5 and 5 seeds)."
    )


def test_groups_that_overlap_are_said_not_to_be_told_apart() -> None:
    (verdict,) = compare(spreads_of(results_of({"0.1": [1, 3, 5, 7, 9], "0.2": [2, 4, 6, 8, 10]})))

    assert not verdict.is_told_apart
    assert "noise=0.1 and noise=0.2 cannot be told apart in test loss" in verdict.sentence("test loss")


def test_so_few_seeds_that_nothing_could_be_seen_are_said() -> None:
    (verdict,) = compare(spreads_of(results_of({"0.1": [1, 2, 3], "0.2": [4, 5, 6]})))

    assert not verdict.is_told_apart
    assert verdict.sentence("test loss").endswith(
        "3 and 3 seeds; so few seeds never can, p is 0.1 at least)."
    )


def test_many_comparisons_make_each_weaker() -> None:
    alone = compare(spreads_of(results_of({"0.1": [1, 2, 3, 4], "0.2": [5, 6, 7, 8]})))
    among = compare(
        spreads_of(results_of({"0.1": [1, 2, 3, 4], "0.2": [5, 6, 7, 8], "0.3": [5.5, 6.5, 7.5, 8.5]}))
    )

    assert alone[0].p == pytest.approx(2 / 70)
    assert among[0].p == pytest.approx(2 * 2 / 70)


def test_runs_that_were_refused_are_no_group() -> None:
    results = results_of({"0.1": [1, 2]})
    results.add(Run((("noise", "9"),), 0, None, "no"), no_record(REFUSED, "no"))

    assert len(spreads_of(results)) == 1


@pytest.mark.parametrize(
    ("configs", "record", "name"),
    [
        ([Config(), Config(noise=0.2)], {}, "test_loss"),
        ([Config(), Config(train_fraction=1.0)], {"test_loss": None}, "train_loss"),
        ([Config(), Config(loss="mse")], {}, "test_accuracy"),
        (
            [Config(dataset="reg-plane"), Config(dataset="reg-plane", loss="huber")],
            {"test_accuracy": None, "test_r2": 0.5},
            "test_r2",
        ),
    ],
)
def test_runs_are_compared_by_what_they_share(
    configs: list[Config], record: dict[str, Any], name: str
) -> None:
    results = Results()
    for i, config in enumerate(configs):
        given = {**a_record(0.5), "train_accuracy": 0.5, **(record if i else {**record, "test_loss": 0.5})}
        results.add(Run((("noise", str(i)),), 0, config), given)

    assert results.measure.name == name


def test_a_higher_accuracy_is_better() -> None:
    results = Results()
    for i, (loss, accuracy) in enumerate([("mse", 0.8), ("binary_cross_entropy", 0.9)]):
        results.add(
            Run((("loss", loss),), 0, Config(loss=loss)), {**a_record(0.1 * i), "test_accuracy": accuracy}
        )

    assert results.best() == 1
