"""The landscape of a session: computed beside the training, stopped by a command, let go with its network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.commands import (
    CancelCompute,
    Command,
    Compute,
    Configure,
    Play,
    RequestSnapshot,
    Reset,
    RunEpochs,
    RunSteps,
    SetParameter,
)
from tui_nn.training.session import Message, Session
from tui_nn.training.snapshot import Notice, Snapshot, ViewRequest
from tui_nn.views.landscape.values import Landscape, LandscapeRequest, Work

SMALL = Config(samples=60, batch_size=7, speed=None)
COMPUTE = Compute(LandscapeRequest(seed=2, span=0.5, size=17))
LOOK = RequestSnapshot(ViewRequest(looks=(LandscapeRequest(),)))
ENOUGH = 400
"""Rounds in which 17 x 17 losses are computed."""

PlayScript = Callable[..., list[Message]]
Make = Callable[..., Session]


@pytest.fixture
def session(make_session: Make) -> Session:
    return make_session(SMALL)


def landscapes(messages: list[Message]) -> list[Landscape | None]:
    return [m.reply(Landscape) for m in messages if isinstance(m, Snapshot)]


def notices(messages: list[Message]) -> list[Notice]:
    return [message for message in messages if isinstance(message, Notice)]


def test_there_is_none_before_one_is_wanted(session: Session, play: PlayScript) -> None:
    assert landscapes(play(session, LOOK)) == [None]


def test_it_grows_while_the_run_is_paused(session: Session, play: PlayScript) -> None:
    first, done = landscapes(play(session, COMPUTE, LOOK, ENOUGH, LOOK))

    assert (first.work, first.seed, first.span) == (Work.COMPUTING, 2, 0.5)
    assert 0 < first.n_done < done.n_done == 17 * 17
    assert done.work is Work.DONE
    assert session.trainer.step == 0


def test_a_paused_session_waits_for_commands_only_when_it_is_done(session: Session) -> None:
    script: list[Sequence[Command] | None] = [[COMPUTE], *[()] * ENOUGH, None]
    waits: list[float | None] = []

    def receive(wait_s: float | None) -> Sequence[Command] | None:
        waits.append(wait_s)
        return script.pop(0)

    session.run(receive, lambda _: None)

    assert (waits[0], waits[1], waits[-1]) == (None, 0.0, None)


def test_it_grows_while_the_run_trains(session: Session, play: PlayScript) -> None:
    begun, seen = landscapes(play(session, Play(), 3, COMPUTE, LOOK, ENOUGH, LOOK))

    assert seen.work is Work.DONE
    assert session.trainer.step > ENOUGH
    assert 0 < begun.step == seen.step < 20, "its middle is where the run was when it was asked for"


@pytest.mark.parametrize("speed", [None, 300.0])
def test_training_gives_the_same_bits_beside_it(
    speed: float | None, play: PlayScript, make_session: Make, ticking: Callable[[float], Any]
) -> None:
    beside, alone = (
        make_session(SMALL.replace(speed=speed, dropout=0.2), clock=ticking(0.0004)) for _ in "ab"
    )
    play(beside, RunEpochs(20), COMPUTE, 3, LOOK, 3, LOOK, CancelCompute(), 5, COMPUTE, "pause", ENOUGH, LOOK)
    play(alone, RunEpochs(20), "pause")

    assert beside.trainer.step == alone.trainer.step == 100
    for one, other in zip(_bits(beside), _bits(alone), strict=True):
        assert one == other


def _bits(session: Session) -> list[Any]:
    trainer, curves = session.trainer, session.trainer.history.curves()
    checkpoint = trainer.checkpoint()
    return [
        trainer.network.parameters.tobytes(),
        trainer.optimizer.state.tobytes(),
        checkpoint.dropout_state,
        curves.train_loss.tobytes(),
    ]


def test_cancelled_it_stays_as_it_is_and_works_no_more(session: Session, play: PlayScript) -> None:
    at_once, later = landscapes(play(session, COMPUTE, CancelCompute(), LOOK, ENOUGH, LOOK))

    assert at_once.work is later.work is Work.STOPPED
    assert at_once.n_done == later.n_done < 17 * 17
    assert at_once.values.tobytes() == later.values.tobytes()
    assert session._wait_s() is None


def test_cancelling_nothing_is_no_error(session: Session, play: PlayScript) -> None:
    assert notices(play(session, CancelCompute(), COMPUTE, ENOUGH, CancelCompute())) == []


@pytest.mark.parametrize("rounds", [1, ENOUGH], ids=["while it is computed", "when it is done"])
@pytest.mark.parametrize("changes", [{"hidden_sizes": (5,)}, {"data_seed": 4}], ids=["network", "data"])
def test_another_network_ends_it_with_a_sentence(
    session: Session, play: PlayScript, changes: dict[str, Any], rounds: int
) -> None:
    change = Configure(SMALL.replace(**changes))
    messages = play(session, COMPUTE, rounds, change, LOOK)

    assert landscapes(messages) == [None]
    assert any("landscape was given up" in notice.text for notice in notices(messages))
    assert session._wait_s() is None


def test_other_weights_of_the_same_network_leave_it(session: Session, play: PlayScript) -> None:
    change = Configure(SMALL.replace(learning_rate=0.5, optimizer="sgd"))
    _, moved = landscapes(
        play(session, COMPUTE, 5, LOOK, RunSteps(9), change, SetParameter(0, 0, 0, 3.0), ENOUGH, LOOK)
    )

    assert moved.work is Work.DONE
    assert np.linalg.norm(moved.place) > 0
    (reset,) = landscapes(play(session, Reset(), LOOK))
    assert reset.place == pytest.approx([0, 0], abs=1e-6), "it was computed around the first weights"


def test_the_path_is_that_of_the_run(session: Session, play: PlayScript) -> None:
    (seen,) = landscapes(play(session, RunSteps(12), "pause", COMPUTE, RunSteps(5), "pause", LOOK))

    assert len(seen.path) >= 12
    assert seen.path[12] == pytest.approx([0, 0], abs=1e-6), "it passes the middle at step 12"
    assert np.linalg.norm(seen.path[0]) > 0


def test_weights_that_are_not_finite_have_none(session: Session, play: PlayScript) -> None:
    session.trainer.network.parameters[0] = np.nan
    messages = play(session, COMPUTE, LOOK)

    assert landscapes(messages) == [None]
    (notice,) = notices(messages)
    assert notice.is_error
    assert "not finite" in notice.text


def test_it_is_small_enough_for_every_picture(session: Session, play: PlayScript) -> None:
    from tui_nn.training.remote.frames import pack

    (seen,) = landscapes(play(session, Compute(LandscapeRequest()), LOOK))

    assert len(pack(seen)) < 50_000
