from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tui_nn.engine import ACTIVATIONS
from tui_nn.settings.config import Config
from tui_nn.settings.moments import MOMENTS
from tui_nn.settings.setting import ConfigError
from tui_nn.training.commands import (
    Configure,
    Pause,
    Play,
    Recover,
    RequestSnapshot,
    Reset,
    Restore,
    RewindToStep,
    RunSteps,
)
from tui_nn.training.moments.checkups import Checkup
from tui_nn.training.moments.detectors import DETECTORS
from tui_nn.training.moments.facts import Facts
from tui_nn.training.moments.log import Moment, MomentLog
from tui_nn.training.moments.remedies import (
    ADD_LAYER,
    ADD_NEURON,
    CLIP,
    LEAKY,
    LOWER_RATE,
    MORE_SAMPLES,
    PENALIZE,
    RAISE_PENALTY,
    RAISE_RATE,
    REMOVE_LAYER,
)
from tui_nn.training.moments.vitals import Vitals
from tui_nn.training.moments.watch import MomentWatch
from tui_nn.training.moments.window import GONE, Window
from tui_nn.training.session import Message, Session
from tui_nn.training.snapshot import Metrics, Notice, Snapshot, Status, ViewRequest

LOOK = RequestSnapshot(ViewRequest(moments=True))
BASE = Config(speed=None)
TROUBLES = {kind.name for kind in MOMENTS.values() if kind.is_trouble}

PlayScript = Callable[..., list[Message]]


@pytest.fixture
def noticed(play: PlayScript, ticking: Any) -> Callable[..., list[Moment]]:
    """Return a function that trains some steps and returns what was noticed."""

    def run(steps: int, guarded: bool = False, **settings: Any) -> list[Moment]:
        session = Session(BASE.replace(**settings), pauses_on_explosion=guarded, clock=ticking(1e-4))
        return list(log_of(play(session, RunSteps(steps), "pause", LOOK)).moments)

    return run


def log_of(messages: Iterable[Message]) -> MomentLog:
    return [m.moments for m in messages if isinstance(m, Snapshot) and m.moments is not None][-1]


def notices(messages: Iterable[Message]) -> list[Notice]:
    return [message for message in messages if isinstance(message, Notice)]


def the(kind: str, moments: Iterable[Moment]) -> Moment:
    """Return the only moment of a kind."""
    (found,) = [moment for moment in moments if moment.kind == kind]
    return found


# -- the troubles, each provoked by settings alone


@pytest.mark.parametrize("seed", [0, 1, 2, 5])
def test_a_healthy_run_raises_no_trouble_and_reaches_its_goal(noticed: Any, seed: int) -> None:
    moments = noticed(3000, data_seed=seed, weights_seed=seed)

    assert [m.kind for m in moments] == ["first_forward", "first_backward", "goal"]


@pytest.mark.parametrize("dataset", ["linear", "gauss", "pinwheel", "reg-plane"])
def test_other_sets_that_are_learned_raise_no_trouble(noticed: Any, dataset: str) -> None:
    moments = noticed(1500, dataset=dataset, hidden_sizes=(8, 8))

    assert TROUBLES.isdisjoint(m.kind for m in moments)


def test_the_first_passes_tell_the_network_s_own_numbers(noticed: Any) -> None:
    forward, backward = noticed(3)

    assert (forward.kind, forward.step, backward.kind, backward.step) == (
        "first_forward",
        0,
        "first_backward",
        1,
    )
    assert "250 samples went through 2-4-2-1" in forward.what
    assert "random guessing would give a loss of 0.693" in forward.what
    assert "at output" in backward.what
    assert "at hidden 1" in backward.what


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_a_tiny_learning_rate_does_not_update(noticed: Any, optimizer: str) -> None:
    moments = noticed(600, learning_rate=1e-6, optimizer=optimizer)

    found = the("not_updating", moments)
    assert found.step <= 150
    assert found.advice == "Try ] (raise the learning rate)"
    assert TROUBLES & {m.kind for m in moments} == {"not_updating"}


def test_a_small_learning_rate_is_slow(noticed: Any) -> None:
    moments = noticed(1200, learning_rate=1e-5)

    assert the("plateau", moments).remedies[0] == RAISE_RATE


