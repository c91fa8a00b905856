from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.commands import (
    Configure,
    Pause,
    Play,
    Recover,
    RequestSnapshot,
    Reset,
    Restore,
    RunEpochs,
    RunSteps,
    SetParameter,
    UseParameters,
)
from tui_nn.training.run_control import SLICE_S
from tui_nn.training.session import Message, Session
from tui_nn.training.snapshot import Notice, Snapshot, Status, ViewRequest
from tui_nn.training.trainer import Trainer
from tui_nn.views.map.values import DecisionMap, Grid, MapRequest

SMALL = Config(samples=60, batch_size=7, speed=None)
"""30 training samples in batches of 7: five steps an epoch."""
EXPLOSIVE = SMALL.replace(optimizer="sgd", loss="mse", output_activation="linear", learning_rate=1e6)
LOOK = RequestSnapshot(ViewRequest())

PlayScript = Callable[..., list[Message]]


@pytest.fixture
def make(make_session: Callable[..., Session]) -> Callable[..., Session]:
    """Return a maker of small sessions."""
    return lambda config=SMALL, **options: make_session(config, **options)


def snapshots(messages: list[Message]) -> list[Snapshot]:
    return [message for message in messages if isinstance(message, Snapshot)]


def notices(messages: list[Message]) -> list[Notice]:
    return [message for message in messages if isinstance(message, Notice)]


def checkpoints(messages: list[Message]) -> list[Checkpoint]:
    return [message for message in messages if isinstance(message, Checkpoint)]


def parameters(session: Session) -> np.ndarray:
    return session.trainer.network.parameters.copy()


def test_a_session_begins_paused(make: Any, play: PlayScript) -> None:
    (seen,) = snapshots(play(make(), 5, LOOK))

    assert (seen.status, seen.step, seen.epoch) == (Status.PAUSED, 0, 0)


def test_a_session_ends_with_its_commands(make: Any, play: PlayScript) -> None:
    assert play(make()) == []


def test_play_trains_until_told_otherwise(make: Any, play: PlayScript) -> None:
    running, paused, still = snapshots(play(make(), Play(), 50, LOOK, Pause(), LOOK, 5, LOOK))

    assert running.status is Status.RUNNING
    assert running.step > 50
    assert paused.status is Status.PAUSED
    assert paused.step == still.step >= running.step


def test_so_many_steps_are_trained(make: Any, play: PlayScript) -> None:
    (seen,) = snapshots(play(make(), RunSteps(12), "pause", LOOK))

    assert (seen.step, seen.epoch, seen.status) == (12, 2, Status.PAUSED)


def test_an_epoch_is_trained_to_its_end(make: Any, play: PlayScript) -> None:
    # From step 3, within the first epoch: to step 5, then a whole one to step 10.
    script = (RunSteps(3), "pause", RunEpochs(1), "pause", LOOK, RunEpochs(1), "pause", LOOK)
    first, second = snapshots(play(make(), *script))

    assert (first.step, first.epoch) == (5, 1)
    assert (second.step, second.epoch) == (10, 2)


def test_many_epochs_are_trained(make: Any, play: PlayScript) -> None:
    (seen,) = snapshots(play(make(), RunEpochs(4), "pause", LOOK))

    assert (seen.step, seen.epoch) == (20, 4)


def test_playing_after_a_counted_run_is_not_counted(make: Any, play: PlayScript) -> None:
    (seen,) = snapshots(play(make(), RunSteps(3), "pause", Play(), 50, LOOK))

    assert seen.step > 50


@pytest.mark.parametrize("command", [RunSteps(0), RunEpochs(0), RunSteps(-1)])
def test_nothing_to_run_runs_nothing(make: Any, play: PlayScript, command: Any) -> None:
    (seen,) = snapshots(play(make(), command, 20, LOOK))

    assert (seen.step, seen.status) == (0, Status.PAUSED)


def test_a_reset_begins_again_and_keeps_running(make: Any, play: PlayScript) -> None:
    session = make()
    paused, running = snapshots(play(session, RunSteps(9), "pause", Reset(), LOOK, Play(), 9, Reset(), LOOK))

    assert (paused.step, paused.epoch, paused.status) == (0, 0, Status.PAUSED)
    assert paused.training_seconds == 0
    assert running.status is Status.RUNNING
    assert running.step < 9


