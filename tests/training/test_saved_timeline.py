from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.engine import EngineError, load_model, save_model
from tui_nn.settings.config import Config
from tui_nn.training.branching import begin_branch
from tui_nn.training.saved_run import load_run
from tui_nn.training.saving import save_run
from tui_nn.training.trainer import Trainer

STATEFUL = Config(
    samples=60,
    batch_size=7,
    hidden_sizes=(5, 4),
    batch_norm=True,
    regularization="l1",
    regularization_rate=0.3,
    learning_rate=0.1,
)
"""Running means in every frame, dead links in later ones."""


def trained(steps: int, config: Config = STATEFUL) -> Trainer:
    trainer = Trainer(config)
    for _ in range(steps):
        trainer.advance()
        if trainer.history.is_due(trainer.step):
            trainer.record()
    return trainer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.npz"


def rewritten(path: Path, change: Callable[[dict[str, Any], dict[str, Any]], Any]) -> Path:
    """Let `change` edit what the file says of the timeline, and its arrays."""
    model = load_model(path)
    change(model.metadata["training"]["timeline"], model.arrays)
    save_model(path, model.network, model.metadata, model.arrays)
    return path


@pytest.mark.parametrize("config", [STATEFUL, Config(dtype="float64"), Config(dataset="reg-gauss")])
def test_frames_come_back_to_the_bit(path: Path, config: Config) -> None:
    trainer = trained(30, config)
    save_run(path, trainer, with_timeline=True)
    timeline = load_run(path).timeline()

    assert timeline is not None
    assert timeline.interval == trainer.timeline.interval
    assert timeline.words == trainer.timeline.words
    for loaded, kept in zip(timeline.frames, trainer.timeline.frames, strict=True):
        assert (loaded.step, loaded.epoch, loaded.position) == (kept.step, kept.epoch, kept.position)
        assert loaded.metrics == kept.metrics
        assert loaded.parameters.dtype == kept.parameters.dtype
        assert loaded.parameters.tobytes() == kept.parameters.tobytes()
        assert loaded.state.keys() == kept.state.keys()
        assert all(loaded.state[name].tobytes() == kept.state[name].tobytes() for name in kept.state)


def test_there_are_dead_links_in_some_frames_alone() -> None:
    has_dead = ["alive" in frame.state for frame in trained(30).timeline.frames]

    assert any(has_dead)
    assert not all(has_dead)


def test_an_opened_run_replays_and_goes_on_as_if_never_closed(path: Path) -> None:
    closed = trained(30)
    save_run(path, closed, with_timeline=True)
    run = load_run(path)
    opened = Trainer(STATEFUL)
    opened.load(run.checkpoint(), run.timeline())
    for trainer in (opened, closed):
        trainer.rewind_to(11)
    assert opened.network.parameters.tobytes() == closed.network.parameters.tobytes()

    for trainer in (opened, closed):
        trainer.rewind_to(None)
        for _ in range(20):
            trainer.advance()
    assert opened.network.parameters.tobytes() == closed.network.parameters.tobytes()
    assert [f.step for f in opened.timeline.frames] == [f.step for f in closed.timeline.frames]


def test_a_run_is_written_without_its_timeline_unless_asked(path: Path) -> None:
    save_run(path, trained(30))
    run = load_run(path)

    assert not run.has_timeline
    assert run.timeline() is None


def test_a_run_without_a_past_can_be_written_with_it(path: Path) -> None:
    save_run(path, trained(0), with_timeline=True)

    assert [frame.step for frame in load_run(path).timeline().frames] == [0]


def test_a_trainer_that_keeps_no_moments_writes_none(path: Path) -> None:
    save_run(path, Trainer(STATEFUL, timeline_bytes=0), with_timeline=True)

    assert load_run(path).timeline() is None


def test_the_curve_before_a_branch_comes_back(path: Path) -> None:
    trainer = trained(30)
    trainer.rewind_to(12)
    begin_branch(trainer)
    for _ in range(5):
        trainer.advance()
        trainer.record()
    save_run(path, trainer)
    other = Trainer(STATEFUL)
    other.load(load_run(path).checkpoint())

    assert other.history.curves().other.steps.tolist() == list(range(12, 31))


def put(name: str, value: Any) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    return lambda values, arrays: values.__setitem__(name, value)


def put_array(name: str, change: Callable[[np.ndarray], Any]) -> Callable[..., None]:
    return lambda values, arrays: arrays.__setitem__(name, np.asarray(change(arrays[name])))


def nan_first(array: np.ndarray) -> np.ndarray:
    array = array.copy()
    array.reshape(-1)[0] = np.nan
    return array


@pytest.mark.parametrize(
    "change",
    [
        put("interval", 0),
        put("interval", "2"),
        put("words", ["\x1b[2J", None]),
        put("words", 7),
        put_array("frames", lambda a: a[:, 1:]),
        put_array("frames", lambda a: a[:5]),
        put_array("frames", lambda a: a.astype(np.float64)),
        put_array("frames", lambda a: a[0]),
        put_array("frames", lambda a: np.repeat(a, 20, axis=0)),
        put_array("frames", nan_first),
        put_array("frame_places", lambda a: a[::-1]),
        put_array("frame_places", lambda a: a + 1000),
        put_array("frame_places", lambda a: a - 1000),
        put_array("frame_places", lambda a: a.astype(np.float64)),
        put_array("frame_places", lambda a: a[:, :2]),
        put_array("frame_metrics", lambda a: a[:, :3]),
        put_array("frame_state.statistics", lambda a: a[:, :-1]),
        put_array("frame_state.statistics", nan_first),
        put_array("frame_state.alive", lambda a: a[1:]),
        put_array("frame_has.alive", lambda a: a[1:]),
        lambda values, arrays: arrays.pop("frame_has.alive"),
        lambda values, arrays: arrays.pop("frame_places"),
        lambda values, arrays: values.clear(),
    ],
)
def test_a_damaged_timeline_is_refused_in_a_sentence(path: Path, change: Any) -> None:
    save_run(path, trained(30), with_timeline=True)
    run = load_run(rewritten(path, change))

    assert run.checkpoint().step == 30
    with pytest.raises(EngineError, match="Its timeline is damaged"):
        run.timeline()


def test_what_is_looked_at_to_check_states_leaves_the_network_alone(path: Path) -> None:
    save_run(path, trained(30), with_timeline=True)
    run = load_run(path)
    before = run.network.state()["statistics"].tobytes()
    run.timeline()

    assert run.network.state()["statistics"].tobytes() == before
