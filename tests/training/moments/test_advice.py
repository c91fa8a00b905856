"""Advice: values that do not contradict each other, in words that fit and name only what is there."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tui_nn.data import DATASETS
from tui_nn.data.own import array_dataset
from tui_nn.settings.actions import ACTIONS
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.moments import MOMENTS
from tui_nn.training.commands import Configure, RequestSnapshot, Reset, RunSteps
from tui_nn.training.moments import remedies
from tui_nn.training.moments.facts import are_unlike
from tui_nn.training.moments.log import Moment
from tui_nn.training.moments.remedies import (
    ADD_LAYER,
    ADD_NEURON,
    GO_BACK,
    GO_BACK_SLOWER,
    LOWER_RATE,
    NEW_WEIGHTS,
    RAISE_RATE,
    REMOVE_LAYER,
    STANDARDIZE,
    Remedy,
    in_words,
    without_contradictions,
)
from tui_nn.training.moments.watch import MomentWatch
from tui_nn.training.moments.window import Finding
from tui_nn.training.session import Session
from tui_nn.training.snapshot import Snapshot, ViewRequest

ALL = [value for value in vars(remedies).values() if isinstance(value, Remedy)]


@pytest.mark.parametrize(
    ("wanted", "before", "left"),
    [
        ([RAISE_RATE, ADD_NEURON], [LOWER_RATE], [ADD_NEURON]),
        ([LOWER_RATE, NEW_WEIGHTS], [RAISE_RATE], [NEW_WEIGHTS]),
        ([REMOVE_LAYER], [ADD_NEURON], []),
        ([ADD_LAYER], [REMOVE_LAYER], []),
        ([GO_BACK, GO_BACK_SLOWER], [RAISE_RATE], [GO_BACK]),
        ([LOWER_RATE, NEW_WEIGHTS], [LOWER_RATE, NEW_WEIGHTS], [LOWER_RATE, NEW_WEIGHTS]),
    ],
)
def test_a_remedy_that_undoes_one_before_is_left_out(
    wanted: list[Remedy], before: list[Remedy], left: list[Remedy]
) -> None:
    assert without_contradictions(wanted, before) == tuple(left)


def test_what_was_seen_is_said_though_its_remedy_was_ruled_out() -> None:
    watch = MomentWatch()
    watch.ended("plateau", 10, Finding("It stays", (LOWER_RATE,)))
    watch.ended("not_updating", 20, Finding("They rest", (RAISE_RATE,)))

    assert watch.log().moments[-1] == Moment("not_updating", 20, "They rest")
    assert watch.log().moments[-1].told("Not updating") == "Not updating: They rest."


def test_remedies_are_named_in_their_order() -> None:
    assert in_words([ADD_NEURON, LOWER_RATE]) == "Try u (add a neuron) or [ (lower the learning rate)"
    assert in_words([NEW_WEIGHTS, ADD_NEURON, ADD_LAYER]) == (
        "Try R (draw new weights), u (add a neuron) or h (add a hidden layer)"
    )


@pytest.mark.parametrize("remedy", ALL, ids=lambda remedy: f"{remedy.target} {remedy.direction}")
def test_a_remedy_names_a_key_that_is_there_and_its_setting_as_the_screen_does(remedy: Remedy) -> None:
    begin, _, letter = remedy.key.partition(" ")
    (action,) = [action for action in ACTIONS if begin in action.shown.split()]

    assert remedy.target in SETTINGS or remedy.target in action.name
    if letter:
        assert SETTINGS[remedy.target].letter == letter
    if remedy.target in SETTINGS and remedy.target != "hidden_sizes":
        assert SETTINGS[remedy.target].label in remedy.words


@pytest.mark.parametrize(
    ("columns", "is_unlike"),
    [
        (([-19, 19], [-1, 1]), False),
        (([-21, 21], [-20, 20]), True),
        (([29, 31], [30, 60]), True),
        (([-1, 1], [-0.04, 0.04]), False),
        (([-1, 1], [-0.03, 0.03]), True),
        (([-1, 1], [0, 0]), False),
        (([0, 0], [0, 0]), False),
    ],
)
def test_columns_are_unlike_where_one_is_large_or_hardly_varies_beside_another(
    columns: tuple[list[float], ...], is_unlike: bool
) -> None:
    assert are_unlike(np.array(columns).T) is is_unlike


# -- recorded runs

DEEP = {"activation": "sigmoid", "hidden_sizes": (8,) * 8}
RUNS: dict[str, tuple[int, dict[str, Any]]] = {
    "spiral": (4000, {"dataset": "spiral", "hidden_sizes": (8, 8)}),
    "unscaled": (1500, {"dataset": "unscaled"}),
    "unscaled relu": (1500, {"dataset": "unscaled", "activation": "relu", "hidden_sizes": (8, 8)}),
    "deep": (3000, DEEP),
    "too fast": (600, {"learning_rate": 100.0}),
    "too fast, relu": (300, {"learning_rate": 100.0, "activation": "relu", "optimizer": "sgd"}),
    "slow": (2500, {"learning_rate": 1e-5}),
    "few": (1500, {"samples": 60, "noise": 0.5, "dataset": "circle", "hidden_sizes": (32, 32)}),
    "no penalty": (
        1500,
        {"samples": 60, "noise": 0.5, "dataset": "circle", "hidden_sizes": (32, 32), "regularization": "l2"},
    ),
    "one neuron": (1500, {"dataset": "xor", "hidden_sizes": (1,)}),
    "dead": (100, {"activation": "relu", "bias_init": -10.0, "hidden_sizes": (8, 8)}),
    "healthy": (1500, {}),
}


def noticed(play: Callable[..., list[Any]], session: Session, steps: int) -> list[Moment]:
    """Train so many steps; return what was noticed."""
    look = RequestSnapshot(ViewRequest(moments=True))
    (seen,) = [m for m in play(session, RunSteps(steps), "pause", look) if isinstance(m, Snapshot)]
    assert seen.moments is not None
    return list(seen.moments.moments)


@pytest.fixture
def recorded(
    play: Callable[..., list[Any]], ticking: Any, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], list[Moment]]:
    """Return a function that trains one of RUNS and returns what was noticed."""
    rng = np.random.default_rng(0)
    ages, incomes = rng.uniform(30, 60, 300), rng.uniform(3000, 6000, 300)
    kind = array_dataset("own", np.column_stack([ages, incomes]), (incomes > 100 * ages).astype(int))
    monkeypatch.setitem(DATASETS, kind.name, kind)

    def run(name: str) -> list[Moment]:
        steps, given = RUNS[name]
        settings = {**given, "dataset": kind.name} if given.get("dataset") == "unscaled" else given
        session = Session(
            Config(speed=None).replace(**settings), pauses_on_explosion=True, clock=ticking(1e-4)
        )
        return noticed(play, session, steps)

    return run


@pytest.mark.parametrize("name", RUNS)
def test_no_advice_contradicts_what_was_said_before_and_each_sentence_fits(
    recorded: Callable[[str], list[Moment]], name: str
) -> None:
    moments = recorded(name)

    given = [remedy for moment in moments for remedy in moment.remedies]
    changed = [(a, b) for a, b in itertools.combinations(given, 2) if a.target == b.target]
    assert not [(a, b) for a, b in changed if a.direction * b.direction < 0]
    for moment in moments:
        sentence = moment.told(f"Paused, {MOMENTS[moment.kind].label}")
        assert len(textwrap.wrap(sentence, 78)) <= 2
        assert not moment.remedies or "Try " in sentence


@pytest.mark.parametrize("name", ["unscaled", "unscaled relu"])
def test_unlike_columns_are_to_be_standardized_first(
    recorded: Callable[[str], list[Moment]], name: str
) -> None:
    troubles = [moment for moment in recorded(name) if MOMENTS[moment.kind].is_trouble]

    assert troubles
    assert all(moment.remedies[0] == STANDARDIZE for moment in troubles if moment.kind != "overfitting")


# -- remedies that were tried

MORE_STEPS = 1500
TRIED: dict[str, tuple[str, dict[str, Any]]] = {
    "too fast": ("vanishing", {"learning_rate": 100.0}),
    "dead": ("dead_units", RUNS["dead"][1]),
    "deep": ("vanishing", DEEP),
    "slow": ("plateau", {"learning_rate": 1e-5}),
    "one neuron": ("plateau", {"dataset": "xor", "hidden_sizes": (1,)}),
    "few": ("overfitting", RUNS["few"][1]),
}
CHANGED: dict[str, Callable[[Config, Remedy], dict[str, Any]]] = {
    "activation": lambda config, remedy: {"activation": "leaky_relu"},
    "clip_norm": lambda config, remedy: {"clip_norm": 1.0},
    "regularization": lambda config, remedy: {"regularization": "l2", "regularization_rate": 0.003},
    "samples": lambda config, remedy: {"samples": 2 * config.samples},
    "reset_to_new_weights": lambda config, remedy: {"weights_seed": config.weights_seed + 1},
    "learning_rate": lambda config, remedy: {
        "learning_rate": SETTINGS["learning_rate"].kind.neighbor(config.learning_rate, remedy.direction)
    },
    "hidden_sizes": lambda config, remedy: {
        "hidden_sizes": config.hidden_sizes[:-1]
        if remedy == REMOVE_LAYER
        else (config.hidden_sizes[0] + 1, *config.hidden_sizes[1:])
    },
}
"""What one press of each remedy's key changes, by its target."""


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("name", TRIED)
def test_the_remedy_that_is_named_first_helps_most(
    play: Callable[..., list[Any]], ticking: Any, name: str, seed: int
) -> None:
    kind, settings = TRIED[name]
    config = Config(speed=None).replace(**settings, data_seed=seed, weights_seed=seed)

    moments = noticed(play, Session(config, clock=ticking(1e-4)), 1500)
    moment = next(moment for moment in moments if moment.kind == kind)

    def loss_after(remedy: Remedy) -> float:
        changed = config.replace(**CHANGED[remedy.target](config, remedy))
        resets = [Reset()] if remedy == NEW_WEIGHTS else []
        session = Session(config, clock=ticking(1e-4))
        play(
            session,
            RunSteps(moment.step),
            "pause",
            Configure(changed),
            *resets,
            RunSteps(MORE_STEPS),
            "pause",
        )
        metrics = session.trainer.measure()
        loss = metrics.test_loss if kind == "overfitting" else metrics.train_loss
        return float("inf") if loss is None else loss

    losses = {remedy.words: loss_after(remedy) for remedy in moment.remedies}
    first, *others = losses.values()

    assert others
    assert first < min(others), losses