def test_training_is_looked_away_from_every_few_milliseconds(ticking: Any, play: PlayScript) -> None:
    clock = ticking(0.0001)
    session, looks = Session(SMALL, clock=clock), []

    class Watch:
        def __init__(self) -> None:
            self.script: list[Any] = [[Play()], *[()] * 20]

        def receive(self, wait_s: float | None) -> Any:
            looks.append(clock.now)
            return self.script.pop(0) if self.script else None

    session.run(Watch().receive, lambda message: None)

    # A slice, the step under way, and some looks at the clock.
    assert max(b - a for a, b in itertools.pairwise(looks)) < SLICE_S + 0.003


def test_a_set_speed_is_kept(ticking: Any, play: PlayScript) -> None:
    clock = ticking(0.0001)
    session = Session(SMALL.replace(speed=100), clock=clock)

    class Sleeper:
        """Sleeps as long as it is told, until ten seconds are over."""

        def __init__(self) -> None:
            self.has_begun = False

        def receive(self, wait_s: float | None) -> Any:
            if not self.has_begun:
                self.has_begun = True
                return [Play()]
            clock.now += wait_s
            return () if clock.now < 10 else None

    session.run(Sleeper().receive, lambda message: None)

    assert session.trainer.step == pytest.approx(1000, abs=3)


def test_the_speed_that_is_reached_is_shown(ticking: Any, play: PlayScript) -> None:
    clock = ticking(0.0)
    session = Session(SMALL.replace(speed=50), clock=clock)
    seen: list[Snapshot] = []
    lines = itertools.chain([[Play()]], itertools.cycle([(), [LOOK]]))

    def receive(wait_s: float | None) -> Any:
        clock.now += wait_s or 0
        return next(lines) if clock.now < 5 else None

    session.run(receive, seen.append)

    assert seen[-1].steps_per_second == pytest.approx(50, rel=0.05)
    assert seen[-1].epochs_per_second == pytest.approx(10, rel=0.05)


def test_no_speed_is_shown_while_paused(make: Any, play: PlayScript) -> None:
    (seen,) = snapshots(play(make(), RunSteps(9), "pause", LOOK))

    assert seen.steps_per_second == 0


def test_a_setting_changes_while_it_runs(make: Any, play: PlayScript) -> None:
    changed = SMALL.replace(learning_rate=0.3, hidden_sizes=(5,))
    before, after = snapshots(play(make(), Play(), 5, LOOK, Configure(changed), LOOK))

    assert before.layer_sizes == (2, 4, 2, 1)
    assert after.layer_sizes == (2, 5, 1)
    assert after.config == changed
    assert after.status is Status.RUNNING
    assert after.step >= before.step


def test_a_batch_size_that_had_to_give_way_is_told(make: Any, play: PlayScript) -> None:
    config = SMALL.replace(batch_size=30)
    messages = play(make(config), Configure(config.replace(samples=20)), LOOK)

    assert [notice.is_error for notice in notices(messages)] == [False]
    assert "10" in notices(messages)[0].text
    assert snapshots(messages)[0].config.batch_size == 10


def test_a_command_that_cannot_be_obeyed_is_told_and_changes_nothing(make: Any, play: PlayScript) -> None:
    session = make()
    before = parameters(session)
    messages = play(session, SetParameter(9, 0, 0, 1.0), LOOK)

    assert [notice.is_error for notice in notices(messages)] == [True]
    assert np.array_equal(parameters(session), before)


def test_a_generation_comes_back_unchanged(make: Any, play: PlayScript) -> None:
    messages = play(make(), *(RequestSnapshot(ViewRequest(generation=n)) for n in (3, 1)))

    assert [seen.generation for seen in snapshots(messages)] == [3, 1]


def test_a_snapshot_holds_what_was_asked_for_and_no_more(make: Any, play: PlayScript) -> None:
    grid = Grid(8, 6, -1, 1, -1, 1)
    requests = [
        ViewRequest(known_data=0),
        ViewRequest(known_data=0, looks=(MapRequest(grid),)),
        ViewRequest(known_data=0, history=True),
        ViewRequest(known_data=-1),
    ]
    plain, with_map, with_curves, with_points = snapshots(
        play(make(), *(RequestSnapshot(request) for request in requests))
    )

    assert (plain.replies, plain.curves, plain.points, plain.moments) == ((), None, None, None)
    assert with_map.reply(DecisionMap).surface.shape == (6, 8, 1)
    assert with_curves.curves.steps.tolist() == [0]
    assert with_points.points.train_inputs.shape == (30, 2)


