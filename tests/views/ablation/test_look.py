"""The ablation of a session: computed beside the training, of the weights as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.commands import Configure, HoldNeuron, Play, RequestSnapshot, RunEpochs, RunSteps
from tui_nn.training.session import Message, Session
from tui_nn.training.snapshot import Notice, Snapshot, ViewRequest
from tui_nn.training.verdict.ablation import Ablation, ablate
from tui_nn.views.ablation.values import AblationRequest, SeenAblation

SMALL = Config(samples=60, batch_size=7, speed=None)
LOOK = RequestSnapshot(ViewRequest(looks=(AblationRequest(),)))
ENOUGH = 100
"""Rounds in which six neurons are silent in turn."""

PlayScript = Callable[..., list[Message]]
Make = Callable[..., Session]


@pytest.fixture
def session(make_session: Make) -> Session:
    return make_session(SMALL)


def seen(messages: list[Message]) -> list[SeenAblation]:
    return [m.reply(SeenAblation) for m in messages if isinstance(m, Snapshot)]  # type: ignore[misc]


def numbers(found: Ablation | None) -> Any:
    return None if found is None else (found.whole, found.units)


def test_the_first_look_begins_it_and_a_later_one_finds_it(session: Session, play: PlayScript) -> None:
    first, done = seen(play(session, RunSteps(5), 20, LOOK, ENOUGH, LOOK))

    assert (first.found, first.is_current) == (None, False)
    assert numbers(done.found) == numbers(ablate(session.trainer.network, session.trainer.problem))
    assert (done.step, done.is_current) == (5, True)


def test_nothing_is_computed_while_nobody_looks(session: Session, play: PlayScript) -> None:
    play(session, LOOK, ENOUGH, RunSteps(5), ENOUGH)

    assert session._wait_s() is None


@pytest.mark.parametrize("change", [RunSteps(3), HoldNeuron("cut", (1, 1))])
def test_other_weights_are_looked_at_anew(session: Session, play: PlayScript, change: Any) -> None:
    before, *_, after = seen(
        play(session, LOOK, ENOUGH, LOOK, change, ENOUGH, LOOK, ENOUGH, LOOK, ENOUGH, LOOK)
    )[1:]

    assert numbers(after.found) != numbers(before.found)
    assert numbers(after.found) == numbers(ablate(session.trainer.network, session.trainer.problem))
    assert after.is_current


def test_another_network_has_no_table_of_the_one_before(session: Session, play: PlayScript) -> None:
    other = Configure(SMALL.replace(hidden_sizes=(3,)))
    at_once, later = seen(play(session, LOOK, ENOUGH, LOOK, other, LOOK, ENOUGH, LOOK))[2:]

    assert at_once.found is None
    assert later.found is not None
    assert [unit.node for unit in later.found.units] == [(1, 0), (1, 1), (1, 2)]


def test_while_a_run_trains_the_table_is_of_a_step_that_it_says(session: Session, play: PlayScript) -> None:
    *_, last = seen(play(session, Play(), 5, LOOK, ENOUGH, LOOK))

    assert last.found is not None
    assert 0 < last.step < session.trainer.step
    assert not last.is_current


@pytest.mark.parametrize("speed", [None, 300.0])
def test_training_gives_the_same_bits_beside_it(
    speed: float | None, play: PlayScript, make_session: Make, ticking: Callable[[float], Any]
) -> None:
    beside, alone = (
        make_session(SMALL.replace(speed=speed, dropout=0.2), clock=ticking(0.0004)) for _ in "ab"
    )
    play(beside, RunEpochs(20), LOOK, 3, LOOK, 3, LOOK, 5, LOOK, "pause", ENOUGH, LOOK)
    play(alone, RunEpochs(20), "pause")

    assert beside.trainer.step == alone.trainer.step == 100
    assert np.array_equal(beside.trainer.network.parameters, alone.trainer.network.parameters)
    assert np.array_equal(beside.trainer.optimizer.state, alone.trainer.optimizer.state)


def test_without_a_hidden_layer_it_says_so_and_works_no_more(make_session: Make, play: PlayScript) -> None:
    session = make_session(SMALL.replace(hidden_sizes=()))
    messages = play(session, LOOK, ENOUGH, LOOK)

    assert {(view.words, view.is_current) for view in seen(messages)} == {
        ("There is no hidden neuron to silence.", True)
    }
    assert not [message for message in messages if isinstance(message, Notice) and message.is_error]
