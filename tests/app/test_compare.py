"""Runs side by side: begun by a key from the run that is shown, watched, changed, taken over."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.screens.compare import CompareScreen
from tui_nn.training.snapshot import Status
from tui_nn.views.compare.panel import LinesView, RunsTable, TilesView
from tui_nn.widgets.event_line import EventLine
from tui_nn.widgets.prompt import Prompt

Open = Any
Driven = Any


async def compare(driven: Driven, *keys: str) -> CompareScreen:
    """Press keys that open a comparison, and wait for its first whole picture."""
    await driven.press(*keys)
    await driven.until(lambda: isinstance(driven.app.shown, CompareScreen))
    screen = driven.app.shown
    await driven.until(lambda: screen.seen is not None and (screen.seen.maps or screen.seen.confusions))
    await driven.settle()
    return screen


def said(screen: CompareScreen) -> str:
    return screen.query_one(EventLine).text


async def test_a_key_compares_learning_rates_around_that_of_the_run(open_app: Open) -> None:
    async with open_app((120, 36), learning_rate=0.01) as driven:
        screen = await compare(driven, "C")

        assert [run.config.learning_rate for run in screen.seen.runs] == [0.003, 0.01, 0.03]
        assert (
            said(screen)
            == "3 runs differ in the learning rate. All begin from their first weights. space trains."
        )
        await driven.press("space")
        await driven.until(lambda: min(run.step for run in screen.seen.runs) > 20)
        await driven.press("space")
        await driven.until(lambda: screen.snapshot.status is Status.PAUSED)
        await driven.settle()
        table = driven.text(screen.query_one(RunsTable))
        assert "0.003" in table
        assert "learning rate" in table
        assert driven.text(screen.query_one(TilesView)).strip()
        assert driven.text(screen.query_one(LinesView)).strip()


async def test_enter_goes_on_with_a_run_on_the_playground_and_undo_brings_the_former_back(
    open_app: Open,
) -> None:
    async with open_app((120, 36), learning_rate=0.01) as driven:
        await driven.press("s", "s")
        playground = driven.link
        before = playground.session.trainer.network.parameters.copy()
        screen = await compare(driven, "C")
        await driven.press("e", "down", "down")
        await driven.until(lambda: screen.seen.runs[2].epoch == 1)
        wanted = driven.link.session.rows.runs.checkpoint(2)

        await driven.press("enter")
        await driven.until(lambda: driven.app.shown is driven.playground)
        await driven.until(lambda: playground.session.trainer.config.learning_rate == 0.03)
        trainer = playground.session.trainer
        np.testing.assert_array_equal(trainer.network.parameters, wanted.parameters)
        np.testing.assert_array_equal(trainer.optimizer.state, wanted.optimizer_state)
        assert trainer.step == wanted.step == 25

        await driven.press("ctrl+z")
        await driven.until(lambda: playground.session.trainer.step == 2)
        np.testing.assert_array_equal(playground.session.trainer.network.parameters, before)


async def test_the_setting_under_the_cursor_is_compared(open_app: Open) -> None:
    async with open_app((120, 36), activation="relu") as driven:
        screen = await compare(driven, "c", "b", "C")

        assert [run.config.batch_size for run in screen.seen.runs] == [8, 10, 12]


async def test_a_setting_with_one_value_is_not_compared(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_nn.app.comparing.neighbors", lambda config, name: [config])
    async with open_app((120, 36)) as driven:
        await driven.press("C")

        await driven.until_said("Learning rate has one value only beside the other settings as they are")
        assert driven.app.shown is driven.playground


async def test_the_own_run_rests_meanwhile_and_goes_on_as_it_was(open_app: Open) -> None:
    async with open_app((120, 36)) as driven:
        playground = driven.session
        await driven.press("space")
        await driven.until(lambda: driven.snapshot.step > 20)
        screen = await compare(driven, "A")
        step = playground.trainer.step
        await driven.press("space")
        await driven.until(lambda: screen.snapshot.step > 20)

        assert playground.trainer.step == step
        await driven.press("1")
        await driven.until(lambda: driven.snapshot.step > step)
        rested = driven.link.session.rows.runs.step
        await driven.until(lambda: driven.snapshot.step > step + 50)
        assert driven.link.session.rows.runs.step == rested


async def test_runs_begin_from_the_moment_that_the_own_run_was_left_at(open_app: Open) -> None:
    async with open_app((120, 36), learning_rate=0.01) as driven:
        await driven.press("e")
        await driven.until(lambda: driven.snapshot.epoch == 1)
        before = driven.parameters
        screen = await compare(driven, "C")
        assert [run.step for run in screen.seen.runs] == [0, 0, 0]

        await driven.press("9")
        await driven.until(lambda: [run.step for run in screen.seen.runs] == [25, 25, 25])
        runs = driven.link.session.rows.runs
        for position in range(3):
            np.testing.assert_array_equal(runs.checkpoint(position).parameters, before)
        await driven.press("s", "r")
        await driven.until(lambda: [run.step for run in screen.seen.runs] == [25, 25, 25])
        await driven.press("0")
        await driven.until(lambda: [run.step for run in screen.seen.runs] == [0, 0, 0])


async def test_seeds_are_not_compared_from_one_moment(open_app: Open) -> None:
    async with open_app((120, 36)) as driven:
        await driven.press("s")
        screen = await compare(driven, "A")
        await driven.press("9")

        assert said(screen) == "From one moment all seeds have the same weights; 0 begins from the start."


async def test_each_run_of_a_comparison_is_run_again_with_ten_seeds(open_app: Open) -> None:
    async with open_app((200, 60), learning_rate=0.01) as driven:
        screen = await compare(driven, "C")
        await driven.press("A")
        await driven.until(lambda: len(screen.seen.runs) == 30)
        await driven.press("e")
        await driven.until(lambda: {run.epoch for run in screen.seen.runs} == {1})
        await driven.settle()

        table = " ".join(driven.text(screen.query_one(RunsTable)).split())
        assert "in test loss (Mann-Whitney U = " in table
        assert "b 0.01: median test loss" in table
        assert set("⠅⡂") & set(driven.text(screen.query_one(LinesView))), "cells that are shaded whole"


async def test_keys_change_the_run_under_the_cursor_and_undo_takes_it_back(open_app: Open) -> None:
    async with open_app((120, 36), learning_rate=0.01) as driven:
        screen = await compare(driven, "C")

        def rates() -> list[float]:
            return [run.config.learning_rate for run in screen.seen.runs]

        await driven.press("down", "down", "right_square_bracket")
        await driven.until(lambda: rates() == [0.003, 0.01, 0.1])
        await driven.press("up", "ctrl+z")
        await driven.until(lambda: rates() == [0.003, 0.01, 0.03])
        await driven.press("u", "h")
        await driven.until(lambda: len(screen.seen.runs) == 4)
        await driven.until(lambda: screen.seen.runs[3].config.hidden_sizes == (4, 2, 2))
        assert screen.seen.runs[1].config.hidden_sizes == (4, 2)
        await driven.press("up", "U")
        await driven.until(lambda: [run.number for run in screen.seen.runs] == [1, 2, 4])


async def test_speed_is_that_of_all_runs(open_app: Open) -> None:
    async with open_app((120, 36), speed=300) as driven:
        screen = await compare(driven, "C")
        await driven.press("minus", "down")
        await driven.until(lambda: screen.selected == 2)
        await driven.press("minus")

        assert driven.app.config.speed == 30


async def test_digits_are_compared_by_their_confusion(open_app: Open) -> None:
    async with open_app((120, 36), dataset="digits", samples=60, hidden_sizes=(8,)) as driven:
        screen = await compare(driven, "C")

        assert not screen.seen.maps
        assert {matrix.shape for matrix in screen.seen.confusions.values()} == {(10, 10)}
        assert "Confusion" in "\n".join(driven.screen_lines())


async def test_a_paused_comparison_sends_nothing_to_the_terminal(open_app: Open) -> None:
    async with open_app((120, 36)) as driven:
        screen = await compare(driven, "C", "e")
        await driven.until(lambda: screen.seen.runs[0].epoch == 1)
        for _ in range(3):
            await driven.settle()
        driven.driver.written.clear()
        for _ in range(5):
            await driven.settle()

        assert "".join(driven.driver.written) == ""


async def test_a_lost_trainer_is_replaced_and_all_runs_go_on_from_where_they_were_kept(
    open_app: Open,
) -> None:
    async with open_app((120, 36)) as driven:
        screen = await compare(driven, "C")
        await driven.press("e", "down", "u")
        await driven.until(lambda: screen.selected == 4)
        client = screen.run.client

        def is_kept() -> bool:
            screen.run.look()  # a trainer without a process of its own does nothing until it is asked
            return client.kept_runs is not None and client.kept_runs.next_number == 5

        await driven.until(is_kept)
        kept = client.kept_runs
        driven.link.kill()
        await driven.until(lambda: "Training process lost" in said(screen))
        await driven.press("space")
        await driven.until(lambda: "Another trainer goes on with all runs from step 25" in said(screen))
        await driven.until(lambda: [run.step for run in screen.seen.runs] == [25] * 4)
        assert screen.selected == 4
        found = driven.link.session.rows.runs
        for place, run in enumerate(kept.runs):
            np.testing.assert_array_equal(found.trainer(place).network.parameters, run.checkpoint.parameters)
        await driven.press("s")
        await driven.until(lambda: [run.step for run in screen.seen.runs] == [26] * 4)


async def test_where_no_run_was_kept_a_lost_trainer_is_said_to_begin_anew(open_app: Open) -> None:
    async with open_app((120, 36)) as driven:
        screen = await compare(driven, "C")
        screen.run.client.kept_runs = None
        driven.link.kill()
        await driven.until(lambda: "Training process lost" in said(screen))
        await driven.press("space")
        await driven.until(lambda: "Another trainer begins all runs again, for none was kept" in said(screen))
        await driven.press("s")
        await driven.until(lambda: [run.step for run in screen.seen.runs] == [1, 1, 1])


async def test_looking_inside_from_a_comparison_looks_at_the_own_run(open_app: Open) -> None:
    async with open_app((120, 36)) as driven:
        await compare(driven, "C")
        await driven.press("3")

        assert driven.app.run_shown is driven.playground.run


async def test_the_values_to_compare_are_typed(open_app: Open) -> None:
    async with open_app((120, 36), learning_rate=0.01) as driven:
        screen = await compare(driven, "C")
        field = screen.query_one(Prompt).field

        await driven.press("E")
        assert field.value == "0.003, 0.01, 0.03"
        field.value = "0.001, 0.02, -1"
        await driven.press("enter")
        assert len(screen.seen.runs) == 3
        assert screen.has_class("-asking")
        field.value = "0.1, 0.2"
        await driven.press("enter")
        await driven.until(lambda: [run.config.learning_rate for run in screen.seen.runs] == [0.1, 0.2])


async def test_keys_behind_that_which_compares_are_for_the_comparison(open_app: Open) -> None:
    async with open_app((120, 36)) as driven:
        own = driven.session
        await driven.type("Ces", settles=False)
        await driven.until(lambda: isinstance(driven.app.shown, CompareScreen))
        screen = driven.app.shown
        await driven.until(lambda: screen.seen is not None and screen.seen.runs[0].step == 26)

        assert own.trainer.step == 0


async def test_a_setting_that_does_nothing_now_is_not_compared(open_app: Open) -> None:
    async with open_app((120, 36)) as driven:
        await driven.press("c", "e", "C")
        await driven.until_said("Penalty rate does nothing while regularization is none: nothing to compare.")

        assert driven.app.shown is driven.playground