def test_points_are_sent_again_only_when_they_are_new(make: Any, play: PlayScript) -> None:
    session = make()
    (first,) = snapshots(play(session, LOOK))
    known = RequestSnapshot(ViewRequest(known_data=first.points.version))
    same, new = snapshots(play(session, known, Configure(SMALL.replace(data_seed=4)), known))

    assert same.points is None
    assert new.points.version != first.points.version
    assert not np.array_equal(new.points.train_inputs, first.points.train_inputs)


def test_metrics_are_of_the_moment(make: Any, play: PlayScript) -> None:
    session = make()
    for seen in snapshots(play(session, LOOK, RunSteps(7), "pause", LOOK, RunSteps(1), "pause", LOOK)):
        trainer = Trainer(SMALL)
        for _ in range(seen.step):
            trainer.advance()

        assert seen.metrics == trainer.measure()


def test_metrics_follow_a_changed_weight(make: Any, play: PlayScript) -> None:
    before, after = snapshots(play(make(), LOOK, SetParameter(0, 0, 0, 5.0), LOOK))

    assert before.metrics != after.metrics


def test_a_run_that_diverges_stops_and_says_why(make: Any, play: PlayScript) -> None:
    messages = play(make(EXPLOSIVE), Play(), "pause", LOOK)
    notice, (seen,) = notices(messages)[-1], snapshots(messages)

    assert notice.is_error
    assert notice.text.startswith("Diverged: ")
    assert f"step {seen.step}" in notice.text
    assert seen.status is Status.DIVERGED
    assert seen.trouble in notice.text


def test_a_run_that_diverged_does_not_go_on(make: Any, play: PlayScript) -> None:
    first, second = snapshots(play(make(EXPLOSIVE), Play(), "pause", LOOK, Play(), 9, LOOK))

    assert first.step == second.step
    assert second.status is Status.DIVERGED


def test_a_reset_after_a_divergence_can_run(make: Any, play: PlayScript) -> None:
    calm = EXPLOSIVE.replace(learning_rate=0.01)
    (seen,) = snapshots(
        play(make(EXPLOSIVE), Play(), "pause", Configure(calm), Reset(), RunSteps(9), "pause", LOOK)
    )

    assert (seen.step, seen.status, seen.trouble) == (9, Status.PAUSED, "")


def test_recovering_goes_back_to_a_moment_that_was_good(make: Any, play: PlayScript) -> None:
    session = make(EXPLOSIVE, pauses_on_explosion=True)
    diverged, recovered = snapshots(play(session, Play(), "pause", LOOK, Recover(), LOOK))

    assert diverged.status is Status.DIVERGED
    assert recovered.status is Status.PAUSED
    assert recovered.step < diverged.step
    assert np.isfinite(parameters(session)).all()
    assert recovered.metrics.train_loss < 10


def test_a_loss_that_explodes_pauses_before_the_numbers_overflow(make: Any, play: PlayScript) -> None:
    config = EXPLOSIVE.replace(learning_rate=10.0)
    (watched,) = snapshots(play(make(config, pauses_on_explosion=True), Play(), "pause", LOOK))

    assert watched.status is Status.DIVERGED
    assert watched.metrics.train_loss is not None
    assert math.isfinite(watched.metrics.train_loss)


def test_no_checkpoint_is_handed_over_unless_wanted(make: Any, play: PlayScript) -> None:
    assert checkpoints(play(make(), Play(), 500)) == []


def test_a_checkpoint_is_handed_over_now_and_then(ticking: Any, play: PlayScript) -> None:
    clock = ticking(0.001)
    session = Session(SMALL, checkpoint_every_s=1.0, clock=clock)
    handed = checkpoints(play(session, Play(), 600))

    assert len(handed) == pytest.approx(clock.now, abs=1.5)
    assert [c.step for c in handed] == sorted({c.step for c in handed})


