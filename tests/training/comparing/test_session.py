"""A comparison obeys as a run does: all together, or one by its number."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tui_nn.data import DATASETS, DataError
from tui_nn.settings.config import Config
from tui_nn.training import commands as do
from tui_nn.training.comparing.session import ComparisonSession
from tui_nn.training.session import Message
from tui_nn.training.snapshot import Notice, Snapshot, Status, ViewRequest
from tui_nn.training.trainer import Trainer
from tui_nn.views.compare.look import compared_looks
from tui_nn.views.compare.values import Compared, CompareRequest, RunSeen

SMALL = Config(samples=60, batch_size=10, hidden_sizes=(4,), speed=None)
RATES = tuple(SMALL.replace(learning_rate=rate) for rate in (0.003, 0.01, 0.03))
WILD = {"optimizer": "sgd", "loss": "mse", "output_activation": "linear", "activation": "linear"}
LOOK = do.RequestSnapshot(ViewRequest(looks=(CompareRequest((1, 2, 3), (8, 8), moments=20),)))


class Talk:
    """A session with a clock that ticks, and what it said."""

    def __init__(self, *configs: Config) -> None:
        ticks = itertools.count()
        self.session = ComparisonSession(
            do.CompareRuns(configs), looks=compared_looks(), clock=lambda: next(ticks) * 1e-4
        )
        self.waits: list[float | None] = []
        self.said: list[Message] = []

    def send(self, *commands: do.Command, slices: int = 0) -> Snapshot:
        script: list[Sequence[do.Command] | None] = [list(commands), *([()] * slices), [LOOK], None]

        def receive(wait_s: float | None) -> Sequence[do.Command] | None:
            self.waits.append(wait_s)
            return script.pop(0)

        self.session.run(receive, self.said.append)
        return next(message for message in reversed(self.said) if isinstance(message, Snapshot))

    def rows(self, *commands: do.Command, slices: int = 0) -> tuple[RunSeen, ...]:
        seen = self.send(*commands, slices=slices).reply(Compared)
        assert seen is not None
        return seen.runs

    @property
    def notices(self) -> list[str]:
        return [message.text for message in self.said if isinstance(message, Notice)]


def steps(rows: Sequence[RunSeen]) -> list[int]:
    return [run.step for run in rows]


def test_step_epoch_and_epochs_are_those_of_all_runs() -> None:
    talk = Talk(*RATES)

    assert steps(talk.rows(do.RunSteps(1))) == [1, 1, 1]
    assert steps(talk.rows(do.RunEpochs(1), slices=3)) == [3, 3, 3], "30 training samples in batches of 10"
    assert steps(talk.rows(do.RunEpochs(2), slices=5)) == [9, 9, 9]
    assert talk.send().status is Status.PAUSED


def test_a_paused_comparison_waits_for_a_command_and_says_nothing() -> None:
    talk = Talk(*RATES)
    before = talk.rows(do.Play(), do.Pause(), slices=3)

    said = len(talk.said)
    talk.waits.clear()
    talk.session.run(lambda wait_s: talk.waits.append(wait_s), talk.said.append)

    assert talk.waits == [None]
    assert len(talk.said) == said
    assert steps(talk.rows()) == steps(before)


def test_the_samples_of_a_map_are_those_of_its_own_run_with_what_it_misclassifies() -> None:
    configs = (SMALL, SMALL.replace(data_seed=3), SMALL.replace(dataset="reg-plane", samples=60))
    talk = Talk(*configs)
    talk.send(do.RunSteps(7), slices=9)
    asked = CompareRequest((1, 2, 3), (8, 8), samples=20)
    replies: list[Message] = []
    script: list[Sequence[do.Command] | None] = [[do.RequestSnapshot(ViewRequest(looks=(asked,)))], None]
    talk.session.run(lambda _: script.pop(0), replies.append)
    (seen,) = [message.reply(Compared) for message in replies if isinstance(message, Snapshot)]
    assert seen is not None

    for number, config in enumerate(configs, start=1):
        alone = Trainer(config)
        for _ in range(7):
            alone.advance()
        train, found = alone.problem.train, seen.samples[number]
        np.testing.assert_allclose(found.positions, train.raw[:20], rtol=1e-6)
        if config.task == "regression":
            assert found.wrong is None
            assert found.labels.tolist() == (train.targets[:20] > 0).tolist()
        else:
            said = alone.network.loss.decode(alone.network.predict(train.inputs(slice(20))))
            assert found.labels.tolist() == train.targets[:20].tolist()
            assert found.wrong is not None
            assert found.wrong.tolist() == (said != train.targets[:20]).tolist()


def test_looking_changes_nothing() -> None:
    watched, unwatched = Talk(*RATES), Talk(*RATES)

    for _ in range(12):
        watched.send(do.RunSteps(1))
    unwatched.send(do.RunSteps(12), slices=9)

    for position in range(3):
        found = [t.session.rows.runs.checkpoint(position).parameters for t in (watched, unwatched)]
        np.testing.assert_array_equal(*found)


def test_settings_of_one_run_change_by_its_number_and_the_others_go_on() -> None:
    talk = Talk(*RATES)
    talk.send(do.RunSteps(3))

    rows = talk.rows(do.ChangeRuns(((2, RATES[1].replace(learning_rate=0.1)),)), do.RunSteps(1))

    assert [run.config.learning_rate for run in rows] == [0.003, 0.1, 0.03]
    assert steps(rows) == [4, 4, 4]


def test_numbers_stay_when_a_run_is_dropped_and_none_comes_again() -> None:
    talk = Talk(*RATES)

    rows = talk.rows(do.RunSteps(5), do.DropRun(2), do.AddRun(SMALL), slices=1)

    assert [run.number for run in rows] == [1, 3, 4]
    assert steps(rows) == [5, 5, 5]
    assert [run.number for run in talk.rows(do.DropRun(4), do.AddRun(SMALL))] == [1, 3, 5]


def test_settings_that_no_run_can_have_are_refused_in_their_row_and_the_others_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def draw(*_: Any) -> Any:
        raise DataError("its rows are gone")

    monkeypatch.setitem(DATASETS, "gone", replace(DATASETS["moons"], name="gone", draw=draw))
    talk = Talk(RATES[0], SMALL.replace(dataset="gone"), RATES[2])

    rows = talk.rows(do.RunSteps(2))

    assert [(run.number, run.step, run.ended) for run in rows] == [(1, 2, ""), (2, 0, "refused"), (3, 2, "")]
    assert rows[1].why == "its rows are gone"
    mended = talk.rows(do.ChangeRuns(((2, SMALL),)))
    assert [(run.number, run.step, run.ended) for run in mended] == [(1, 2, ""), (2, 2, ""), (3, 2, "")]


def test_a_change_that_is_refused_leaves_the_run_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(*_: Any) -> Any:
        raise DataError("its rows are gone")

    monkeypatch.setitem(DATASETS, "gone", replace(DATASETS["moons"], name="gone", draw=draw))
    talk = Talk(*RATES)

    rows = talk.rows(do.ChangeRuns(((2, SMALL.replace(dataset="gone")),)), do.RunSteps(1))

    assert talk.notices == ["Run 2: its rows are gone"]
    assert [run.config for run in rows] == list(RATES)
    assert steps(rows) == [1, 1, 1]


def test_runs_that_diverge_say_why_and_the_others_go_on() -> None:
    talk = Talk(RATES[0], RATES[1].replace(**WILD, learning_rate=1e6), RATES[2])

    rows = talk.rows(do.RunSteps(200), slices=40)

    assert [run.ended for run in rows] == ["", "diverged", ""]
    assert rows[1].why
    assert rows[0].step == 200


def test_when_all_runs_have_diverged_it_says_so_and_stops() -> None:
    wild = [config.replace(**WILD, learning_rate=1e6) for config in RATES]
    talk = Talk(*wild)

    moment = talk.send(do.Play(), slices=60)

    assert moment.status is Status.STOPPED
    assert talk.notices == ["Stopped: all runs have diverged; a smaller learning rate may help."]
    talk.send(do.Play())
    assert talk.notices[-1].startswith("Nothing goes on: all runs have diverged")
    assert steps(talk.rows(do.Reset())) == [0, 0, 0]
    assert talk.send().status is Status.PAUSED


def test_runs_from_a_moment_have_its_weights_and_step() -> None:
    trainer = Trainer(SMALL)
    for _ in range(7):
        trainer.advance()
    moment = trainer.checkpoint()
    talk = Talk(*RATES)

    rows = talk.rows(do.CompareRuns(RATES, moment))

    assert steps(rows) == [7, 7, 7]
    for position in range(3):
        found = talk.session.rows.runs.checkpoint(position)
        np.testing.assert_array_equal(found.parameters, moment.parameters)
        np.testing.assert_array_equal(found.optimizer_state, moment.optimizer_state)


def test_the_state_line_is_of_the_run_that_is_selected() -> None:
    talk = Talk(*RATES)
    talk.send(do.RunSteps(20), slices=9)

    for number, config in enumerate(RATES, start=1):
        moment = talk.send(do.SelectRun(number))
        seen: Any = moment.reply(Compared)
        assert moment.config.learning_rate == config.learning_rate
        assert moment.metrics == seen.runs[number - 1].metrics


def test_maps_and_curves_are_of_the_runs_they_are_named_for() -> None:
    talk = Talk(*RATES)

    seen: Any = talk.send(do.RunSteps(40), slices=15).reply(Compared)

    assert seen.maps[1].shape == (8, 8, 1)
    assert not np.array_equal(seen.maps[1], seen.maps[3])
    for position, number in enumerate((1, 2, 3)):
        recorded = talk.session.rows.runs.curves(position)
        assert seen.lines.values[number][0] == recorded.test_loss[0]
        assert seen.lines.values[number][-1] == recorded.test_loss[-1]