def test_one_neuron_reaches_a_plateau_on_xor(noticed: Any) -> None:
    moments = noticed(1500, dataset="xor", hidden_sizes=(1,))

    assert the("plateau", moments).remedies[0] == ADD_NEURON
    assert TROUBLES & {m.kind for m in moments} == {"plateau"}


def test_no_hidden_layer_does_not_learn_xor(noticed: Any) -> None:
    moments = noticed(800, dataset="xor", hidden_sizes=())

    assert the("not_learning", moments).remedies[0] == ADD_LAYER
    assert TROUBLES & {m.kind for m in moments} == {"not_learning"}


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_a_huge_learning_rate_keeps_the_loss_high(noticed: Any, optimizer: str) -> None:
    moments = noticed(400, learning_rate=100, optimizer=optimizer)

    found = next(m for m in moments if m.kind == "high_loss")
    assert "random guessing would give a loss of 0.693" in found.what
    assert found.remedies[0] == LOWER_RATE


def test_a_huge_learning_rate_explodes_the_gradients_of_relus(noticed: Any) -> None:
    moments = noticed(50, learning_rate=100, optimizer="sgd", activation="relu", hidden_sizes=(8, 8))

    found = the("exploding", moments)
    assert found.step < 10
    assert found.remedies == (LOWER_RATE, CLIP)


def test_a_run_whose_loss_explodes_diverges(noticed: Any) -> None:
    moments = noticed(400, guarded=True, learning_rate=100)

    found = the("divergence", moments)
    assert "grew to" in found.what
    assert "B (back, lower learning rate)" in found.advice


def test_a_run_whose_numbers_overflow_diverges_without_a_guard_too(noticed: Any) -> None:
    moments = noticed(400, learning_rate=1e6, optimizer="sgd", loss="mse", output_activation="linear")

    assert "was not finite" in the("divergence", moments).what


def test_a_large_network_overfits_a_few_noisy_samples(noticed: Any) -> None:
    moments = noticed(1500, samples=60, noise=0.5, dataset="circle", hidden_sizes=(32, 32))

    found = the("overfitting", moments)
    assert found.remedies == (MORE_SAMPLES, PENALIZE)
    assert TROUBLES & {m.kind for m in moments} == {"overfitting"}


def test_hugely_negative_biases_leave_relus_dead(noticed: Any) -> None:
    moments = noticed(30, activation="relu", bias_init=-10, hidden_sizes=(8, 8))

    found = the("dead_units", moments)
    assert found.what == "8 of 8 neurons of hidden 1 output 0 for every sample"
    assert TROUBLES & {m.kind for m in moments} == {"dead_units"}


def test_gradients_vanish_in_eight_layers_of_sigmoids(noticed: Any) -> None:
    moments = noticed(60, activation="sigmoid", hidden_sizes=(8,) * 8)

    found = the("vanishing", moments)
    assert found.what.startswith("The gradient of hidden 1 is ")
    assert found.remedies == (LEAKY, REMOVE_LAYER)
    assert TROUBLES & {m.kind for m in moments} == {"vanishing"}


def test_all_troubles_of_the_registry_are_provoked_here() -> None:
    provoked = {
        "not_updating", "plateau", "not_learning", "high_loss", "exploding", "divergence", "overfitting",
        "dead_units", "vanishing", "no_penalty",
    }  # fmt: skip

    assert provoked == TROUBLES


def test_a_stop_rule_s_goal_is_a_moment(noticed: Any) -> None:
    moments = noticed(3000, stop_accuracy=0.9)

    found = the("goal", moments)
    assert found.what.startswith("The test accuracy reached 9")


def test_rules_that_are_no_goal_are_no_moment(noticed: Any) -> None:
    assert [m.kind for m in noticed(3000, stop_epochs=2)] == ["first_forward", "first_backward"]


# -- the session


def session_of(ticking: Any, tick_s: float = 1e-4, **settings: Any) -> Session:
    return Session(BASE.replace(**settings), clock=ticking(tick_s))


IDLE = "L2 does nothing while the penalty rate is 0. Try c e (raise the penalty rate)."
BEGUN_IDLE = "No penalty: l2 does nothing while the penalty rate is 0. Try c e (raise the penalty rate)."


