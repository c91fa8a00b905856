"""A run that is taken into its past, and back; and branches that begin there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.engine import EngineError
from tui_nn.settings.config import Config
from tui_nn.training.branching import begin_branch, use_parameters
from tui_nn.training.holding import type_over
from tui_nn.training.reconfiguring import reconfigure
from tui_nn.training.trainer import Trainer

SMALL = Config(samples=60, batch_size=7)
"""30 training samples in batches of 7: five steps an epoch, the last one of 2."""
RUNS = {
    "adam": {},
    "momentum": {"optimizer": "momentum"},
    "batch norm": {"batch_norm": True, "hidden_sizes": (5, 4)},
    "dropout": {"dropout": 0.3, "hidden_sizes": (6,)},
    "carried": {"remainder": "carry"},
    "dying": {"regularization": "l1", "regularization_rate": 0.1},
    "float64": {"dtype": "float64"},
    "regression": {"dataset": "reg-gauss"},
}
runs = pytest.mark.parametrize("changes", RUNS.values(), ids=RUNS)


def advance(trainer: Trainer, steps: int) -> list[bytes]:
    """Train; return the parameters before each step."""
    seen = []
    with np.errstate(all="ignore"):
        for _ in range(steps):
            seen.append(trainer.network.parameters.tobytes())
            trainer.advance()
            if trainer.history.is_due(trainer.step):
                trainer.record()
    return seen


def trained(steps: int = 23, **changes: Any) -> Trainer:
    trainer = Trainer(SMALL.replace(**changes))
    advance(trainer, steps)
    return trainer


def bits(trainer: Trainer) -> tuple[Any, ...]:
    """Return all that decides how a run goes on, down to the last bit."""
    checkpoint = trainer.checkpoint()
    batches, curves = checkpoint.batches_state, trainer.history.curves()
    return (
        checkpoint.step,
        checkpoint.parameters.tobytes(),
        {name: array.tobytes() for name, array in checkpoint.network_state.items()},
        checkpoint.optimizer_state.tobytes(),
        checkpoint.optimizer_steps,
        batches["order"].tobytes(),
        (batches["position"], batches["epoch"], batches["rng"], batches["carried"].tobytes()),
        checkpoint.dropout_state,
        (curves.steps.tobytes(), curves.train_loss.tobytes()),
    )


@runs
def test_each_moment_shows_the_parameters_of_its_step(changes: dict[str, Any]) -> None:
    trainer = Trainer(SMALL.replace(**changes))
    seen = advance(trainer, 23)

    for back in range(1, 24):
        trainer.rewind(-1)
        assert trainer.step == 23 - back
        assert trainer.network.parameters.tobytes() == seen[23 - back]
        assert trainer.epoch == (23 - back) // 5 or changes.get("remainder") == "carry"


@runs
def test_a_run_that_came_back_is_the_run_that_never_left(changes: dict[str, Any]) -> None:
    left, stayed = trained(**changes), trained(**changes)
    before = bits(stayed)
    for by in (-5, -1, 3, -100, 7):
        left.rewind(by)
        left.measure()
        assert bits(left) == before, "what is kept of it is the present"
    left.rewind(100)

    assert not left.is_rewound
    assert left.step == 23
    assert bits(left) == before
    advance(left, 40)
    advance(stayed, 40)
    assert bits(left) == bits(stayed)
    assert [f.step for f in left.timeline.frames] == [f.step for f in stayed.timeline.frames]


def test_the_first_moment_and_the_present_are_the_ends() -> None:
    trainer = trained()
    trainer.rewind(-1000)
    assert (trainer.step, trainer.past.place(0).position) == (0, 0)
    trainer.rewind(-1)
    assert trainer.step == 0

    trainer.rewind_to(22)
    assert trainer.step == 22
    trainer.rewind(1)
    assert trainer.step == 23
    assert not trainer.is_rewound


def test_a_run_without_a_past_stays_where_it_is() -> None:
    trainer = Trainer(SMALL)
    trainer.rewind(-1)
    trainer.rewind_to(0)

    assert not trainer.is_rewound
    assert trainer.past.place(0).n_frames == 0


def test_a_place_says_where_the_moment_lies() -> None:
    trainer = trained()
    now = trainer.past.place(trainer.step)
    assert (now.n_frames, now.position, now.first_step, now.last_step, now.step) == (23, None, 0, 23, 23)
    trainer.rewind(-3)

    then = trainer.past.place(trainer.step)
    assert (then.n_frames, then.position, then.last_step, then.step) == (23, 20, 23, 20)
    assert then.is_past
    assert then.words == ""


@runs
def test_a_branch_does_not_depend_on_how_far_the_run_had_come(changes: dict[str, Any]) -> None:
    ends = []
    for steps in (13, 50):
        trainer = trained(steps, **changes)
        trainer.rewind_to(12)
        begin_branch(trainer)
        assert (trainer.step, trainer.is_rewound) == (12, False)
        advance(trainer, 30)
        ends.append(bits(trainer))

    assert ends[0] == ends[1]


def test_a_branch_begins_with_empty_optimizer_state_and_ends_its_epoch() -> None:
    trainer = trained()
    trainer.rewind_to(12)
    at_12 = trainer.network.parameters.copy()
    begin_branch(trainer)

    assert not trainer.optimizer.state.any()
    assert trainer.optimizer.steps == 0
    assert np.array_equal(trainer.network.parameters, at_12)
    assert trainer.epoch == 2
    advance(trainer, 3)
    assert trainer.epoch == 3


def test_a_branch_goes_another_way_than_the_run_did() -> None:
    trainer = trained(40)
    old = trainer.network.parameters.copy()
    trainer.rewind_to(12)
    begin_branch(trainer)
    advance(trainer, 28)

    assert not np.array_equal(trainer.network.parameters, old)


def test_a_branch_forgets_later_moments_and_keeps_the_old_curve_beside_its_own() -> None:
    trainer = trained(40)
    old = trainer.history.curves()
    trainer.rewind_to(12)
    assert trainer.history.curves().steps.tolist() == list(range(41)), (
        "the whole curve, while it is looked at"
    )
    begin_branch(trainer)
    advance(trainer, 8)

    curves = trainer.history.curves()
    assert [f.step for f in trainer.timeline.frames] == list(range(21))
    assert curves.steps.tolist() == list(range(21))
    assert curves.other.steps.tolist() == list(range(12, 41))
    assert np.array_equal(curves.other.train_loss, old.train_loss[12:])
    assert trainer.past.place(20).branch_step == 12


def test_a_branch_of_a_branch_keeps_the_last_curve_beside_it() -> None:
    trainer = trained(40)
    for position, steps in ((12, 8), (15, 3)):
        trainer.rewind_to(position)
        begin_branch(trainer)
        advance(trainer, steps)

    assert trainer.history.curves().steps.tolist() == list(range(19))
    assert trainer.history.curves().other.steps.tolist() == list(range(15, 21))


def test_a_changed_weight_is_where_the_branch_begins() -> None:
    trainer = trained()
    trainer.rewind_to(12)
    type_over(trainer.network, 0, 0, 0, 2.5)
    begin_branch(trainer)

    assert trainer.network.layers[0].weights[0, 0] == 2.5
    assert trainer.step == 12


def test_a_weight_that_was_changed_in_the_past_is_left_there() -> None:
    trainer, stayed = trained(), trained()
    trainer.rewind_to(12)
    type_over(trainer.network, 0, 0, 0, 2.5)
    trainer.rewind_to(None)

    assert bits(trainer) == bits(stayed)


def test_a_reset_has_no_past() -> None:
    trainer = trained()
    trainer.rewind(-3)
    trainer.start()

    assert [f.step for f in trainer.timeline.frames] == [0]
    assert not trainer.is_rewound
    advance(trainer, 23)
    assert bits(trainer) == bits(trained())


LIVE = [
    {"learning_rate": 0.3},
    {"optimizer": "sgd"},
    {"batch_size": 3},
    {"regularization": "l2", "regularization_rate": 0.1},
    {"dropout": 0.2},
    {"noise": 0.3},
    {"data_seed": 4},
]


@pytest.mark.parametrize("changes", LIVE, ids=str)
def test_settings_that_leave_the_network_alone_leave_its_past(changes: dict[str, Any]) -> None:
    trainer = trained()
    at_12 = trainer.timeline.frames[12].parameters
    trainer.rewind_to(12)
    reconfigure(trainer, trainer.config.replace(**changes))

    assert trainer.is_rewound
    assert np.array_equal(trainer.network.parameters, at_12)
    present = trained()
    trainer.rewind_to(None)
    assert np.array_equal(trainer.network.parameters, present.network.parameters)


OTHER_NETWORKS = [
    ({"hidden_sizes": (4, 3)}, "Hidden layers 4,2 -> 4,3"),
    ({"features": ("x", "y2")}, "x,y -> x,y2"),
    ({"activation": "relu"}, "tanh -> relu"),
    ({"loss": "mse"}, "-> mse"),
    ({"batch_norm": True}, "-> true"),
    ({"dtype": "float64"}, "float32 -> float64"),
    ({"dataset": "rings", "classes": 3}, "-> 3"),
]


@pytest.mark.parametrize(("changes", "words"), OTHER_NETWORKS, ids=str)
def test_another_network_begins_another_timeline_and_says_why(changes: dict[str, Any], words: str) -> None:
    trainer = trained()
    reconfigure(trainer, trainer.config.replace(**changes))
    advance(trainer, 4)
    trainer.rewind(-100)

    place = trainer.past.place(trainer.step)
    assert trainer.step == place.first_step == 23
    assert "at step 23 changed the network" in place.words
    assert words in place.words


@pytest.mark.parametrize(("changes", "words"), OTHER_NETWORKS, ids=str)
def test_another_network_made_of_the_past_is_a_branch_there(changes: dict[str, Any], words: str) -> None:
    trainer = trained()
    trainer.rewind_to(12)
    reconfigure(trainer, trainer.config.replace(**changes))

    assert not trainer.is_rewound
    assert trainer.step == 12
    assert not trainer.optimizer.state.any()
    assert [f.step for f in trainer.timeline.frames] == [12]
    advance(trainer, 5)
    assert np.isfinite(trainer.network.parameters).all()


def test_settings_that_cannot_be_leave_the_past_alone() -> None:
    trainer = trained()
    trainer.rewind_to(12)
    with pytest.raises(EngineError):
        use_parameters(trainer, np.zeros(3, np.float32))

    assert trainer.is_rewound
    assert trainer.step == 12


def test_other_weights_begin_another_timeline() -> None:
    trainer = trained()
    trainer.rewind_to(12)
    use_parameters(trainer, np.zeros(trainer.network.n_parameters, np.float32))

    assert not trainer.is_rewound
    assert [f.step for f in trainer.timeline.frames] == [12]
    assert "other weights" in trainer.timeline.words


def test_a_run_that_was_opened_has_no_earlier_moments() -> None:
    trainer = trained()
    trainer.load(trained(9).checkpoint())

    assert [f.step for f in trainer.timeline.frames] == [9]
    assert "step 9" in trainer.timeline.words


def test_a_run_that_was_opened_with_its_timeline_has_those_before_it() -> None:
    source, trainer = trained(), trained()
    trainer.load(trained(9).checkpoint(), source.timeline)

    assert [f.step for f in trainer.timeline.frames] == list(range(10))
    trainer.rewind_to(4)
    assert trainer.step == 4


def test_a_run_that_diverged_has_the_moments_before() -> None:
    explosive = {"optimizer": "sgd", "loss": "mse", "output_activation": "linear", "learning_rate": 1e6}
    trainer = Trainer(SMALL.replace(**explosive))
    with np.errstate(all="ignore"):
        while not trainer.has_diverged:
            trainer.advance()
    trainer.rewind(-1)

    assert not trainer.has_diverged
    assert np.isfinite(trainer.network.parameters).all()
    trainer.rewind_to(None)
    assert trainer.has_diverged
    trainer.rewind(-1)
    begin_branch(trainer)
    assert not trainer.has_diverged
    assert not trainer.trouble


def test_frames_hold_nothing_that_training_changes_later() -> None:
    trainer = trained(batch_norm=True)
    frame = trainer.timeline.frames[5]
    before = frame.parameters.tobytes(), frame.state["statistics"].tobytes()
    advance(trainer, 20)

    assert (frame.parameters.tobytes(), frame.state["statistics"].tobytes()) == before


def test_without_room_for_a_timeline_the_run_is_the_same() -> None:
    bare = Trainer(SMALL, timeline_bytes=0)
    advance(bare, 23)

    assert bits(bare) == bits(trained())
    assert bare.timeline.frames == []


def test_a_long_run_of_a_small_network_keeps_little() -> None:
    # 2-8-8-1 has 24 + 72 + 9 = 105 parameters: 400 frames of 420 bytes.
    trainer = Trainer(SMALL.replace(hidden_sizes=(8, 8)))
    advance(trainer, 3000)

    assert trainer.network.n_parameters == 105
    assert 200 <= len(trainer.timeline.frames) <= 400
    assert trainer.timeline.n_bytes <= 400 * 420
