"""The same seed gives the same bits: headless, watched, and watched at another frame rate."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.commands import Play, RequestSnapshot, RunEpochs
from tui_nn.training.session import Session
from tui_nn.training.snapshot import ViewRequest
from tui_nn.views.looks import new_looks
from tui_nn.views.map.values import DecisionMap, Grid, MapRequest
from tui_nn.views.network.values import Insides, InsidesRequest

EVERYTHING = ViewRequest(
    looks=(
        MapRequest(Grid(40, 30, -2, 2, -2, 2), (1, 0), (0.3, 0.7)),
        InsidesRequest(Grid(6, 3, -2, 2, -2, 2), probe=(0.3, 0.7)),
    ),
    history=True,
)
SOMETHING = ViewRequest(looks=(MapRequest(Grid(7, 5, -1, 1, -1, 1)),), known_data=0)

CONFIGS = {
    "default": Config(samples=120),
    "large": Config(samples=6000, batch_size=64),
    "carried": Config(samples=70, batch_size=8, remainder="carry"),
    "dying": Config(samples=70, regularization="l1", regularization_rate=0.1),
    "regression": Config(dataset="reg-gauss", samples=100, dtype="float64"),
}


def run(session: Session, looks: int, request: ViewRequest | None) -> list[bytes]:
    """Train some epochs, with two looks in every `looks`-th round, and return every bit that came out."""
    commands: list[Any] = [RunEpochs(10)]
    rounds = 0

    def receive(wait_s: float | None) -> Any:
        nonlocal rounds
        rounds += 1
        if wait_s is None:
            return [commands.pop()] if commands else None
        return [RequestSnapshot(request)] * 2 if request and rounds % looks == 0 else ()

    session.run(receive, lambda message: None)
    trainer, curves = session.trainer, session.trainer.history.curves()
    return [
        trainer.network.parameters.tobytes(),
        trainer.optimizer.state.tobytes(),
        trainer.batches.state()["order"].tobytes(),
        *(getattr(curves, name).tobytes() for name in ("steps", "train_loss", "test_loss", "test_accuracy")),
    ]


@pytest.mark.parametrize("name", CONFIGS)
def test_watching_changes_no_bit(name: str, ticking: Any) -> None:
    config = CONFIGS[name].replace(speed=None)
    headless = run(Session(config, looks=new_looks()), 1, None)
    watched = run(Session(config, clock=ticking(0.001), looks=new_looks()), 1, EVERYTHING)
    seldom = run(Session(config, clock=ticking(0.0004), looks=new_looks()), 7, SOMETHING)

    assert headless == watched == seldom


def test_a_trainer_that_keeps_good_moments_changes_no_bit(ticking: Any) -> None:
    config = CONFIGS["default"].replace(speed=None, epochs=50)
    plain = run(Session(config, looks=new_looks()), 1, None)
    guarded = Session(
        config, pauses_on_explosion=True, checkpoint_every_s=0.01, clock=ticking(0.001), looks=new_looks()
    )

    assert plain == run(guarded, 3, EVERYTHING)


def test_the_speed_changes_no_bit(ticking: Any) -> None:
    config = CONFIGS["default"]
    fast, slow = (
        run(Session(config.replace(speed=s), clock=ticking(0.01), looks=new_looks()), 2, SOMETHING)
        for s in (None, 30)
    )

    assert fast == slow


def test_a_look_gives_the_same_picture_twice(play: Any) -> None:
    session = Session(CONFIGS["default"], looks=new_looks())
    look = RequestSnapshot(EVERYTHING)
    first, second = play(session, look, look)

    assert np.array_equal(first.reply(DecisionMap).surface, second.reply(DecisionMap).surface)
    assert first.metrics == second.metrics


def test_what_a_snapshot_holds_does_not_change_afterwards(play: Any) -> None:
    session = Session(CONFIGS["default"].replace(speed=None), looks=new_looks())
    look = RequestSnapshot(EVERYTHING)
    first, *_ = play(session, look)
    kept = [
        array.copy()
        for array in (
            first.reply(DecisionMap).surface,
            *first.reply(Insides).weights,
            *first.reply(Insides).maps,
        )
    ]
    play(session, RunEpochs(3), "pause", look, Play(), 3, look)

    for before, now in zip(
        kept,
        (first.reply(DecisionMap).surface, *first.reply(Insides).weights, *first.reply(Insides).maps),
        strict=True,
    ):
        assert np.array_equal(before, now)