@pytest.mark.parametrize(("took", "apart"), [(0.019, 1.0), (0.021, 1.05), (0.1, 5.0)])
def test_checkpoints_that_take_long_are_rarer(ticking: Any, took: float, apart: float) -> None:
    clock, begins = ticking(1e-3), []

    def publish(message: object) -> None:
        if isinstance(message, Checkpoint):
            begins.append(clock.now)
            clock.now += took

    turns = iter([[Play()], *[[]] * 3000])
    Session(SMALL, checkpoint_every_s=1.0, clock=clock).run(lambda _: next(turns, None), publish)

    gaps = np.diff(begins)
    assert len(gaps) >= 3
    assert gaps.min() >= apart
    assert gaps.max() < apart + took + 0.08


def test_a_checkpoint_is_not_handed_over_twice(make: Any, play: PlayScript) -> None:
    session = make(checkpoint_every_s=0.0)

    assert len(checkpoints(play(session, RunSteps(1), 300))) == 1


def test_weights_from_elsewhere_are_handed_over_though_no_step_was_trained(
    make: Any, play: PlayScript
) -> None:
    session = make(checkpoint_every_s=0.0)
    other = np.full_like(session.trainer.network.parameters, 0.25)
    handed = checkpoints(play(session, RunSteps(1), 300, UseParameters(other), 300))

    assert [c.step for c in handed] == [1, 1]
    assert np.array_equal(handed[1].parameters, other)


def test_a_restored_run_goes_on_with_the_same_bits_in_another_session(make: Any, play: PlayScript) -> None:
    first = make()
    play(first, RunSteps(18), "pause")
    checkpoint = first.trainer.checkpoint(1.5)
    play(first, RunSteps(30), "pause")
    second = make(SMALL.replace(hidden_sizes=(9,), dataset="xor"))
    restored, ended = snapshots(play(second, Restore(checkpoint), LOOK, RunSteps(30), "pause", LOOK))

    assert (restored.step, restored.status, restored.training_seconds) == (18, Status.PAUSED, 1.5)
    assert ended.step == 48
    assert np.array_equal(parameters(second), parameters(first))


def test_a_rule_stops_the_run_and_says_so(make: Any, play: PlayScript) -> None:
    messages = play(make(SMALL.replace(stop_epochs=3)), Play(), "pause", LOOK)

    assert snapshots(messages)[0].status is Status.STOPPED
    assert snapshots(messages)[0].epoch == 3
    assert "3 epochs" in notices(messages)[0].text


def test_enough_epochs_stop_exactly_however_seldom_is_recorded(make: Any, play: PlayScript) -> None:
    # Five steps an epoch; after 800 records every second step is recorded, then every fourth: 2005 is none.
    (seen,) = snapshots(play(make(SMALL.replace(stop_epochs=401)), Play(), "pause", LOOK))

    assert (seen.epoch, seen.step) == (401, 2005)


def where_it_is(session: Session) -> tuple[Status, int, bytes]:
    return session.status, session.trainer.step, parameters(session).tobytes()


RULES: list[dict[str, Any]] = [{"patience": 2}, {"stop_epochs": 4}, {"stop_loss": 0.3}]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: "".join(rule))
@pytest.mark.parametrize("part", [1, 3])
def test_a_look_and_more_epochs_sent_together_start_no_stopped_run(
    make: Any, play: PlayScript, rule: dict[str, Any], part: int
) -> None:
    in_parts, at_once = (make(SMALL.replace(learning_rate=0.1, **rule)) for _ in range(2))
    shown: list[Message] = []

    def ask(wait_s: float | None) -> Any:
        if any(seen.status is Status.STOPPED for seen in snapshots(shown)):
            return None
        return [LOOK, RunEpochs(part)] if wait_s is None else ()

    in_parts.run(ask, shown.append)
    play(at_once, Play(), "pause")

    assert at_once.status is Status.STOPPED
    assert where_it_is(in_parts) == where_it_is(at_once)


def test_a_run_whose_stop_nobody_has_seen_is_not_started_again_by_more_epochs(
    make: Any, play: PlayScript
) -> None:
    session = make(SMALL.replace(stop_loss=10.0))
    play(session, Play(), "pause")
    stopped_at = session.trainer.step
    play(session, RunEpochs(1), 1)

    assert (session.status, session.trainer.step) == (Status.STOPPED, stopped_at)


