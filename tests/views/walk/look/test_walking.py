"""Walks in a run: looking changes nothing, the announced step is the one that is taken, to the bit."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from tui_nn.engine import LOSSES, OPTIMIZERS, Dense, EngineError
from tui_nn.engine.holds import CUT_LINK, FROZEN_LINK
from tui_nn.settings.config import Config
from tui_nn.training import commands as do
from tui_nn.training.example import Example
from tui_nn.training.session import Session
from tui_nn.training.snapshot import Notice, Snapshot, Status, ViewRequest
from tui_nn.training.trainer import Trainer
from tui_nn.training.walk_step import take_back, take_walk_step
from tui_nn.views.looks import new_looks
from tui_nn.views.walk.look.walking import look_at_walk
from tui_nn.views.walk.values import Stage, Walk, WalkRequest

THIRD = Example("train", 2)
RUNS: dict[str, dict[str, Any]] = {
    "plain": {},
    "double": {"dtype": "float64", "optimizer": "momentum"},
    "clipped": {"clip_norm": 0.05, "clip_value": 0.02, "optimizer": "sgd"},
    "pulled": {"regularization": "l1", "regularization_rate": 0.1, "optimizer": "nesterov"},
    "dropout": {"dropout": 0.3, "hidden_sizes": (6, 5)},
    "normalized": {"batch_norm": True, "dropout": 0.2, "optimizer": "rmsprop"},
    "alone": {"batch_norm": True, "batch_size": 1},
    "scheduled": {"schedule": "cosine", "epochs": 3, "optimizer": "adamw"},
    "regression": {"dataset": "reg-gauss", "optimizer": "adagrad"},
    "images": {
        "dataset": "digits",
        "samples": 40,
        "hidden_sizes": ("2c3", "p2", "bn", "a2", "drop0.2", "8"),
        "activation": "relu",
        "optimizer": "adadelta",
    },
}


@pytest.fixture(params=RUNS)
def trainer(request: pytest.FixtureRequest) -> Trainer:
    """Return a run some steps old."""
    trainer = Trainer(Config(**RUNS[request.param]))
    for _ in range(7):
        trainer.advance()
    return trainer


def everything(trainer: Trainer) -> list[Any]:
    checkpoint = trainer.checkpoint()
    return [
        checkpoint.parameters.tobytes(),
        checkpoint.optimizer_state.tobytes(),
        checkpoint.optimizer_steps,
        checkpoint.dropout_state,
        {name: str(value) for name, value in checkpoint.batches_state.items()},
        {name: value.tobytes() for name, value in checkpoint.network_state.items()},
        trainer.network.gradients.tobytes(),
        checkpoint.step,
    ]


def test_looking_changes_nothing_of_the_run(trainer: Trainer) -> None:
    before = everything(trainer)
    for example in (THIRD, Example("test", 1)):
        assert look_at_walk(trainer, WalkRequest(example, with_code=True)).stages
    assert everything(trainer) == before


def test_two_looks_show_the_same(trainer: Trainer) -> None:
    first, second = (look_at_walk(trainer, WalkRequest(THIRD)) for _ in range(2))
    assert [stage.lines for stage in first.stages] == [stage.lines for stage in second.stages]


def test_the_step_that_is_taken_is_the_one_announced_to_the_bit(trainer: Trainer) -> None:
    for example in (THIRD, Example("test", 0), THIRD):
        announced = look_at_walk(trainer, WalkRequest(example)).stages[-1]
        step = trainer.step
        take_walk_step(trainer, example)
        np.testing.assert_array_equal(announced.values["after"], trainer.network.parameters)
        np.testing.assert_array_equal(announced.values["gradients"], trainer.network.gradients)
        assert trainer.step == step + 1
    assert not np.array_equal(announced.values["before"], announced.values["after"])


def test_a_step_from_a_past_moment_begins_the_branch_that_was_announced(trainer: Trainer) -> None:
    for _ in range(20):
        trainer.advance()
    trainer.rewind(-2)
    past = trainer.step
    before = everything(trainer)
    announced = look_at_walk(trainer, WalkRequest(THIRD)).stages[-1]
    assert everything(trainer) == before
    take_walk_step(trainer, THIRD)
    np.testing.assert_array_equal(announced.values["after"], trainer.network.parameters)
    assert (trainer.step, trainer.is_rewound) == (past + 1, False)


def test_what_is_frozen_or_cut_stays_in_the_announced_step_too(trainer: Trainer) -> None:
    held = np.arange(0, trainer.network.n_parameters, 3)
    trainer.network.constraints.hold(held[::2], FROZEN_LINK)
    trainer.network.constraints.hold(held[1::2], CUT_LINK)
    stage = look_at_walk(trainer, WalkRequest(THIRD)).stages[-1]
    take_walk_step(trainer, THIRD)
    np.testing.assert_array_equal(stage.values["after"], trainer.network.parameters)
    np.testing.assert_array_equal(stage.values["after"][held], stage.values["before"][held])
    assert any(f"{len(held)} frozen or cut" in line.text for line in stage.lines)


def test_steps_on_examples_count_in_the_epoch(trainer: Trainer) -> None:
    epoch, coming = trainer.epoch, trainer.batches.peek()
    take_walk_step(trainer, THIRD)
    assert not np.array_equal(trainer.batches.peek(), coming), "it took the place of the next batch"
    for _ in range(trainer.config.steps_per_epoch - 1):
        take_walk_step(trainer, THIRD)
    assert trainer.epoch == epoch + 1


def test_a_step_on_an_example_can_be_taken_back_to_the_bit(trainer: Trainer) -> None:
    before = trainer.checkpoint()
    take_walk_step(trainer, THIRD)
    with_it = trainer.network.parameters.copy()
    take_back(trainer)
    after = trainer.checkpoint()
    assert (after.step, after.optimizer_steps) == (before.step, before.optimizer_steps)
    np.testing.assert_array_equal(after.parameters, before.parameters)
    np.testing.assert_array_equal(after.optimizer_state, before.optimizer_state)
    np.testing.assert_array_equal(after.batches_state["order"], before.batches_state["order"])
    assert after.batches_state["position"] == before.batches_state["position"]
    assert after.dropout_state == before.dropout_state
    assert look_at_walk(trainer, WalkRequest(THIRD)).taken is None
    take_walk_step(trainer, THIRD)
    np.testing.assert_array_equal(trainer.network.parameters, with_it)


def test_a_step_with_another_after_it_is_not_taken_back(trainer: Trainer) -> None:
    take_walk_step(trainer, THIRD)
    trainer.advance()
    kept = trainer.network.parameters.copy()
    with pytest.raises(EngineError, match="the run has changed since"):
        take_back(trainer)
    np.testing.assert_array_equal(trainer.network.parameters, kept)


def test_after_the_step_the_walk_says_what_has_changed(trainer: Trainer) -> None:
    before = trainer.network.parameters.copy()
    take_walk_step(trainer, THIRD)
    taken = look_at_walk(trainer, WalkRequest(THIRD)).taken
    assert taken is not None
    assert (taken.step, taken.example) == (trainer.step, THIRD)
    rows = [line.text.split("→") for line in taken.stage.lines if " → " in line.text]
    moved = np.abs(trainer.network.parameters.astype(np.float64) - before)
    assert len(rows) == min(16, len(moved))
    largest = np.argmax(moved)
    old, new = rows[0][-2].split()[-1], rows[0][-1].split()[0]
    assert float(old) == pytest.approx(before[largest], rel=1e-2, abs=6e-5)
    assert float(new) == pytest.approx(trainer.network.parameters[largest], rel=1e-2, abs=6e-5)
    trainer.advance()
    assert look_at_walk(trainer, WalkRequest(THIRD)).taken is None, "it is not the last step any more"


def test_the_numbers_are_those_of_a_training_pass(trainer: Trainer) -> None:
    """Without chance and company the walk's outputs are what the network answers."""
    walk = look_at_walk(trainer, WalkRequest(THIRD))
    if trainer.config.dropout or any(
        placed.layer.name in ("dropout", "batchnorm") for placed in trainer.network.layers
    ):
        return
    inputs = trainer.problem.train.inputs(slice(2, 3))
    np.testing.assert_array_equal(walk.activations[-1], trainer.network.predict(inputs)[0].astype(np.float32))


