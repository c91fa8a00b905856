from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.branching import use_parameters
from tui_nn.training.commands import (
    Configure,
    Pause,
    Play,
    Recover,
    Reset,
    RunEpochs,
    UseParameters,
)
from tui_nn.training.session import Message, Session
from tui_nn.training.snapshot import Notice
from tui_nn.training.trainer import Trainer

CONFIG = Config(samples=80, hidden_sizes=(8,), batch_size=8, optimizer="sgd", learning_rate=0.3, speed=None)
ROUGH = CONFIG.replace(learning_rate=6.0)
"""With it the test loss goes up and down."""
EPOCHS = 6
ONE_LINE = 78
"""Cells of the event line at 80 columns."""

PlayScript = Callable[..., list[Message]]


@pytest.fixture(scope="module")
def trained() -> np.ndarray:
    """Return weights that are good already."""
    trainer = Trainer(CONFIG)
    while trainer.epoch < 40:
        trainer.advance()
    return trainer.network.parameters.copy()


def course(config: Config, start: np.ndarray, epochs: int) -> list[tuple[float, np.ndarray]]:
    """Return test loss and weights before the first and after each epoch, of a trainer that nobody helps."""
    trainer = Trainer(config)
    use_parameters(trainer, start)
    found = []
    for epoch in range(epochs + 1):
        while trainer.epoch < epoch:
            trainer.advance()
        loss = trainer.measure().test_loss
        assert loss is not None
        found.append((loss, trainer.network.parameters.copy()))
    return found


def lowest(found: list[tuple[float, np.ndarray]]) -> int:
    return int(np.argmin([loss for loss, _ in found]))


def said(messages: list[Message]) -> list[str]:
    return [message.text for message in messages if isinstance(message, Notice)]


def new_session(config: Config, ticking: Any) -> Session:
    return Session(config, clock=ticking(0.001))


def parameters(session: Session) -> np.ndarray:
    return session.trainer.network.parameters


def test_going_on_is_told_of_better_weights_and_takes_them_back(
    trained: np.ndarray, play: PlayScript, ticking: Any
) -> None:
    found = course(ROUGH, trained, EPOCHS)
    best = lowest(found)
    assert best < EPOCHS
    session = new_session(ROUGH, ticking)

    told = said(play(session, UseParameters(trained), RunEpochs(EPOCHS), "pause"))

    which = f"after epoch {best}" if best else "it began with"
    sentence = f"The weights {which} had a lower test loss, {found[best][0]:.5g}: b restores them."
    assert sentence in told
    assert len(sentence) <= ONE_LINE
    np.testing.assert_array_equal(parameters(session), found[EPOCHS][1])
    assert f"Back to the weights {which}" in said(play(session, Recover()))[-1]
    np.testing.assert_array_equal(parameters(session), found[best][1])
    assert session.metrics().test_loss == found[best][0]


def test_the_weights_it_began_with_are_kept_too(trained: np.ndarray, play: PlayScript, ticking: Any) -> None:
    config = CONFIG.replace(learning_rate=30.0)
    assert lowest(course(config, trained, 2)) == 0
    session = new_session(config, ticking)

    told = said(play(session, UseParameters(trained), RunEpochs(2), "pause", Recover()))

    assert "The weights it began with had a lower test loss" in told[-2]
    np.testing.assert_array_equal(parameters(session), trained)


def test_a_pause_tells_of_them_as_well(trained: np.ndarray, play: PlayScript, ticking: Any) -> None:
    session = new_session(CONFIG.replace(learning_rate=30.0), ticking)

    told = said(play(session, UseParameters(trained), Play(), 20, Pause()))

    assert "b restores them" in told[-1]


def test_nothing_is_said_where_the_last_weights_are_the_best(
    trained: np.ndarray, play: PlayScript, ticking: Any
) -> None:
    config = CONFIG.replace(learning_rate=0.01)
    found = course(config, trained, 2)
    assert lowest(found) == 2
    session = new_session(config, ticking)

    assert said(play(session, UseParameters(trained), RunEpochs(2), "pause")) == []
    assert "nothing to recover from" in said(play(session, Recover()))[-1]
    np.testing.assert_array_equal(parameters(session), found[2][1])


@pytest.mark.parametrize("before", [[], [Reset()]], ids=["a run of its own", "a reset"])
def test_a_run_from_first_weights_keeps_none(
    trained: np.ndarray, play: PlayScript, ticking: Any, before: list[Any]
) -> None:
    session = new_session(ROUGH, ticking)
    first = [UseParameters(trained), *before] if before else []

    told = said(play(session, *first, RunEpochs(EPOCHS), "pause", Recover()))

    assert "nothing to recover from" in told[-1]
    assert not any("restores them" in words for words in told)


@pytest.mark.parametrize("changed", [{"data_seed": 3}, {"activation": "relu"}, {"hidden_sizes": (9,)}])
def test_weights_tested_on_other_data_or_in_another_network_are_not_taken_back(
    trained: np.ndarray, play: PlayScript, ticking: Any, changed: dict[str, Any]
) -> None:
    session = new_session(ROUGH, ticking)

    told = said(
        play(
            session,
            UseParameters(trained),
            RunEpochs(2),
            "pause",
            Configure(ROUGH.replace(**changed)),
            Recover(),
        )
    )

    assert "nothing to recover from" in told[-1]


def test_without_a_test_set_there_is_nothing_to_compare(play: PlayScript, ticking: Any) -> None:
    config = ROUGH.replace(train_fraction=1.0)
    session = new_session(config, ticking)
    start = Trainer(config).network.parameters.copy()

    assert said(play(session, UseParameters(start), RunEpochs(EPOCHS), "pause")) == []
