"""Back in time and forward again, by keys, on every screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.screens.digits import DigitsScreen
from tui_nn.training.commands import Rewind, SetParameter
from tui_nn.training.remote.replay import REPLAY_S
from tui_nn.training.snapshot import Status
from tui_nn.views.drawing.panel import Canvas
from tui_nn.views.timeline.panel import TimelineBar
from tui_nn.widgets.event_line import EventLine

Open = Any
Driven = Any


async def trained(driven: Driven, epochs: int = 2) -> None:
    """Train some epochs of 25 steps, paused behind them."""
    for epoch in range(1, epochs + 1):
        await driven.press("e")
        await driven.until(lambda epoch=epoch: driven.snapshot.epoch == epoch)
    await driven.until_status(Status.PAUSED)
    await driven.settle()


async def at_step(driven: Driven, step: int) -> None:
    await driven.until(lambda: driven.snapshot.step == step)
    await driven.settle()


def bar(driven: Driven) -> TimelineBar:
    return driven.app.screen.query_one(TimelineBar)


def lines(driven: Driven) -> str:
    return "\n".join(driven.screen_lines())


async def test_the_bar_takes_the_row_of_the_event_line_and_nothing_jumps(open_app: Open) -> None:
    async with open_app() as driven:
        await trained(driven)
        panels = {panel: panel.region for panel in driven.playground.query(".panel")}
        said_at = driven.playground.query_one(EventLine).region
        assert not bar(driven).region
        await driven.press("comma")
        await at_step(driven, 49)

        assert "step 49 of 50" in driven.text(bar(driven))
        assert "rewound" in driven.screen_lines()[0]
        assert bar(driven).region == said_at
        assert {panel: panel.region for panel in driven.playground.query(".panel")} == panels
        await driven.press("9")
        await at_step(driven, 50)
        assert driven.playground.query_one(EventLine).region == said_at
        assert "Back at the latest step, 50." in lines(driven)


async def test_the_picture_of_a_moment_is_the_picture_that_was_there(open_app: Open) -> None:
    async with open_app() as driven:
        await trained(driven, 1)
        was = driven.text(driven.map), driven.text(driven.network)
        await driven.press("e")
        await driven.until(lambda: driven.snapshot.epoch == 2)
        await driven.press(*["comma"] * 25)
        await at_step(driven, 25)

        assert (driven.text(driven.map), driven.text(driven.network)) == was


async def test_each_press_counts_and_the_last_one_is_shown(open_app: Open) -> None:
    async with open_app() as driven:
        await trained(driven)
        await driven.type("," * 30 + "." * 4)
        await at_step(driven, 50 - 30 + 4)


async def test_going_back_pauses_a_run(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("space")
        await driven.until(lambda: driven.snapshot.step > 100)
        await driven.press("comma")
        await driven.until(lambda: driven.snapshot.timeline.is_past)

        assert driven.snapshot.status is Status.PAUSED
        assert driven.app.run_shown.status is Status.PAUSED


async def test_space_trains_on_from_there_as_a_branch(open_app: Open) -> None:
    async with open_app() as driven:
        await trained(driven)
        await driven.press(*["comma"] * 40)
        await at_step(driven, 10)
        await driven.press("s")
        await at_step(driven, 11)

        assert "A branch from step 10, with fresh optimizer state" in driven.said
        assert driven.snapshot.timeline.branch_step == 10
        await driven.press("space")
        await driven.until(lambda: driven.snapshot.step > 60)
        await driven.press("space")
        await driven.until_status(Status.PAUSED)
        await driven.until(lambda: "before" in driven.text(driven.curves))


async def test_the_mark_moves_over_a_curve_that_is_not_sent_again(open_app: Open) -> None:
    async with open_app() as driven:
        await trained(driven)
        await driven.press("0")
        await at_step(driven, 0)
        await driven.settle()
        first = driven.text(driven.curves)
        curves = driven.curves._curves
        await driven.press("full_stop")
        await at_step(driven, 1)
        await driven.press(*["full_stop"] * 30)
        await at_step(driven, 31)

        assert driven.snapshot.curves is None
        assert driven.curves._curves is curves
        assert driven.text(driven.curves) != first
        assert driven.text(driven.curves).count("┊") > 2
        await driven.press("9")
        await at_step(driven, 50)
        await driven.until(lambda: "┊" not in driven.text(driven.curves))


async def test_what_is_said_meanwhile_stands_in_the_bar(open_app: Open) -> None:
    async with open_app() as driven:
        await trained(driven)
        await driven.press("comma")
        await at_step(driven, 49)
        await driven.press("right_square_bracket")
        assert "Learning rate 0.03 -> 0.1" in driven.text(bar(driven))
        await driven.until(lambda: driven.snapshot.config.learning_rate == 0.1)

        assert driven.snapshot.timeline.is_past
        await driven.press("comma")
        await at_step(driven, 48)
        assert "Learning rate" not in driven.text(bar(driven))


async def test_a_question_takes_the_place_of_the_bar(open_app: Open) -> None:
    async with open_app() as driven:
        await trained(driven)
        await driven.press("comma")
        await at_step(driven, 49)
        await driven.press("W")

        assert not bar(driven).region
        await driven.press("escape")
        assert bar(driven).region


async def test_the_key_line_says_what_can_be_done_there(open_app: Open) -> None:
    async with open_app() as driven:
        await trained(driven)
        await driven.press("comma")
        await at_step(driven, 49)

        assert "train from here" in driven.screen_lines()[-1]


async def test_the_first_moment_and_the_end_of_an_era_are_said(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("comma")
        await driven.until_said("This is the first moment of the run.")
        await trained(driven)
        await driven.press("h")
        await driven.until(lambda: driven.snapshot.config.hidden_sizes == (4, 2, 2))
        await driven.press("comma")
        await driven.until_said("Hidden layers 4,2 -> 4,2,2 at step 50 changed the network")
        await driven.press("s", "s")
        await at_step(driven, 52)
        await driven.press("0")
        await at_step(driven, 50)
        assert "4,2 -> 4,2,2" in driven.text(bar(driven))


async def test_a_replay_goes_to_the_present_by_itself(open_app: Open) -> None:
    async with open_app() as driven:
        for _ in range(3):
            await driven.press("s")
        await at_step(driven, 3)
        before = driven.parameters
        await driven.press("semicolon")
        await driven.until(lambda: driven.snapshot.timeline.is_past)
        await driven.until(lambda: not driven.app.run_shown.playback.is_on)

        assert driven.snapshot.step == 3
        assert not driven.snapshot.timeline.is_past
        assert [c for c in driven.link.sent if isinstance(c, Rewind)] == [Rewind(1)] * 3
        np.testing.assert_array_equal(driven.parameters, before)
        assert "Back at the latest step" in driven.said


@pytest.mark.parametrize("key", ["semicolon", "comma", "full_stop", "space", "s", "9"])
async def test_a_key_ends_a_replay(open_app: Open, key: str) -> None:
    async with open_app() as driven:
        await trained(driven)
        await driven.press("semicolon")
        await driven.until(lambda: driven.snapshot.timeline.is_past and driven.snapshot.step > 2)
        await driven.press(key)

        assert not driven.app.run_shown.playback.is_on
        n_sent = len([c for c in driven.link.sent if isinstance(c, Rewind)])
        await driven.pilot.pause(2 * REPLAY_S)
        assert len([c for c in driven.link.sent if isinstance(c, Rewind)]) == n_sent


async def test_there_is_nothing_to_replay_at_first(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("semicolon")

        assert driven.said == "Nothing to replay yet."
        assert not driven.app.run_shown.playback.is_on


async def test_a_run_written_with_its_past_replays_when_it_is_opened(open_app: Open) -> None:
    async with open_app() as driven:
        await trained(driven)
        await driven.press("W", "enter")
        await driven.until(Path("moons.npz").exists)
        await driven.until_said("with 50 earlier moments")
        await driven.press("r")
        await driven.until(lambda: driven.snapshot.step == 0)
        await driven.press("o", "enter")
        await at_step(driven, 50)
        assert "; to replay it" in driven.said
        await driven.press("0")
        await at_step(driven, 0)

        assert driven.snapshot.timeline.n_frames == 50


async def test_a_damaged_past_is_refused_and_the_run_stays(open_app: Open) -> None:
    async with open_app() as driven:
        await trained(driven)
        await driven.press("W", "enter")
        await driven.until_said("with 50 earlier moments")
        with np.load("moons.npz") as file:
            arrays = dict(file)
        arrays["extra.frames"][3, 0] = np.nan
        np.savez("moons.npz", **arrays)
        await driven.press("s")
        await at_step(driven, 51)
        await driven.press("o", "enter")
        await driven.until_said("timeline")

        assert driven.said == "Its timeline is damaged."
        await driven.settle()
        assert driven.snapshot.step == 51


async def test_time_on_the_digits_screen(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("2")
        screen = driven.app.screen
        assert isinstance(screen, DigitsScreen)
        await driven.until(lambda: screen.snapshot is not None)
        await driven.settle()
        trainer, first = driven.session.trainer, driven.parameters
        await driven.press("s")
        await driven.until(lambda: screen.snapshot.step == 1)
        await driven.press("comma")
        await driven.until(lambda: screen.snapshot.step == 0)
        np.testing.assert_array_equal(driven.parameters, first)
        await driven.settle()
        assert "step 0 of 1" in driven.text(bar(driven))
        await driven.press("9")
        await driven.until(lambda: screen.snapshot.step == 1)

        screen.query_one(Canvas).focus()
        await driven.press("enter", "comma", "0", "full_stop", "semicolon")
        assert trainer.step == 1
        assert not trainer.is_rewound


async def test_time_on_the_inside_screen(open_app: Open) -> None:
    async with open_app() as driven:
        await trained(driven)
        await driven.press("3")
        await driven.until(lambda: getattr(driven.app.screen, "snapshot", None) is not None)
        await driven.press("comma", "comma")
        await driven.until(lambda: driven.app.screen.snapshot.step == 48)

        await driven.settle()
        assert "step 48 of 50" in driven.text(bar(driven))
        await driven.press("1")
        await at_step(driven, 48)
        assert "step 48 of 50" in lines(driven)


async def test_a_full_stop_goes_forward_once_the_settings_are_left(open_app: Open) -> None:
    async with open_app() as driven:
        await trained(driven)
        await driven.press("c", "enter", "escape", "escape", "comma", "comma", "full_stop")
        await at_step(driven, 49)


async def test_another_trainer_begins_another_timeline_and_says_so(open_app: Open) -> None:
    async with open_app() as driven:
        await trained(driven)
        driven.link.kill()
        await driven.until_said("Training process lost")
        await driven.press("space")

        assert "its timeline begins there" in driven.said
        await driven.until(lambda: driven.snapshot.timeline.n_frames == 0)


async def test_a_diverged_run_can_be_looked_at_from_before(open_app: Open) -> None:
    hot = {"activation": "relu", "optimizer": "sgd", "learning_rate": 1e4}
    async with open_app(**hot) as driven:
        await driven.press("space")
        await driven.until_status(Status.DIVERGED)
        await driven.press("comma")
        await driven.until_status(Status.PAUSED)

        assert np.isfinite(driven.parameters).all()
        await driven.press("9")
        await driven.until_status(Status.DIVERGED)


async def test_q_asks_where_something_would_be_lost(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("space")
        await driven.until(lambda: driven.snapshot.step > 2000)
        await driven.press("space")
        await driven.until_status(Status.PAUSED)
        await driven.press("q")
        assert "q: quit anyway" in driven.said
        assert driven.app.return_value is None
        await driven.press("q")
        assert driven.app.return_value == 0


async def test_q_quits_a_run_that_was_written(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.press("space")
        await driven.until(lambda: driven.snapshot.step > 2000)
        await driven.press("space")
        await driven.until_status(Status.PAUSED)
        await driven.press("w", "enter")
        await driven.until_said("Saved to")
        await driven.until(lambda: not driven.snapshot.is_worth_writing)
        await driven.press("q")
        assert driven.app.return_value == 0


async def test_q_asks_for_a_weight_that_was_set_by_hand(open_app: Open) -> None:
    async with open_app() as driven:
        driven.app.run_shown.carry_out(SetParameter(0, 0, 0, 1.0), SetParameter(0, 0, 0, 0.0), "w = 1")
        await driven.until(lambda: driven.snapshot.is_worth_writing)
        await driven.press("q")
        assert driven.app.return_value is None
        await driven.press("ctrl+q")
        assert driven.app.return_value == 0
