"""The runs of a comparison are handed over now and then, and another trainer goes on from where they were."""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Sequence

import numpy as np
import pytest

from tui_nn.data import DataError
from tui_nn.settings.config import Config
from tui_nn.training import commands as do
from tui_nn.training.comparing import comparison, hand_over
from tui_nn.training.comparing.kept import KeptRuns
from tui_nn.training.comparing.session import ComparisonSession
from tui_nn.training.problem import Problem, make_problems
from tui_nn.training.session import Message
from tui_nn.views.compare.look import compared_looks

SMALL = Config(samples=60, batch_size=10, hidden_sizes=(4,), speed=None)
RATES = tuple(SMALL.replace(learning_rate=rate) for rate in (0.003, 0.01, 0.03))
WILD = {"optimizer": "sgd", "loss": "mse", "output_activation": "linear", "activation": "linear"}


def a_session(configs: Sequence[Config], every_s: float | None = 0.0) -> ComparisonSession:
    ticks = itertools.count()
    return ComparisonSession(
        do.CompareRuns(tuple(configs)),
        looks=compared_looks(),
        checkpoint_every_s=every_s,
        clock=lambda: next(ticks) * 1e-4,
    )


def tell(session: ComparisonSession, *commands: do.Command) -> list[KeptRuns]:
    """Send commands one by one; return what was handed over meanwhile."""
    said: list[Message] = []
    script: list[list[do.Command] | None] = [*([command] for command in commands), *([[]] * 60), None]
    session.run(lambda _: script.pop(0), said.append)
    return [message for message in said if isinstance(message, KeptRuns)]


def parameters(session: ComparisonSession) -> list[np.ndarray]:
    runs = session.rows.runs
    return [runs.trainer(position).network.parameters.copy() for position in range(len(runs))]


def test_runs_go_on_from_where_they_were_to_the_bit() -> None:
    straight = a_session(RATES)
    kept = tell(straight, do.RunSteps(7))[-1]
    tell(straight, do.RunSteps(20))

    other = a_session(RATES)
    tell(other, do.RestoreRuns(pickle.loads(pickle.dumps(kept))), do.RunSteps(20))

    assert kept.step == 7
    assert [place.step for _, place in other.rows.standings()] == [27, 27, 27]
    for one, another in zip(parameters(straight), parameters(other), strict=True):
        np.testing.assert_array_equal(one, another)


def test_nothing_is_handed_over_while_nothing_changes() -> None:
    session = a_session(RATES)

    assert len(tell(session)) == 1
    assert tell(session) == []
    assert len(tell(session, do.AddRun(SMALL))) == 1


def test_runs_keep_their_numbers_and_how_they_ended() -> None:
    wild = Config().replace(**WILD, speed=None, learning_rate=1e4)
    session = a_session([SMALL, wild, SMALL.replace(weights_seed=4), SMALL.replace(stop_epochs=1)])
    kept = tell(session, do.DropRun(3), do.RunSteps(40), do.RunSteps(1))[-1]

    other = a_session(RATES)
    tell(other, do.RestoreRuns(kept))

    before, after = session.rows.standings(), other.rows.standings()
    assert [number for number, _ in after] == [1, 2, 4]
    assert [place.outcome for _, place in after] == [place.outcome for _, place in before]
    assert [place.outcome and place.outcome.status for _, place in after] == [None, "diverged", "stopped"]
    assert other.rows.add(SMALL) == 5


def test_runs_that_have_changed_since_go_on_with_what_they_are_now() -> None:
    session = a_session(RATES)
    kept = tell(session, do.RunSteps(7))[-1]
    changed = RATES[1].replace(learning_rate=0.3)

    now = kept.now({2: changed, 3: RATES[2], 4: SMALL}, next_number=5)
    other = a_session(RATES)
    tell(other, do.RestoreRuns(now))

    places = dict(other.rows.standings())
    assert list(places) == [2, 3, 4]
    assert places[2].config.learning_rate == 0.3
    assert [place.step for place in places.values()] == [7, 7, 7]


def test_a_refused_row_is_still_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    images = Config(dataset="mnist", samples=200)
    configs = [SMALL, images]
    monkeypatch.setattr(comparison, "make_problems", _without_images)
    session = a_session(configs)
    kept = tell(session, do.RunSteps(2))[-1]

    other = a_session(RATES)
    tell(other, do.RestoreRuns(kept))

    assert [number for number, _ in other.rows.standings()] == [1]
    assert [(number, refusal.config) for number, refusal in other.rows.refused.items()] == [(2, images)]


def _without_images(configs: Sequence[Config]) -> list[Problem]:
    if any(config.image_shape for config in configs):
        raise DataError("the images are not here")
    return make_problems(configs)


def test_runs_that_are_too_large_are_not_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hand_over, "MOST_BYTES", 10)

    assert tell(a_session(RATES), do.RunSteps(3)) == []


def test_without_being_asked_nothing_is_handed_over() -> None:
    assert tell(a_session(RATES, every_s=None), do.RunSteps(3)) == []