def test_an_example_without_a_target_goes_forward_only_as_the_network_answers(trainer: Trainer) -> None:
    raw = trainer.problem.test.raw[0].reshape(-1)
    walk = look_at_walk(trainer, WalkRequest(Example("typed", 0, tuple(map(float, raw)))))
    answer = trainer.network.predict(trainer.problem.test.inputs(slice(0, 1)))[0]
    assert not walk.has_target
    assert {stage.phase for stage in walk.stages} == {"input", "forward"}
    np.testing.assert_allclose(walk.activations[-1], answer, rtol=1e-6)
    assert walk.deltas == ()


def test_an_example_of_the_wrong_length_is_a_sentence() -> None:
    trainer = Trainer(Config())
    walk = look_at_walk(trainer, WalkRequest(Example("typed", 0, (1.0, 2.0, 3.0))))
    assert walk.stages == ()
    assert "3 numbers; the data has 2" in walk.trouble


def test_the_company_of_batch_norm_is_the_next_batch() -> None:
    trainer = Trainer(Config(batch_norm=True, batch_size=6, optimizer="sgd"))
    rows = trainer.batches.peek()
    walk = look_at_walk(trainer, WalkRequest(Example("train", int(rows[3]))))
    trainer.advance()
    np.testing.assert_allclose(
        walk.stages[-1].values["after"], trainer.network.parameters, rtol=1e-4, atol=1e-6
    )
    assert "batch of 6" in walk.stages[0].lines[-1].text


