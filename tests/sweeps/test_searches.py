"""Searches choose as they say: nothing twice, halves by the median, what Optuna asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tui_nn.sweeps.planning import make_search
from tui_nn.sweeps.runs import Run
from tui_nn.sweeps.search import Search
from tui_nn.sweeps.space_of import no_settings, space_of
from tui_nn.sweeps.varying import read_varying


def search_of(
    name: str, over: Sequence[str], n_runs: int | None = None, seeds: int = 0, **given: str
) -> Search:
    arguments = no_settings()
    for setting, text in given.items():
        setattr(arguments, setting, text)
    return make_search(space_of([read_varying(text) for text in over], seeds, arguments, {}), name, n_runs)


def play(search: Search, loss_of: Any) -> list[Run]:
    """Train nothing: tell the search a loss for each of its runs, in turn."""
    runs = []
    while (run := search.next()) is not None:
        loss = loss_of(run)
        status = "diverged" if loss is None else "finished"
        search.told(run, {"test_loss": loss, "train_loss": loss, "status": status})
        runs.append(run)
    return runs


def rate(run: Run) -> float:
    return float(dict(run.choice)["learning_rate"])


def test_a_grid_has_every_value_with_every_other_once() -> None:
    runs = play(search_of("grid", ["noise=0,0.1", "hidden=4;8,8;none"], seeds=2), lambda run: 1.0)

    assert len({(run.choice, run.seed) for run in runs}) == len(runs) == 12


def test_random_draws_of_few_choices_are_all_of_them_once() -> None:
    runs = play(search_of("random", ["noise=0,0.1,0.2", "hidden=4,8"], 50), lambda run: 1.0)

    assert len(runs) == len({run.choice for run in runs}) == 6


@pytest.mark.parametrize(("n_runs", "seeds"), [(7, 0), (7, 2), (1, 3), (12, 3)])
def test_random_runs_are_as_many_as_are_asked_for(n_runs: int, seeds: int) -> None:
    assert len(search_of("random", ["learning_rate=1e-4..1"], n_runs, seeds).planned) == n_runs


def test_each_round_of_halving_has_half_the_choices_and_twice_the_epochs() -> None:
    search = search_of("halving", ["learning_rate=0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8"], epochs="80")
    n_planned = len(search.planned)

    runs = play(search, lambda run: abs(rate(run) - 0.5))

    rounds: dict[int, list[float]] = {}
    for run in runs:
        assert run.config is not None
        rounds.setdefault(run.config.epochs, []).append(rate(run))
    assert {epochs: len(rates) for epochs, rates in rounds.items()} == {10: 8, 20: 4, 40: 2, 80: 1}
    assert rounds[80] == [0.5]
    assert [run.is_part for run in runs] == [True] * 14 + [False]
    assert n_planned == len(search.planned) == 15


def test_halving_goes_by_the_median_over_seeds_and_drops_what_diverges() -> None:
    losses = {0.1: [0.3, 0.3, 0.3], 0.2: [0.0, 0.9, 0.9], 0.3: [None, None, 0.0], 0.4: [0.4, 0.1, 0.2]}
    search = search_of("halving", ["learning_rate=0.1,0.2,0.3,0.4"], seeds=3, epochs="40")

    runs = play(search, lambda run: losses[rate(run)][run.seed])

    assert {rate(run) for run in runs if run.config and run.config.epochs == 20} == {0.1, 0.4}
    assert {rate(run) for run in runs if not run.is_part} == {0.4}


def test_a_schedule_is_cut_and_not_squeezed_by_halving() -> None:
    search = search_of("halving", ["learning_rate=0.1,0.2"], epochs="40", schedule="cosine")
    first = search.next()

    assert first is not None
    assert first.config is not None
    assert (first.config.epochs, first.config.stop_epochs) == (40, 20)


def test_one_epoch_cannot_be_halved() -> None:
    runs = play(search_of("halving", ["learning_rate=0.1,0.2,0.3"], epochs="1"), lambda run: 1.0)

    assert [run.is_part for run in runs] == [False] * 3


def test_optuna_comes_closer_to_what_is_best() -> None:
    pytest.importorskip("optuna")
    runs = play(search_of("optuna", ["learning_rate=1e-4..1"], 40), lambda run: (rate(run) - 0.2) ** 2)

    assert len(runs) == 40
    errors = [abs(rate(run) - 0.2) for run in runs]
    assert sorted(errors[20:])[10] < sorted(errors[:10])[5]  # of the later half, and of the first draws


def test_optuna_is_told_of_runs_that_diverge_and_asks_no_choice_twice() -> None:
    pytest.importorskip("optuna")
    search = search_of("optuna", ["hidden=2,4,8"], 30, seeds=2)

    runs = play(search, lambda run: None)

    assert len(runs) == len({(run.choice, run.seed) for run in runs}) == 6


def test_optuna_learns_before_it_asks_for_more() -> None:
    pytest.importorskip("optuna")
    search = search_of("optuna", ["learning_rate=1e-4..1"], 40)

    asked = [run for run in (search.next() for _ in range(10)) if run is not None]
    search.told(asked[0], {"test_loss": 0.5, "train_loss": 0.5, "status": "finished"})

    assert len(asked) == 4
    assert search.next() is not None
    assert search.next() is None