def test_a_regularization_without_a_penalty_rate_is_said_to_do_nothing(
    play: PlayScript, ticking: Any
) -> None:
    l2 = BASE.replace(regularization="l2")
    session = session_of(ticking)
    chosen = play(session, Configure(l2), Configure(l2.replace(noise=0.2)))
    strong = play(session, Configure(l2.replace(regularization_rate=1e-4)), RunSteps(3), "pause")

    assert [notice.text for notice in notices(chosen)] == [IDLE]
    assert notices(strong) == []


def test_a_run_that_begins_with_it_is_told_once(play: PlayScript, ticking: Any) -> None:
    session = session_of(ticking, regularization="l2")

    assert [n.text for n in notices(play(session, RunSteps(3), "pause", RunSteps(3), "pause"))] == [
        BEGUN_IDLE
    ]


def test_a_run_that_goes_on_without_a_penalty_is_told_so_too(play: PlayScript, ticking: Any) -> None:
    checkpoint = session_of(ticking, regularization="l1").trainer.checkpoint()
    checkpoint = replace(checkpoint, step=40)
    said = notices(play(session_of(ticking), Restore(checkpoint), RunSteps(400), "pause"))

    assert [n.text for n in said] == [BEGUN_IDLE.replace("l2", "l1")]


def test_a_penalty_rate_ends_the_moment_and_reset_tells_again(play: PlayScript, ticking: Any) -> None:
    session = session_of(ticking, regularization="l2")
    going = log_of(play(session, RunSteps(3), "pause", LOOK)).going
    play(session, Configure(BASE.replace(regularization="l2", regularization_rate=1e-3)))
    gone = log_of(play(session, RunSteps(60), "pause", LOOK)).going

    assert "no_penalty" in going
    assert "no_penalty" not in gone


def test_a_network_that_overfits_without_a_penalty_is_given_no_other_advice_first(noticed: Any) -> None:
    config = {"samples": 60, "noise": 0.5, "dataset": "circle", "hidden_sizes": (32, 32)}
    moments = [m for m in noticed(1500, regularization="l2", **config) if m.kind in TROUBLES]

    assert [m.kind for m in moments] == ["no_penalty", "overfitting"]
    assert moments[0].remedies == (RAISE_PENALTY,)
    assert moments[1].remedies[0] == RAISE_PENALTY


def test_troubles_are_said_at_once_and_first_passes_are_not(play: PlayScript, ticking: Any) -> None:
    said = notices(play(session_of(ticking, learning_rate=1e-6), RunSteps(200), "pause"))

    assert [notice.is_error for notice in said] == [True]
    assert said[0].text.startswith("Not updating: The weights move by")
    assert said[0].text.endswith("Try ] (raise the learning rate).")


def test_a_run_pauses_at_the_kinds_that_are_chosen(play: PlayScript, ticking: Any) -> None:
    session = session_of(ticking, pause_on=("first_forward", "first_backward", "goal"))
    messages = play(session, Play(), "pause", LOOK, Play(), "pause", LOOK, Play(), "pause", LOOK)

    looks = [m for m in messages if isinstance(m, Snapshot)]
    assert [(m.status, m.step) for m in looks[:2]] == [(Status.PAUSED, 0), (Status.PAUSED, 1)]
    assert looks[2].step == log_of(messages).moments[-1].step > 100
    assert [n.text.split(":")[0] for n in notices(messages)] == [
        "Paused, first forward pass",
        "Paused, first backward pass",
        "Paused, goal reached",
    ]


def test_a_run_that_paused_at_a_moment_goes_on(play: PlayScript, ticking: Any) -> None:
    session = session_of(ticking, pause_on=("first_backward",))
    (seen,) = [
        m for m in play(session, Play(), "pause", RunSteps(20), "pause", LOOK) if isinstance(m, Snapshot)
    ]

    assert seen.step == 21


def test_reset_clears_the_log(play: PlayScript, ticking: Any) -> None:
    log = log_of(play(session_of(ticking), RunSteps(5), "pause", Reset(), LOOK))

    assert log == MomentLog((), ())


def test_a_run_that_recovers_keeps_its_log(play: PlayScript, ticking: Any) -> None:
    session = Session(BASE.replace(learning_rate=100), pauses_on_explosion=True, clock=ticking(1e-4))
    log = log_of(play(session, Play(), "pause", Recover(), LOOK))

    assert log.moments[-1].kind == "divergence"
    assert log.going == ()


