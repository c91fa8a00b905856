"""A session that is told to go back in time: what it shows, says, and does next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.branching import begin_branch
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.commands import (
    Configure,
    Pause,
    Play,
    Recover,
    RequestSnapshot,
    Reset,
    Restore,
    Rewind,
    RewindTo,
    RunEpochs,
    RunSteps,
    SaveRun,
    SetParameter,
    WalkStep,
)
from tui_nn.training.example import Example
from tui_nn.training.saved_run import load_run
from tui_nn.training.session import Message, Session
from tui_nn.training.snapshot import Notice, Snapshot, Status, ViewRequest
from tui_nn.training.trainer import Trainer
from tui_nn.training.unwritten import WORTH_STEPS
from tui_nn.views.map.values import DecisionMap, Grid, MapRequest
from tui_nn.views.walk.look.walking import look_at_walk
from tui_nn.views.walk.values import WalkRequest

SMALL = Config(samples=60, batch_size=7, speed=None)
"""30 training samples in batches of 7: five steps an epoch."""
EXPLOSIVE = SMALL.replace(optimizer="sgd", loss="mse", output_activation="linear", learning_rate=1e6)
LOOK = RequestSnapshot(ViewRequest(looks=(MapRequest(Grid(6, 4, -2, 2, -2, 2)),), history=True, known_data=0))
TO_20 = (RunSteps(20), "pause")

PlayScript = Callable[..., list[Message]]


@pytest.fixture
def make(make_session: Callable[..., Session]) -> Callable[..., Session]:
    """Return a maker of small sessions."""
    return lambda config=SMALL, **options: make_session(config, **options)


def snapshots(messages: list[Message]) -> list[Snapshot]:
    return [message for message in messages if isinstance(message, Snapshot)]


def said(messages: list[Message]) -> list[str]:
    return [message.text for message in messages if isinstance(message, Notice)]


def trained(steps: int, config: Config = SMALL) -> Trainer:
    trainer = Trainer(config)
    for _ in range(steps):
        trainer.advance()
        trainer.record()
    return trainer


def test_a_rewound_session_shows_that_moment(make: Any, play: PlayScript) -> None:
    (there,) = snapshots(play(make(), RunSteps(12), "pause", LOOK))
    (seen,) = snapshots(play(make(), *TO_20, RewindTo(12), LOOK))

    assert (seen.step, seen.epoch, seen.status) == (12, 2, Status.PAUSED)
    assert np.array_equal(seen.reply(DecisionMap).surface, there.reply(DecisionMap).surface)
    assert seen.metrics == there.metrics
    assert (seen.timeline.position, seen.timeline.step, seen.timeline.last_step) == (12, 12, 20)


def test_the_whole_curve_stays_while_the_past_is_looked_at(make: Any, play: PlayScript) -> None:
    (seen,) = snapshots(play(make(), *TO_20, Rewind(-15), LOOK))

    assert seen.curves.steps.tolist() == list(range(21))


def test_going_back_pauses(make: Any, play: PlayScript) -> None:
    first, second = snapshots(play(make(), Play(), 30, Rewind(-2), LOOK, 10, LOOK))

    assert first.status is second.status is Status.PAUSED
    assert first.step == second.step < first.timeline.last_step


def test_many_presses_are_one_way_and_the_last_is_what_is_shown(make: Any, play: PlayScript) -> None:
    (seen,) = snapshots(play(make(), *TO_20, *[Rewind(-1)] * 9, Rewind(1), LOOK))

    assert seen.step == 12


def test_a_session_that_came_back_goes_on_as_if_nothing_had_happened(make: Any, play: PlayScript) -> None:
    left, stayed = make(), make()
    (seen,) = snapshots(play(left, *TO_20, Rewind(-7), LOOK, Rewind(50), LOOK, *TO_20, LOOK)[-1:])
    play(stayed, *TO_20, *TO_20)

    assert seen.step == 40
    for name in ("parameters", "optimizer_state"):
        a, b = (getattr(session.trainer.checkpoint(), name) for session in (left, stayed))
        assert a.tobytes() == b.tobytes()
    curves = [session.trainer.history.curves() for session in (left, stayed)]
    assert curves[0].train_loss.tobytes() == curves[1].train_loss.tobytes()
    assert curves[0].other is None


def test_it_says_that_it_is_back_in_the_present(make: Any, play: PlayScript) -> None:
    assert said(play(make(), *TO_20, Rewind(-7), RewindTo(None)))[-1] == "Back at the latest step, 20."


@pytest.mark.parametrize("command", [Rewind(-1), RewindTo(0)])
def test_it_says_that_there_is_nothing_to_go_back_to(make: Any, play: PlayScript, command: Any) -> None:
    messages = play(make(), command, LOOK)

    assert said(messages) == ["This is the first moment of the run."]
    assert snapshots(messages)[0].timeline.position is None


@pytest.mark.parametrize(
    ("command", "end"), [(Play(), None), (RunSteps(3), 15), (RunEpochs(1), 15)], ids=["play", "step", "epoch"]
)
def test_training_on_from_the_past_is_a_branch(
    make: Any, play: PlayScript, command: Any, end: int | None
) -> None:
    session = make()
    messages = play(session, *TO_20, RewindTo(12), command, 30 if end is None else "pause", LOOK)

    (words,) = said(messages)
    assert "branch from step 12" in words
    assert "fresh optimizer state" in words
    (seen,) = snapshots(messages)
    assert seen.timeline.branch_step == 12
    assert seen.timeline.position is None
    assert seen.step == end if end is not None else seen.step > 12
    assert seen.curves.other.steps.tolist() == list(range(12, 21))


def test_a_step_on_one_example_from_the_past_is_a_branch_too(make: Any, play: PlayScript) -> None:
    session = make()
    messages = play(session, *TO_20, RewindTo(12), WalkStep(Example()), LOOK)

    assert "branch from step 12" in said(messages)[0]
    assert snapshots(messages)[0].step == 13
    assert session.trainer.optimizer.steps == 1


def test_a_weight_changed_in_the_past_begins_the_branch(make: Any, play: PlayScript) -> None:
    session = make()
    (then,) = snapshots(play(session, *TO_20, RewindTo(12), SetParameter(0, 0, 0, 3.0), LOOK))
    assert then.timeline.position == 12
    play(session, RunSteps(1), "pause")

    assert session.trainer.timeline.frames[-1].step == 13
    assert abs(session.trainer.network.layers[0].weights[0, 0] - 3.0) < 0.1


def test_another_network_made_of_the_past_is_announced_as_a_branch(make: Any, play: PlayScript) -> None:
    messages = play(make(), *TO_20, RewindTo(12), Configure(SMALL.replace(hidden_sizes=(4, 3))), LOOK)

    assert "branch from step 12" in said(messages)[0]
    assert snapshots(messages)[0].timeline.position is None


def test_going_back_beyond_a_change_of_network_says_why_not(make: Any, play: PlayScript) -> None:
    change = Configure(SMALL.replace(hidden_sizes=(4, 3)))
    at_once = play(make(), *TO_20, change, Rewind(-1))
    assert said(at_once) == [
        "Hidden layers 4,2 -> 4,3 at step 20 changed the network: earlier moments do not fit it."
    ]
    (seen,) = snapshots(play(make(), *TO_20, change, *TO_20, RewindTo(0), LOOK))

    assert (seen.step, seen.timeline.first_step) == (20, 20)
    assert "4,2 -> 4,3" in seen.timeline.words


def test_a_learning_rate_set_in_the_past_holds_for_the_branch(make: Any, play: PlayScript) -> None:
    session = make()
    (seen,) = snapshots(
        play(session, *TO_20, RewindTo(12), Configure(SMALL.replace(learning_rate=0.5)), LOOK)
    )
    assert seen.timeline.position == 12
    assert seen.config.learning_rate == 0.5
    play(session, RunSteps(2), "pause")

    assert session.trainer.step == 14
    assert session.trainer.rate(13) == 0.5


def test_a_run_that_diverged_can_be_looked_at_and_trained_on(make: Any, play: PlayScript) -> None:
    session = make(EXPLOSIVE)
    messages = play(
        session, Play(), 30, LOOK, Rewind(-1), LOOK, Pause(), LOOK, Rewind(9), LOOK, Rewind(-1), LOOK
    )
    diverged, then, still, now, again = snapshots(messages)

    assert diverged.status is now.status is Status.DIVERGED
    assert diverged.trouble
    assert now.trouble == diverged.trouble
    assert then.status is still.status is again.status is Status.PAUSED
    assert then.trouble == ""
    assert np.isfinite(then.reply(DecisionMap).surface).all()
    play(session, RewindTo(0), Configure(EXPLOSIVE.replace(learning_rate=0.01)), RunSteps(5), "pause")
    assert session.trainer.step == 5
    assert session.status is Status.PAUSED


def test_a_reset_ends_the_time_travel(make: Any, play: PlayScript) -> None:
    (seen,) = snapshots(play(make(), *TO_20, Rewind(-3), Reset(), LOOK))

    assert (seen.step, seen.timeline.position, seen.timeline.n_frames) == (0, None, 0)


def test_recovering_keeps_the_moments_before_the_good_one(make: Any, play: PlayScript) -> None:
    session = make(SMALL, pauses_on_explosion=True)
    play(session, RunSteps(450), "pause")
    kept = session.trainer.timeline.frames
    play(session, Configure(SMALL.replace(optimizer="sgd", learning_rate=1e6)), Play(), 99, Recover())

    good = session.trainer.step
    assert 200 <= good <= 450
    assert [f.step for f in session.trainer.timeline.frames] == [f.step for f in kept if f.step <= good]


def test_a_checkpoint_for_a_killed_trainer_is_of_the_present(make: Any, play: PlayScript) -> None:
    session = make(checkpoint_every_s=0.01)
    messages = play(session, *TO_20, Rewind(-7), 99)

    checkpoints = [message for message in messages if isinstance(message, Checkpoint)]
    assert checkpoints[-1].step == 20
    assert checkpoints[-1].parameters.tobytes() == trained(20).network.parameters.tobytes()


def test_a_restored_run_begins_a_timeline(make: Any, play: PlayScript) -> None:
    messages = play(make(), Restore(trained(9).checkpoint()), Rewind(-1), LOOK)

    assert said(messages) == ["The timeline begins at step 9: the run was opened there."]


def test_large_sets_show_what_was_known_of_the_moment(make: Any, play: PlayScript) -> None:
    large = SMALL.replace(samples=6000, batch_size=50)
    session = make(large)
    (then,) = snapshots(play(session, RunSteps(800), "pause", RewindTo(160), LOOK))

    assert not session.trainer.is_quick_to_measure
    # Every 160th step is recorded: 4 times 2000 rows of both sets at batches of 50 are 320 steps.
    assert then.metrics == session.trainer.timeline.frames[160].metrics
    assert then.metrics.train_loss is not None


def test_writing_while_rewound_writes_what_is_shown(make: Any, play: PlayScript, tmp_path: Path) -> None:
    path = str(tmp_path / "run.npz")
    session = make()
    messages = play(session, *TO_20, RewindTo(12), SaveRun(path))

    assert said(messages) == [f"Saved to {path}: the moment of step 12."]
    checkpoint = load_run(path).checkpoint()
    assert checkpoint.step == 12
    assert np.array_equal(checkpoint.parameters, session.trainer.timeline.frames[12].parameters)
    other = Trainer(SMALL)
    other.load(checkpoint)
    begin_branch(session.trainer)
    for trainer in (other, session.trainer):
        for _ in range(9):
            trainer.advance()
    assert np.array_equal(other.network.parameters, session.trainer.network.parameters)


def test_writing_with_the_timeline_writes_all_of_it(make: Any, play: PlayScript, tmp_path: Path) -> None:
    path = str(tmp_path / "run.npz")
    messages = play(make(), *TO_20, RewindTo(12), SaveRun(path, with_timeline=True), LOOK)
    assert said(messages) == [f"Saved to {path} with 20 earlier moments."]
    assert snapshots(messages)[0].step == 12, "it stays where it is"
    run = load_run(path)
    other = make()
    seen = snapshots(play(other, Restore(run.checkpoint(), path), LOOK, RewindTo(7), LOOK))

    assert [moment.step for moment in seen] == [20, 7]
    assert other.trainer.network.parameters.tobytes() == trained(7).network.parameters.tobytes()


def test_a_timeline_that_cannot_be_read_leaves_the_run_alone(
    make: Any, play: PlayScript, tmp_path: Path
) -> None:
    messages = play(make(), *TO_20, Restore(trained(9).checkpoint(), str(tmp_path / "none.npz")), LOOK)

    assert "No such file" in said(messages)[0]
    assert snapshots(messages)[0].step == 20


def test_what_would_be_lost_is_known(make: Any, play: PlayScript, tmp_path: Path) -> None:
    path = str(tmp_path / "run.npz")
    long = (RunSteps(WORTH_STEPS + 1), "pause")
    session = make()
    seen = snapshots(play(session, LOOK, *TO_20, LOOK, *long, LOOK, SaveRun(path), LOOK, *TO_20, LOOK))
    assert [moment.is_worth_writing for moment in seen] == [False, False, True, False, False]

    seen = snapshots(play(make(), SetParameter(0, 0, 0, 1.0), LOOK, Reset(), LOOK))
    assert [moment.is_worth_writing for moment in seen] == [True, False]


def test_a_walk_in_the_past_announces_the_step_that_a_branch_takes(make: Any, play: PlayScript) -> None:
    session, fresh = make(), trained(12)
    play(session, *TO_20, RewindTo(12))
    fresh.optimizer.load(np.zeros_like(fresh.optimizer.state), 0)
    announced, expected = (look_at_walk(run, WalkRequest()).stages for run in (session.trainer, fresh))

    assert [stage.kind for stage in announced] == [stage.kind for stage in expected]
    assert announced[-1].lines == expected[-1].lines