@pytest.mark.parametrize("command", [RunSteps(7), RunEpochs(1), Play()], ids=str)
def test_a_run_that_was_seen_to_stop_goes_on_when_asked(make: Any, play: PlayScript, command: Any) -> None:
    session = make(SMALL.replace(stop_loss=10.0))
    (seen,) = snapshots(play(session, Play(), "pause", LOOK))
    play(session, command, 1)

    assert seen.status is Status.STOPPED
    assert session.trainer.step > seen.step


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: "".join(rule))
@pytest.mark.parametrize("steps", [3, 13, 18])
def test_rules_go_on_in_a_run_that_is_restored(
    make: Any, play: PlayScript, rule: dict[str, Any], steps: int
) -> None:
    whole, first, second = (make(SMALL.replace(learning_rate=0.1, **rule)) for _ in range(3))
    play(whole, Play(), "pause")
    play(first, RunSteps(steps), "pause")
    play(second, Restore(first.trainer.checkpoint()), Play(), "pause")

    assert where_it_is(second) == where_it_is(whole)


def test_a_stopped_run_that_is_restored_has_stopped_until_its_rule_is_lifted(
    make: Any, play: PlayScript
) -> None:
    first, second = make(SMALL.replace(stop_epochs=2)), make()
    play(first, Play(), "pause")
    checkpoint = first.trainer.checkpoint()
    stopped, lifted = snapshots(
        play(second, Restore(checkpoint), LOOK, Configure(SMALL.replace(stop_epochs=3)), LOOK)
    )

    assert (stopped.status, stopped.trouble) == (Status.STOPPED, "2 epochs done")
    assert (lifted.status, lifted.trouble) == (Status.PAUSED, "")


def test_patience_begins_anew_with_other_data(make: Any, play: PlayScript) -> None:
    # The loss on easy data was lower than any on hard ones: compared with it, every epoch would be wasted.
    session = make(SMALL.replace(patience=3, noise=0.0))
    play(session, RunEpochs(20), "pause", Configure(SMALL.replace(patience=3, noise=0.8)))

    assert session.trainer.rules.state()["best_loss"] == math.inf
    assert session.trainer.rules.state()["best_epoch"] == session.trainer.epoch


def test_steps_asked_for_in_one_breath_are_all_taken(make: Any) -> None:
    session = make()
    lines = iter([[RunSteps(1), RunSteps(1), RunSteps(1)], (), (), None])
    session.run(lambda wait_s: next(lines), lambda message: None)

    assert session.trainer.step == 3


def test_epochs_asked_for_in_one_breath_are_all_trained(make: Any) -> None:
    session = make(SMALL.replace(speed=1000.0))
    lines = iter([[RunEpochs(1), RunEpochs(2)], *[()] * 500, None])
    session.run(lambda wait_s: next(lines), lambda message: None)

    assert (session.trainer.epoch, session.status) == (3, Status.PAUSED)


def test_a_step_is_taken_before_what_was_asked_for_after_it(make: Any, play: PlayScript) -> None:
    together, one_by_one = make(), make()
    commands = [RunSteps(1), Configure(SMALL.replace(learning_rate=0.5)), RunSteps(1)]
    lines = iter([commands, (), None])
    together.run(lambda wait_s: next(lines), lambda message: None)
    play(one_by_one, commands[0], "pause", commands[1], commands[2], "pause")

    assert where_it_is(together) == where_it_is(one_by_one)


def test_a_reset_while_some_epochs_are_trained_starts_no_endless_run(make: Any, play: PlayScript) -> None:
    session = make(SMALL.replace(speed=10.0))
    play(session, RunEpochs(100), 3, Reset(), 3)

    assert (session.trainer.step, session.status) == (0, Status.PAUSED)


def test_training_seconds_count_training_alone(ticking: Any, play: PlayScript) -> None:
    clock = ticking(0.001)
    session = Session(SMALL, clock=clock)
    play(session, RunSteps(10), "pause")
    after_run = session.training_seconds
    clock.now += 100
    (seen,) = snapshots(play(session, LOOK))

    assert 0 < after_run < 1
    assert seen.training_seconds == after_run


@pytest.mark.parametrize("is_written", [True, False])
def test_a_run_from_no_file_would_be_lost(make: Any, play: PlayScript, is_written: bool) -> None:
    checkpoint = replace(Trainer(SMALL).checkpoint(), step=5000)

    (seen,) = snapshots(play(make(), Restore(checkpoint, is_written=is_written), LOOK))

    assert seen.is_worth_writing is not is_written