def test_a_run_can_go_back_to_the_step_of_a_moment(play: PlayScript, ticking: Any) -> None:
    session = session_of(ticking)
    messages = play(session, RunSteps(1500), "pause", RewindToStep(1), LOOK, RewindToStep(701), LOOK)
    first, second = [m for m in messages if isinstance(m, Snapshot)]

    interval = session.trainer.timeline.interval
    assert 1 <= first.step <= 1 + interval
    assert 701 <= second.step <= 701 + interval
    assert log_of(messages).moments[-1].kind == "goal"


def test_another_run_begins_with_an_empty_log(play: PlayScript, ticking: Any) -> None:
    session = session_of(ticking)
    play(session, RunSteps(5), "pause")
    checkpoint = session.trainer.checkpoint()

    assert log_of(play(session, Restore(checkpoint), LOOK)).moments == ()


def test_the_same_run_gives_the_same_lines_watched_or_not(play: PlayScript, ticking: Any) -> None:
    settings: dict[str, Any] = {"dataset": "xor", "hidden_sizes": (1,), "dropout": 0.1}
    often, seldom = (session_of(ticking, tick, **settings) for tick in (1e-3, 2e-5))
    watched = log_of(play(often, *[RunSteps(100), "pause", LOOK] * 10))
    alone = log_of(play(seldom, RunSteps(1000), "pause", LOOK))

    assert watched == alone
    assert len(alone.moments) >= 3
    np.testing.assert_array_equal(often.trainer.network.parameters, seldom.trainer.network.parameters)


def test_a_change_that_helps_ends_a_trouble(play: PlayScript, ticking: Any) -> None:
    session = session_of(ticking, learning_rate=1e-6)
    before = log_of(play(session, RunSteps(200), "pause", LOOK))
    after = log_of(play(session, Configure(BASE.replace(learning_rate=0.03)), RunSteps(400), "pause", LOOK))

    assert before.going == ("not_updating",)
    assert "not_updating" not in after.going


def test_a_speed_is_no_change_of_the_training(play: PlayScript, ticking: Any) -> None:
    runs = []
    for speed in (None, 1000.0):
        session = session_of(ticking, 1e-3, learning_rate=1e-6)
        play(session, RunSteps(60), "pause", Configure(BASE.replace(learning_rate=1e-6, speed=speed)))
        runs.append(log_of(play(session, RunSteps(100), "pause", LOOK)))

    assert runs[0] == runs[1]
    assert runs[0].moments[-1].step < 150


def test_a_pause_is_obeyed_between_moments(play: PlayScript, ticking: Any) -> None:
    messages = play(session_of(ticking), Play(), 5, Pause(), LOOK)

    assert [m.kind for m in log_of(messages).moments] == ["first_forward", "first_backward"]


def test_only_names_of_moments_can_be_paused_on() -> None:
    with pytest.raises(
        ConfigError, match=r"pause_on: .*nonsense.* is not allowed; none, or some of first_forward"
    ):
        Config(pause_on=("nonsense",))
    with pytest.raises(ConfigError, match=r"pause_on: .*plateaux.* is not allowed; did you mean plateau\?"):
        Config(pause_on=("plateaux",))


# -- the signs


FACTS = Facts(BASE, (2, 8, 1), ("hidden 1", "output"), 10, 250, 0.7, 1.0)


def checkup(step: int, train: float = 0.5, test: float | None = 0.5, **given: Any) -> Checkup:
    metrics = Metrics(train, test, given.pop("accuracy", 0.6), given.pop("test_accuracy", 0.6))
    vitals = {
        "gradient_norms": (0.1, 0.1),
        "weight_norms": (1.0, 1.0),
        "counted": (8, 0),
        "dead": (0, 0),
        "saturated": (0, 0),
        "motion": 0.01,
    }
    return Checkup(step, metrics, Vitals(step=step, **{**vitals, **given}))


def window(checkups: list[Checkup]) -> Window:
    return Window(checkups, FACTS)


def falling(per_step: float, steps: int = 1000) -> Window:
    return window([checkup(s, 0.6 * (1 - per_step) ** s) for s in range(0, steps + 1, 10)])


