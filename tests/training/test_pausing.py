"""A run that waits at its moments: it says at which, goes on as far as it was to, and computes the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.settings.moments import MOMENTS
from tui_nn.training.commands import (
    Begin,
    GoOn,
    LeaveMoment,
    Play,
    RequestSnapshot,
    Reset,
    RewindTo,
    RunSteps,
)
from tui_nn.training.session import Message, Session
from tui_nn.training.snapshot import Snapshot, Status, ViewRequest

LOOK = RequestSnapshot(ViewRequest(moments=True))
BASE = Config(speed=None)
PlayScript = Callable[..., list[Message]]


def session_of(ticking: Any, **settings: Any) -> Session:
    return Session(BASE.replace(**settings), clock=ticking(1e-4))


TAUGHT = tuple(MOMENTS)


def looks(messages: list[Any]) -> list[Snapshot]:
    return [message for message in messages if isinstance(message, Snapshot)]


def test_a_run_that_waits_tells_at_which_moment_in_its_own_numbers(play: PlayScript, ticking: Any) -> None:
    session = session_of(ticking, pause_on=TAUGHT)
    (seen,) = looks(play(session, Play(), "pause", LOOK))

    (moment,) = seen.paused_at
    assert (moment.kind, moment.step) == ("first_forward", 0)
    assert "samples went through" in moment.what
    assert moment in seen.moments.moments


def test_it_goes_on_to_the_next_moment(play: PlayScript, ticking: Any) -> None:
    session = session_of(ticking, pause_on=TAUGHT)
    messages = play(session, Play(), "pause", GoOn(), "pause", LOOK, GoOn(), "pause", LOOK)

    assert [[m.kind for m in seen.paused_at] for seen in looks(messages)] == [["first_backward"], ["goal"]]


def test_it_goes_on_only_as_far_as_it_was_to_train(play: PlayScript, ticking: Any) -> None:
    session = session_of(ticking, pause_on=TAUGHT)
    messages = play(session, RunSteps(30), "pause", GoOn(), "pause", GoOn(), "pause", LOOK)
    (seen,) = looks(messages)

    assert (seen.step, seen.status, seen.paused_at) == (30, Status.PAUSED, ())


def test_a_step_that_ends_at_a_moment_ends_there(play: PlayScript, ticking: Any) -> None:
    session = session_of(ticking, pause_on=("first_backward",))
    first, second = looks(play(session, RunSteps(1), "pause", LOOK, GoOn(), LOOK))

    assert [m.kind for m in first.paused_at] == ["first_backward"]
    assert (second.step, second.status, second.paused_at) == (1, Status.PAUSED, ())


def test_going_on_where_nothing_is_waited_at_does_nothing(play: PlayScript, ticking: Any) -> None:
    (seen,) = looks(play(session_of(ticking), RunSteps(5), "pause", GoOn(), LOOK))

    assert (seen.step, seen.status) == (5, Status.PAUSED)


def test_the_same_run_after_a_reset_does_not_wait_again(play: PlayScript, ticking: Any) -> None:
    session = session_of(ticking, pause_on=TAUGHT)
    to_the_goal = [Play(), "pause", GoOn(), "pause", GoOn(), "pause"]
    messages = play(
        session, *to_the_goal, LOOK, GoOn(), RunSteps(1), "pause", Reset(), RunSteps(40), "pause", LOOK
    )
    first, again = looks(messages)

    assert [m.kind for m in first.paused_at] == ["goal"]
    assert (again.step, again.paused_at) == (40, ())
    assert [m.kind for m in again.moments.moments[:2]] == ["first_forward", "first_backward"]


@pytest.mark.parametrize("changes", [{"weights_seed": 7}, {"data_seed": 7}, {"hidden_sizes": (5,)}])
def test_another_run_waits_at_its_own_moments(
    play: PlayScript, ticking: Any, changes: dict[str, Any]
) -> None:
    session = session_of(ticking, pause_on=TAUGHT)
    other = session.trainer.config.replace(**changes)
    messages = play(session, Play(), "pause", GoOn(), "pause", GoOn(), Begin(other), Play(), "pause", LOOK)

    (seen,) = looks(messages)
    assert [m.kind for m in seen.paused_at] == ["first_forward"]


def test_a_moment_that_nobody_went_on_from_is_waited_at_again(play: PlayScript, ticking: Any) -> None:
    session = session_of(ticking, pause_on=TAUGHT)
    (seen,) = looks(play(session, Play(), "pause", Reset(), Play(), "pause", LOOK))

    assert [m.kind for m in seen.paused_at] == ["first_forward"]


def test_a_moment_that_was_left_is_not_waited_at(play: PlayScript, ticking: Any) -> None:
    session = session_of(ticking, pause_on=TAUGHT)
    first, second = looks(play(session, Play(), "pause", LeaveMoment(), LOOK, Play(), "pause", LOOK))

    assert (first.status, first.paused_at) == (Status.PAUSED, ())
    assert [m.kind for m in second.paused_at] == ["first_backward"]


@pytest.mark.parametrize("command", [Play(), RunSteps(1), RewindTo(0), Reset()])
def test_what_else_a_run_is_told_ends_the_waiting(play: PlayScript, ticking: Any, command: Any) -> None:
    session = session_of(ticking, pause_on=("first_backward",))
    (seen,) = looks(play(session, RunSteps(1), "pause", command, LOOK))

    assert seen.paused_at == ()


def test_a_run_that_waited_at_everything_has_the_same_bits(play: PlayScript, ticking: Any) -> None:
    config = {"learning_rate": 3.0, "optimizer": "sgd", "batch_size": 10}
    waiting, plain = session_of(ticking, pause_on=TAUGHT, **config), session_of(ticking, **config)
    messages = play(waiting, RunSteps(700), *["pause", LOOK, GoOn()] * 12, "pause")
    play(plain, RunSteps(700), "pause")

    assert sum(bool(seen.paused_at) for seen in looks(messages)) >= 2
    assert waiting.trainer.step == plain.trainer.step == 700
    assert np.array_equal(waiting.trainer.network.parameters, plain.trainer.network.parameters)


def test_a_divergence_is_waited_at_too(play: PlayScript, ticking: Any) -> None:
    session = Session(
        BASE.replace(learning_rate=100, pause_on=("divergence",)),
        pauses_on_explosion=True,
        clock=ticking(1e-4),
    )
    (seen,) = looks(play(session, Play(), "pause", LOOK))

    assert seen.status is Status.DIVERGED
    assert [m.kind for m in seen.paused_at] == ["divergence"]