def by_the_book(name: str, gradients: Sequence[np.ndarray], r: float) -> np.ndarray:
    """Return how far two gradients move the parameters, with the textbook's formulas."""
    total = np.zeros_like(gradients[0])
    v = m = s = u = np.zeros_like(total)
    for t, g in enumerate(gradients, 1):
        if name in ("momentum", "nesterov"):
            v = 0.9 * v + g
            total = total - r * (v if name == "momentum" else g + 0.9 * v)
        elif name == "adagrad":
            s = s + g * g
            total = total - r * g / (np.sqrt(s) + 1e-10)
        elif name == "rmsprop":
            s = 0.99 * s + 0.01 * g * g
            total = total - r * g / (np.sqrt(s) + 1e-8)
        elif name == "adadelta":
            s = 0.9 * s + 0.1 * g * g
            d = g * np.sqrt(u + 1e-6) / np.sqrt(s + 1e-6)
            u = 0.9 * u + 0.1 * d * d
            total = total - r * d
        elif name == "adam":
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
            total = total - r * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        else:
            total = total - r * g
    return total


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name != "adamw"])
def test_the_update_is_that_of_the_textbook(name: str) -> None:
    trainer = Trainer(Config(optimizer=name, dtype="float64", learning_rate=0.1))
    first = trainer.network.parameters.copy()
    gradients = []
    for _ in range(2):
        stage = look_at_walk(trainer, WalkRequest(THIRD)).stages[-1]
        gradients.append(stage.values["gradients"])
        take_walk_step(trainer, THIRD)
    moved = by_the_book(name, gradients, 0.1)
    np.testing.assert_allclose(stage.values["after"], first + moved, rtol=1e-9, atol=1e-12)
    row = next(line.text for line in stage.lines if line.text.startswith("out b1"))
    assert float(row.split()[-1]) == pytest.approx((first + moved)[-1], abs=5.1e-5)


def worked_lines(stage: Stage) -> dict[str, str]:
    """Return what the lines of the rule make, by the letter before the sign; the last of a letter counts."""
    texts = [line.text for line in stage.lines]
    first = next(place for place, text in enumerate(texts) if text.endswith("in full"))
    assert max(map(len, texts[first:])) <= 44
    made, letter = {}, ""
    for text in texts[first + 1 : -3]:
        if text[0] != " ":
            letter = text.split(" = ")[0]
        made[letter] = text.split()[-1]
    return made


@pytest.mark.parametrize("optimizer", [name for name in OPTIMIZERS if name != "sgd"])
@pytest.mark.parametrize("n_before", [0, 3])
def test_the_rule_is_worked_line_by_line_to_the_parameter_after_the_step(
    optimizer: str, n_before: int
) -> None:
    trainer = Trainer(Config(optimizer=optimizer, dtype="float64"))
    for _ in range(n_before):
        trainer.advance()
    stage = look_at_walk(trainer, WalkRequest(THIRD)).stages[-1]
    largest = int(np.argmax(np.abs(stage.values["after"] - stage.values["before"])))
    made = worked_lines(stage)
    assert float(made["p"]) == pytest.approx(stage.values["after"][largest], rel=6e-3, abs=6e-5)
    assert {"v", "m_hat", "v_hat"} <= set(made) or not optimizer.startswith("adam")


def test_the_penalty_is_a_line_of_its_own() -> None:
    config = Config(optimizer="sgd", regularization="l2", regularization_rate=50, hidden_sizes=())
    stage = look_at_walk(Trainer(config), WalkRequest(Example("train", 5))).stages[-1]
    shown = [line.text for line in stage.lines if line.text.startswith("p = ")]
    assert "- 0.03 × 50 × " in shown[-1]


def test_what_adam_remembers_is_shown_as_in_its_formula() -> None:
    trainer = Trainer(Config(optimizer="adam", dtype="float64", hidden_sizes=()))
    stage = look_at_walk(trainer, WalkRequest(THIRD)).stages[-1]
    largest = int(np.argmax(np.abs(stage.values["after"] - stage.values["before"])))
    g = stage.values["gradients"][largest]
    shown = worked_lines(stage)
    assert float(shown["m"]) == pytest.approx(0.1 * g, rel=6e-3)
    assert float(shown["v"]) == pytest.approx(0.001 * g * g, rel=6e-3)
    assert float(shown["m_hat"]) == pytest.approx(g, rel=6e-3)
    assert float(shown["v_hat"]) == pytest.approx(g * g, rel=6e-3)


