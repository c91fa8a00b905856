"""A lesson in the app: opened, played, solved, left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.lessons.new import TEMPLATE
from tui_nn.lessons.progress import progress_file
from tui_nn.screens.course import CourseScreen
from tui_nn.training.snapshot import Status
from tui_nn.views.map.panel import MapView
from tui_nn.views.network.panel import NetworkView
from tui_nn.widgets.event_line import EventLine
from tui_nn.widgets.lesson_panel import LessonPanel

Open = Any
Driven = Any


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "C.UTF-8")


def panel(driven: Driven) -> str:
    return driven.text(driven.app.screen.query_one(LessonPanel))


async def open_first(driven: Driven) -> None:
    """Open it, and train as fast as can be."""
    await driven.press("5")
    await driven.until(lambda: isinstance(driven.app.screen, CourseScreen))
    await driven.settle()
    await driven.press("enter")
    await driven.until(lambda: driven.app.shown.lesson is not None and driven.app.shown.snapshot is not None)
    await driven.press("plus", "plus", "plus")
    assert driven.app.config.speed is None


async def test_leaving_a_lesson_gives_the_former_run_back_untouched(open_app: Open) -> None:
    async with open_app((80, 24), dataset="spiral", learning_rate=0.1) as driven:
        await driven.press("s", "s", "s")
        own, before, config = driven.session, driven.parameters, driven.config

        await open_first(driven)
        await driven.press("space", "r", "c", "escape")
        assert driven.app.config.dataset == "blobs"
        await driven.press("5", "home", "pageup", "enter")
        await driven.until(lambda: driven.app.shown.lesson is None)

        assert driven.config == config
        assert (own.trainer.network.parameters == before).all()
        assert own.trainer.step == 3


async def test_a_run_that_trained_goes_on_when_the_lesson_is_left(open_app: Open) -> None:
    async with open_app((80, 24), paused=False) as driven:
        own = driven.session
        await open_first(driven)
        assert own.status is Status.PAUSED

        await driven.press("5", "pageup", "enter")

        await driven.until(lambda: own.status is Status.RUNNING)


async def test_the_first_lesson_is_solved_by_the_keys_that_it_names(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await open_first(driven)
        assert "What you see" in panel(driven)

        await driven.press("space")
        assert "1/4 solved" in panel(driven)
        await driven.press("8")
        assert "exactly 0" in panel(driven)
        await driven.press("8", "down", "enter")
        await driven.until(lambda: "You said about half of them" in panel(driven))
        await driven.press("8", "8", "h", "u", "u", "r", "space")
        await driven.until(lambda: "Reached in epoch" in panel(driven))
        await driven.press("8", "8", "down", "enter")

        assert "4/4 solved" in panel(driven)
        kept = progress_file().read_text().splitlines()
        assert [line.split()[1] for line in kept] == ["boundary", "circle", "enclose", "train"]
        assert all(line.split()[3] == "solved" for line in kept)


async def test_a_prediction_is_locked_and_a_wrong_one_is_kept_as_missed(open_app: Open) -> None:
    async with open_app((120, 36)) as driven:
        await open_first(driven)
        await driven.press("8", "up", "enter", "down", "enter")

        await driven.until(lambda: "You said nearly all of them" in panel(driven))
        assert [line.split()[3] for line in progress_file().read_text().splitlines()] == ["missed"]


async def test_what_is_shown_does_not_count(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await open_first(driven)
        await driven.press("8", "8", "S")

        await driven.until(lambda: "3/4 shown" in panel(driven))
        assert not progress_file().exists()


async def test_a_challenge_with_another_setting_changed_is_not_solved(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await open_first(driven)
        await driven.press("8", "8", "h", "u", "u", "right_square_bracket", "r", "space")

        await driven.until(lambda: "another learning rate" in panel(driven))
        assert not progress_file().exists()


async def test_the_step_again_takes_back_what_was_changed(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await open_first(driven)
        await driven.press("8", "8", "h", "u", "space", "G")
        await driven.until(lambda: driven.app.shown.snapshot.step == 0)

        assert driven.app.config.hidden_sizes == ()


async def test_a_damaged_progress_file_is_said_once_and_lessons_work(open_app: Open) -> None:
    path = progress_file()
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\x00nonsense\nx y z\n")
    async with open_app((80, 24)) as driven:
        await driven.press("5")
        await driven.until(lambda: "damaged" in driven.said)
        await driven.press("escape")
        await open_first(driven)

        await driven.press("space")

        assert "solved" in panel(driven)


async def test_the_keys_of_lessons_say_where_lessons_are(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        for key in ("8", "7", "K", "S", "G", "D"):
            await driven.press(key)
            assert driven.said == "No lesson is open. 5 shows the course."


async def test_a_course_of_a_folder_shows_what_cannot_be_played(open_app: Open, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "01-good.md").write_text(TEMPLATE, encoding="utf-8")
    (folder / "02-bad.md").write_text("nothing", encoding="utf-8")
    async with open_app((80, 24)) as driven:
        driven.app.players.lessons_folder = folder

        await driven.press("5", "down")

        text = "\n".join(driven.screen_lines())
        assert "A title of a few words" in text
        assert "cannot be played" in text
        assert "Line 1:" in text


FIND = """\
+++
title = "Find"
goal = "Find."
minutes = 1
level = 1
[config]
dataset = "blobs"
samples = 40
+++
## Find it
```toml
do = "find"
task = "Point at the first sample."
find = "sample"
where = "largest x"
solution = { keys = "}" }
```
"""


async def test_what_the_cursor_is_on_is_taken_and_another_one_refused(open_app: Open, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "01-find.md").write_text(FIND, encoding="utf-8")
    async with open_app((80, 24)) as driven:
        driven.app.players.lessons_folder = folder
        await open_first(driven)
        await driven.press("8")
        await driven.until(lambda: "Point at the sample first" in driven.app.shown.query_one(EventLine).text)

        inputs = driven.session.trainer.problem.points(0)
        places = np.concatenate([inputs.train_inputs, inputs.test_inputs])
        farthest = int(places[:, 0].argmax())
        await driven.press("right_curly_bracket")
        driven.app.shown.query_one(MapView).sample = (farthest + 1) % len(places)
        await driven.press("8")
        await driven.until(lambda: "another sample" in panel(driven))
        driven.app.shown.query_one(MapView).sample = farthest
        await driven.press("8")

        await driven.until(lambda: "1/1 solved" in panel(driven))


async def test_what_was_missed_is_asked_again_until_it_is_right(open_app: Open) -> None:
    async with open_app((120, 36)) as driven:
        await open_first(driven)
        await driven.press("8", "enter")
        await driven.until(lambda: "You said nearly all of them" in panel(driven))
        await driven.press("5", "home", "pageup", "down")
        assert "1 to ask again" in "\n".join(driven.screen_lines())

        await driven.press("enter")
        await driven.until(lambda: "1/1" in panel(driven))
        await driven.press("plus", "plus", "plus", "down", "enter")
        await driven.until(lambda: "You said about half of them" in panel(driven))

        assert "01-a-neuron-is-a-line circle" in progress_file().read_text()
        assert "missed" not in progress_file().read_text()


async def test_tab_goes_past_a_lesson_that_waits_for_no_answer(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await open_first(driven)
        await driven.press("tab")

        assert isinstance(driven.app.focused, NetworkView)