def test_a_plateau_ends_further_off_than_it_begins() -> None:
    quarter = 250
    for fall, begins, lasts in ((0.019, True, True), (0.021, False, True), (0.049, False, True)):
        seen = falling(1 - (1 - fall) ** (1 / quarter))
        assert (DETECTORS["plateau"](seen, False) is not GONE) is begins
        assert (DETECTORS["plateau"](seen, True) is not GONE) is lasts
    assert DETECTORS["plateau"](falling(1 - (1 - 0.051) ** (1 / quarter)), True) is GONE


def test_a_regression_has_room_below_an_r2_of_95_percent() -> None:
    def seen(r2: float) -> Window:
        steps = range(0, 1001, 10)
        return window([replace(checkup(s), metrics=Metrics(0.4, 0.4, train_r2=r2)) for s in steps])

    assert DETECTORS["plateau"](seen(0.949), False) is not GONE
    assert DETECTORS["plateau"](seen(0.951), False) is GONE


def test_nothing_is_a_plateau_once_all_is_learned() -> None:
    learned = window([checkup(s, 0.01, accuracy=0.995) for s in range(0, 1001, 10)])

    assert DETECTORS["plateau"](learned, False) is GONE


def test_a_test_loss_that_only_wavers_is_no_overfitting() -> None:
    rng = np.random.default_rng(0)
    wavering = window([checkup(s, 0.3, 0.5 + 0.1 * rng.normal()) for s in range(0, 1001, 10)])

    assert DETECTORS["overfitting"](wavering, False) is GONE


def test_the_numbers_of_overfitting_are_those_of_the_run() -> None:
    rising = [checkup(s, 0.6 - 0.0005 * s, 0.4 + 0.001 * max(0, s - 500)) for s in range(0, 1001, 10)]

    found = DETECTORS["overfitting"](window(rising), False)

    # Twelve groups of eight checkups, from step 50; the fifth value of each in order of size.
    assert found is not None
    assert found.what == ("Test loss rose from 0.4 to 0.87 since step 50; training loss fell to 0.12")


def test_a_third_of_dead_neurons_is_no_trouble_and_half_is() -> None:
    for dead, is_there in ((3, False), (4, True)):
        seen = window([checkup(s, dead=(dead, 0)) for s in range(5)])
        found = DETECTORS["dead_units"](seen, False)
        assert (found is not GONE) is is_there


def test_one_batch_of_no_gradient_is_no_vanishing() -> None:
    norms = [(0.1, 0.1)] * 8
    norms[-1] = (0.0, 0.1)
    seen = window([checkup(s, gradient_norms=pair) for s, pair in enumerate(norms)])

    assert DETECTORS["vanishing"](seen, False) is GONE


def test_layers_without_weights_have_no_gradient_to_vanish() -> None:
    seen = window([checkup(s, gradient_norms=(math.nan, 0.1)) for s in range(8)])

    assert DETECTORS["vanishing"](seen, False) is GONE


def test_a_moment_is_said_again_only_when_the_run_is_twice_as_old() -> None:
    watch, checkups, said = MomentWatch(), [], []
    for step in range(2, 400):
        dead = 8 if step % 20 < 10 else 0
        checkups.append(checkup(step, accuracy=0.999, dead=(dead, 0)))
        said += [m.step for m in watch.see(checkups, FACTS) if m.kind == "dead_units"]

    assert 2 <= len(said) <= math.log2(400)
    assert all(later >= 2 * earlier for earlier, later in itertools.pairwise(said))


def test_a_run_that_went_back_is_judged_anew() -> None:
    watch = MomentWatch()
    checkups = [checkup(step, dead=(8, 0)) for step in range(10)]
    for seen in (*range(3, 11), 5):
        watch.see(checkups[:seen], FACTS)

    assert [m.step for m in watch.log().moments if m.kind == "dead_units"] == [2, 4]


def test_every_activation_can_be_watched(noticed: Any) -> None:
    for name, activation in ACTIVATIONS.items():
        if activation.is_elementwise:
            assert noticed(12, activation=name)[0].kind == "first_forward"


def test_a_first_backward_pass_after_other_settings_says_no_number_it_does_not_know(
    play: PlayScript, ticking: Any
) -> None:
    session = Session(BASE, clock=ticking(1e-4))
    changed = BASE.replace(hidden_sizes=(5, 2))

    moments = log_of(play(session, Configure(changed), RunSteps(2), "pause", LOOK)).moments

    assert "nan" not in the("first_backward", moments).what