def test_clipping_is_told_with_its_numbers() -> None:
    trainer = Trainer(Config(clip_norm=0.05, optimizer="sgd"))
    unclipped = look_at_walk(Trainer(Config(optimizer="sgd")), WalkRequest(THIRD)).stages[-1]
    norm = float(np.linalg.norm(unclipped.values["gradients"]))
    stage = look_at_walk(trainer, WalkRequest(THIRD)).stages[-1]
    words = next(line.text for line in stage.lines if line.text.startswith("clip_norm"))
    assert words == f"clip_norm 0.05: their norm is {norm:+.4f}, all are scaled by {0.05 / norm:+.4f}"


@pytest.mark.parametrize("loss", [name for name in LOSSES if name != "softmax_cross_entropy"])
def test_every_loss_of_a_run_can_be_walked(loss: str) -> None:
    walk = look_at_walk(Trainer(Config(loss=loss)), WalkRequest(THIRD, with_code=True))
    assert walk.stages[-1].kind == "update"
    assert all(name in walk.code for stage in walk.stages for name in stage.code)


def test_the_code_is_the_engines_own() -> None:
    walk = look_at_walk(Trainer(Config()), WalkRequest(THIRD, with_code=True))
    stage = walk.stages[1]
    code = walk.code[stage.code[0]]
    lines, first = inspect.getsourcelines(Dense.connect)
    assert code.place == f"engine/layers/dense.py:{first}"
    assert [line.strip() for line in code.lines] == [line.strip() for line in lines]
    assert code.lines[0].startswith("def connect"), "moved to the left edge"
    assert look_at_walk(Trainer(Config()), WalkRequest(THIRD)).code == {}, "only where it is wanted"


def test_names_are_those_of_the_data() -> None:
    walk = look_at_walk(Trainer(Config(features=("x2", "sinx"))), WalkRequest(THIRD))
    assert [line.text.split()[0] for line in walk.stages[0].lines[1:3]] == ["x²", "sin"]


# -- in a session


def test_a_session_takes_the_step_and_pauses(
    play: Callable[..., list[Any]], ticking: Callable[..., Any]
) -> None:
    session = Session(Config(), looks=new_looks(), clock=ticking(0.0001))
    request = do.RequestSnapshot(ViewRequest(looks=(WalkRequest(THIRD),)))
    messages = play(session, do.Play(), 2, do.Pause(), request, do.WalkStep(THIRD), request)
    before, after = (message for message in messages if isinstance(message, Snapshot))
    walk = before.reply(Walk)
    assert isinstance(walk, Walk)
    assert after.status is Status.PAUSED
    assert after.step == before.step + 1
    np.testing.assert_array_equal(walk.stages[-1].values["after"], session.trainer.network.parameters)
    assert after.reply(Walk).taken is not None
    assert after.metrics != before.metrics


def test_a_session_takes_the_step_back(play: Callable[..., list[Any]]) -> None:
    session = Session(Config(), looks=new_looks())
    look = do.RequestSnapshot(ViewRequest(history=True, looks=(WalkRequest(THIRD),)))
    messages = play(session, look, do.WalkStep(THIRD), look, do.TakeBackStep(), look, do.TakeBackStep())
    before, _, after = (message for message in messages if isinstance(message, Snapshot))
    assert (after.status, after.step, after.epoch) == (Status.PAUSED, 0, 0)
    assert after.metrics == before.metrics
    assert before.curves is not None
    assert after.curves is not None
    assert list(after.curves.steps) == list(before.curves.steps)
    (notice,) = (message for message in messages if isinstance(message, Notice))
    assert "cannot be undone" in notice.text


def test_a_step_without_a_target_is_refused_in_words(play: Callable[..., list[Any]]) -> None:
    session = Session(Config(), looks=new_looks())
    messages = play(session, do.WalkStep(Example("typed", 0, (0.0, 0.0))))
    notices = [message for message in messages if isinstance(message, Notice)]
    assert notices[0].is_error
    assert "target" in notices[0].text
    assert session.trainer.step == 0


def test_a_walk_is_small_enough_to_be_sent(trainer: Trainer) -> None:
    import pickle

    assert len(pickle.dumps(look_at_walk(trainer, WalkRequest(THIRD, with_code=True)))) < 500_000
