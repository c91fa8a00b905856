"""The command palette: what is typed finds what has that name, and Enter does it."""

from __future__ import annotations

from typing import Any

import pytest
from textual.widgets import Input

from tui_nn.screens.digits import DigitsScreen
from tui_nn.screens.find import FindScreen, FoundView
from tui_nn.screens.inside import InsideScreen
from tui_nn.settings.config import Config
from tui_nn.settings.presets import preset_config

Open = Any
Driven = Any
UP, DOWN, ESCAPE = "\x1b[A", "\x1b[B", "\x1b[27u"


def found(driven: Driven) -> str:
    assert isinstance(driven.app.screen, FindScreen)
    return str(driven.text(driven.app.screen.query_one(FoundView)))


@pytest.mark.parametrize("name", ["dropout", "learning_rate", "Hidden Layers", "--batch-size"])
async def test_enter_on_a_setting_goes_to_its_row(open_app: Open, name: str) -> None:
    async with open_app((80, 24)) as driven:
        await driven.type(f":{name}\r")

        assert driven.app.screen is driven.playground
        assert driven.form.has_focus
        row = driven.form.rows[driven.form.cursor]
        assert name.strip("-").replace("-", " ").lower() in (row.key, row.label, row.key.replace("_", " "))


async def test_enter_on_a_data_set_uses_it_and_undo_takes_it_back(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.type(":spiral\r")
        assert driven.config.dataset == "spiral"

        await driven.type(":undo\r")
        assert driven.config.dataset == "moons"


async def test_enter_on_a_preset_uses_all_of_it_and_undo_takes_all_back(open_app: Open) -> None:
    async with open_app(optimizer="rmsprop", speed=30.0) as driven:
        before = driven.config
        await driven.type(":moons-by-hand\r")

        assert driven.config == preset_config(before, "moons-by-hand")
        assert (driven.config.optimizer, driven.config.learning_rate) == ("sgd", 1.0)
        assert (driven.config.speed, driven.config.paused) == (30.0, True), "the screen stays as it is"
        await driven.until(lambda: driven.snapshot.layer_sizes == (2, 4, 1))
        assert "Preset moons-by-hand" in driven.said

        await driven.press("ctrl+z")
        assert driven.config == before


async def test_a_choice_and_a_feature_are_taken(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.type(":relu\r:x2\r")

        assert driven.config.activation == "relu"
        assert driven.config.features == ("x", "y", "x2")


async def test_the_arrows_choose_among_what_is_found(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.type(f":learning rate{DOWN}{DOWN}{DOWN}{UP}")
        word, lower = (entry.action for entry in driven.app.screen._found[1:3])
        await driven.type("\r")

        assert word == "explain('learning_rate')"
        assert lower == "run('nudge', 'learning_rate', -1)"
        assert driven.config.learning_rate == 0.01


async def test_no_match_is_said_with_the_nearest_name_and_enter_stays(open_app: Open) -> None:
    async with open_app((80, 24)) as driven:
        await driven.type(":dorpout")
        assert "Nothing here is called dorpout. Did you mean dropout?" in found(driven)

        await driven.type("\r")
        assert "dorpout" in found(driven)
        await driven.type(ESCAPE)
        assert driven.app.screen is driven.playground


@pytest.mark.parametrize(
    ("name", "words"),
    [("momentum", "no effect beside the other settings"), ("threads", "starts: tui-nn --threads")],
)
async def test_a_setting_without_a_row_says_why(open_app: Open, name: str, words: str) -> None:
    async with open_app() as driven:
        await driven.type(f":{name}")
        while not driven.app.screen._found[driven.app.screen._cursor].action.startswith("screen.settings"):
            await driven.type(DOWN)
        await driven.type("\r")

        assert words in driven.said
        assert not driven.form.has_focus


async def test_what_another_screen_shows_opens_it(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.type(":digits-journey\r")
        await driven.until(lambda: isinstance(driven.app.shown, DigitsScreen))
        await driven.settle()
        assert driven.config == preset_config(driven.config, "digits-journey")

        await driven.type(":moons\r")
        await driven.until(lambda: driven.app.shown is driven.playground)
        assert driven.config.dataset == "moons"


@pytest.mark.parametrize("name", ["landscape", "moments", "hidden", "ablation"])
async def test_a_page_inside_is_opened(open_app: Open, name: str) -> None:
    async with open_app() as driven:
        await driven.type(f":{name}")
        while driven.app.screen._found[driven.app.screen._cursor].action != f"page({name!r})":
            await driven.type(DOWN)
        await driven.type("\r")

        await driven.until(lambda: isinstance(driven.app.shown, InsideScreen))
        await driven.until(lambda: driven.app.shown.page.label.lower().startswith(name))


async def test_what_works_elsewhere_says_so(open_app: Open) -> None:
    async with open_app() as driven:
        await driven.type(":code\r")

        assert driven.said == "That works on another screen."
        assert driven.app.screen is driven.playground


async def test_two_enters_in_one_read_do_one_thing_and_leave_the_screen(open_app: Open) -> None:
    async with open_app() as driven:
        before = list(driven.app.screen_stack)
        await driven.type(":\r\r")
        assert driven.app.screen_stack == before

        await driven.type(":undo\r\r:\r\r3")
        await driven.until(lambda: isinstance(driven.app.shown, InsideScreen))
        assert driven.app.screen is driven.app.shown
        await driven.type("1:\r\r")
        assert driven.app.screen is driven.playground


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 36), (200, 60)], ids=str)
async def test_everything_found_is_read_whole_at_every_size(open_app: Open, size: tuple[int, int]) -> None:
    async with open_app(size) as driven:
        await driven.type(":")
        for name in ("adam", "dropout", "settings"):
            await driven.type("\x15" + name)
            await driven.settle()
            words = " ".join(found(driven).split())
            for entry in driven.app.screen._found[:3]:
                assert " ".join(entry.text.split()) in words


@pytest.mark.parametrize("size", [(4, 10), (5, 3), (6, 24), (1, 1), (2, 2), (59, 19)], ids=str)
async def test_a_window_that_shrinks_under_it_ends_nothing(open_app: Open, size: tuple[int, int]) -> None:
    async with open_app((80, 24)) as driven:
        await driven.type(":dro")
        await driven.resize(*size)
        await driven.type(f"pout{DOWN}{UP}")
        await driven.resize(80, 24)
        assert "dropout" in found(driven)
        assert driven.app.screen.query_one(Input).value == "dropout"

        await driven.type(ESCAPE)
        await driven.resize(*size)
        await driven.type(":\r\r")
        await driven.resize(80, 24)
        assert driven.app.screen is driven.playground
        assert driven.app.return_value is None


def test_a_preset_keeps_what_belongs_to_the_screen_and_takes_defaults_for_the_rest() -> None:
    before = Config(speed=10.0, fps=5, hide=("noise",), dropout=0.5, hidden_sizes=(3,))

    made = preset_config(before, "moons-by-hand")

    assert (made.speed, made.fps, made.hide) == (10.0, 5, ("noise",))
    assert (made.dropout, made.hidden_sizes, made.dataset) == (0.0, (4,), "moons")
