"""A sweep is watched through its journal, and a run of it trained before one's eyes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.screens.sweep import SweepScreen
from tui_nn.settings.config import Config
from tui_nn.sweeps.journal import open_journal
from tui_nn.sweeps.journal_lines import Progress
from tui_nn.sweeps.runs import Run
from tui_nn.training.snapshot import Status
from tui_nn.training.whole_run import train_whole
from tui_nn.views.compare.panel import RunsTable
from tui_nn.views.sweep.panel import GroupsView
from tui_nn.widgets.event_line import EventLine

Open = Any
Driven = Any
RATES = (0.003, 0.03, 0.3)


def a_run(rate: float, **settings: Any) -> Run:
    config = Config().replace(learning_rate=rate, epochs=4, weights_seed=5, speed=None, **settings)
    return Run((("learning_rate", f"{rate}"),), 5, config)


def trained(run: Run) -> tuple[Run, dict[str, Any]]:
    assert run.config is not None
    return run, train_whole(run.config)[1]


def write(path: Path, *runs: Run, of: int = 3) -> None:
    with open_journal(path) as journal:
        journal.add(list(map(trained, runs)), Progress(len(runs), of, 7.0))


async def watch(driven: Driven, path: Path) -> SweepScreen:
    """Open a journal as a person does, and wait for its rows."""
    await driven.press("o")
    driven.prompt.field.value = str(path)
    await driven.press("enter")
    await driven.until(lambda: isinstance(driven.app.screen, SweepScreen))
    screen = driven.app.screen
    await driven.until(lambda: screen.watched.rows or screen.watched.followed.trouble)
    await driven.settle()
    return screen


def table(driven: Driven) -> str:
    return driven.text(driven.app.screen.query_one(RunsTable))


async def test_a_journal_is_opened_by_the_key_that_opens_runs_and_grows_while_it_is_watched(
    open_app: Open, tmp_path: Path
) -> None:
    runs = list(map(a_run, RATES))
    place = tmp_path / "j.jsonl"
    write(place, *runs[:2])
    async with open_app((100, 30)) as driven:
        screen = await watch(driven, place)
        assert "2 of 3 runs" in driven.screen_lines()[0]
        assert "0.003" in table(driven)
        assert "interrupted" in driven.screen_lines()[0]

        with open_journal(place) as journal:
            journal.add([trained(runs[2])], Progress(3, 3, 0.0))
            await driven.until(lambda: len(screen.watched.rows) == 3)
            await driven.settle()
            assert "under way" in driven.screen_lines()[0]
        await driven.until(lambda: not screen.watched.followed.is_under_way)
        await driven.settle()
        assert driven.screen_lines()[0].startswith(" ended  3 of 3 runs")
        best = min(json.loads(line)["record"]["test_loss"] for line in place.read_text().splitlines()[1:])
        assert f"best test loss {best:.4f}" in driven.screen_lines()[0]
        assert f"{best:.4f}" in table(driven).splitlines()[1]

        await driven.press("escape")
        assert driven.app.screen is driven.playground


async def test_enter_trains_the_run_from_its_start_to_the_number_in_the_journal_and_undo_leaves_it(
    open_app: Open, tmp_path: Path
) -> None:
    place = tmp_path / "j.jsonl"
    runs = [a_run(rate) for rate in RATES]
    write(place, *runs)
    async with open_app((100, 30)) as driven:
        await driven.press("s", "s")
        before = driven.parameters
        screen = await watch(driven, place)
        number = screen.query_one(RunsTable).selected
        config, record = screen.watched.rows[number - 1].seen.config, trained(runs[number - 1])[1]

        await driven.press("enter")
        await driven.until(lambda: driven.session.trainer.epoch == 4)
        await driven.until_status(Status.PAUSED)
        assert driven.config.learning_rate == config.learning_rate
        assert driven.config.weights_seed == 5
        assert driven.snapshot.step == record["steps"]
        assert driven.session.trainer.measure().test_loss == record["test_loss"]
        loss = f"{record['test_loss']:.4f}"
        await driven.until_said(f"Run {number} is where it ended in the sweep: test loss {loss}, as in the")
        assert "to the last digit" in driven.said

        await driven.press("V")
        await driven.until(lambda: isinstance(driven.app.screen, SweepScreen))
        await driven.press("escape", "ctrl+z")
        await driven.until(lambda: driven.session.trainer.step == 2)
        np.testing.assert_array_equal(driven.parameters, before)
        assert driven.config.learning_rate == 0.03


async def test_a_run_whose_data_is_not_here_is_seen_and_not_trained(open_app: Open, tmp_path: Path) -> None:
    place = tmp_path / "j.jsonl"
    write(place, a_run(0.03))
    place.write_text(place.read_text().replace('"config": {', '"config": {"dataset": "own", '))
    async with open_app((100, 30)) as driven:
        screen = await watch(driven, place)
        await driven.press("enter")

        assert driven.app.screen is screen
        said = screen.query_one(EventLine).text
        assert said == "Run 1 cannot be trained here: its data set own is not here."


async def test_a_file_of_somebody_else_is_said_and_without_one_so_is_what_opens_it(
    open_app: Open, tmp_path: Path
) -> None:
    async with open_app((100, 30)) as driven:
        await driven.press("V")
        assert driven.said.startswith("No sweep is open; o opens the journal")
        await driven.app.run_action(f"app.sweep({str(tmp_path)!r})")
        await driven.until_said("it is a folder, and not a file")


async def test_a_watched_sweep_that_stands_still_sends_nothing(open_app: Open, tmp_path: Path) -> None:
    place = tmp_path / "j.jsonl"
    write(place, a_run(0.03))
    async with open_app((100, 30)) as driven:
        screen = await watch(driven, place)
        looks: list[int] = []
        look = screen._reader.look
        screen._reader.look = lambda: (looks.append(1), look())[1]
        await driven.until(lambda: len(looks) == 1)
        driven.driver.written.clear()
        await driven.until(lambda: len(looks) == 3)

        assert "".join(driven.driver.written) == ""


async def test_groups_of_seeds_stand_below_and_up_and_down_go_through_them(
    open_app: Open, tmp_path: Path
) -> None:
    place = tmp_path / "j.jsonl"
    with open_journal(place) as journal:
        for number, loss in enumerate((0.3, 0.4, 0.2, 0.1)):
            rate, seed = ("0.1", "0.3")[number // 2], number % 2
            config = Config(learning_rate=float(rate), weights_seed=seed, data_seed=seed)
            record = {"status": "finished", "test_loss": loss, "epochs": 1, "steps": 25}
            journal.add([(Run((("learning_rate", rate),), seed, config), record)])
    async with open_app((120, 36)) as driven:
        screen = await watch(driven, place)
        groups = screen.query_one(GroupsView)
        rows = [row.split() for row in driven.text(groups).splitlines()[1:3]]
        assert [row[:5] for row in rows] == [
            ["0.3", "2", "0.1500", "0.1000", "0.2000"],
            ["0.1", "2", "0.3500", "0.3000", "0.4000"],
        ]
        assert screen.query_one(RunsTable).selected == 4

        await driven.press("tab", "down")
        assert screen.query_one(RunsTable).selected == 1, "the best of the other group"
        await driven.press("z")
        await driven.until(lambda: groups.size.height > 30)
        await driven.press("z", "tab", "up")
        assert screen.query_one(RunsTable).selected == 3, "the one before in the order of results"
        await driven.press("enter")
        await driven.until(lambda: driven.config.learning_rate == 0.3)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 60)])
async def test_every_size_shows_the_rows_and_nothing_is_cut(
    open_app: Open, tmp_path: Path, size: tuple[int, int]
) -> None:
    place = tmp_path / "j.jsonl"
    write(place, *map(a_run, RATES))
    async with open_app(size) as driven:
        await watch(driven, place)

        assert [len(line) for line in driven.screen_lines()] == [size[0]] * size[1]
        assert all(f"{rate}" in table(driven) for rate in RATES)
        assert "accuracy" in table(driven)


async def test_plain_characters_are_switched_to_on_the_table_too(open_app: Open, tmp_path: Path) -> None:
    place = tmp_path / "j.jsonl"
    write(place, *map(a_run, RATES))
    async with open_app((120, 36)) as driven:
        await watch(driven, place)
        await driven.press("a")

        assert all(line.isascii() for line in driven.screen_lines())
        await driven.press("escape")
        await driven.until(lambda: all(line.isascii() for line in driven.screen_lines()))


async def test_a_journal_without_a_run_says_so(open_app: Open, tmp_path: Path) -> None:
    place = tmp_path / "j.jsonl"
    async with open_app((80, 24)) as driven:
        with open_journal(place):
            await driven.app.run_action(f"app.sweep({str(place)!r})")
            await driven.until(lambda: isinstance(driven.app.screen, SweepScreen))
            await driven.until(lambda: "No run has ended yet." in table(driven))
        await driven.until(lambda: "No run is in this journal." in table(driven))
