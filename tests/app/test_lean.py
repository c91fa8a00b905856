"""What is left out of output changes nothing on the screen: a terminal shows the same with and without it."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from tui_nn.app.lean import PLAIN, Pen, change, lean, read_pen
from tui_nn.render.cells import Cells
from tui_nn.render.palette import palette_for
from tui_nn.render.slots import SIGNED_STEPS
from tui_nn.render.strips import row_strip

COLUMNS, ROWS = 24, 6

colors = st.one_of(
    st.integers(30, 37).map(str),
    st.integers(90, 97).map(str),
    st.integers(0, 255).map("38;5;{}".format),
    st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: "38;2;{};{};{}".format(*rgb)),
    st.integers(40, 47).map(str),
    st.integers(100, 107).map(str),
    st.integers(0, 255).map("48;5;{}".format),
    st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: "48;2;{};{};{}".format(*rgb)),
)
attributes = st.sampled_from(["1", "3", "4", "5", "7", "9"])
pens = st.lists(st.one_of(colors, attributes, st.sampled_from(["0", "39", "49"])), max_size=4).map(";".join)
texts = st.one_of(
    st.text(alphabet="ab ▀█·─-", min_size=1, max_size=8),
    st.just("    "),
    st.just("\r\n"),
    st.just(""),
    st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS)).map(lambda at: "\x1b[{};{}H".format(*at)),
    st.sampled_from(["\x1b[?25l", "\x1b[2A", "\x1b[3C"]),
)


def textual_run(pen: str, text: str) -> str:
    """Return a run as Textual writes it: pen, text, plain pen."""
    return f"\x1b[{pen}m{text}\x1b[0m" if pen else text


streams = st.lists(st.tuples(pens, texts), max_size=12).map(
    lambda runs: "".join(textual_run(pen, text) for pen, text in runs)
)


def shown(*writes: str) -> list[list[Any]]:
    """Return every cell of a terminal after these writes: character, colors, attributes."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.Stream(screen)
    for data in writes:
        stream.feed(data)
    cells = [[visible(screen.buffer[row][column]) for column in range(COLUMNS)] for row in range(ROWS)]
    return [*cells, [screen.cursor.x, screen.cursor.y]]


def visible(cell: Any) -> Any:
    """Return what of a cell can be seen: the color of a blank cell's text cannot, unless it is marked."""
    is_blank = cell.data == " " and not (cell.underscore or cell.strikethrough or cell.reverse)
    return cell._replace(fg="", bold=False, italics=False, blink=False) if is_blank else cell


@settings(max_examples=300, deadline=None)
@given(streams)
def test_the_screen_is_the_same(data: str) -> None:
    assert shown(lean(data)) == shown(data)


@settings(max_examples=100, deadline=None)
@given(st.lists(streams, max_size=4))
def test_writes_one_after_another_draw_the_same(writes: list[str]) -> None:
    assert shown(*map(lean, writes)) == shown(*writes)


@settings(max_examples=200, deadline=None)
@given(streams)
def test_it_is_never_longer(data: str) -> None:
    assert len(lean(data)) <= len(data)


@settings(max_examples=100, deadline=None)
@given(streams)
def test_it_leaves_a_plain_pen(data: str) -> None:
    assert shown(lean(data) + "\x1b[HX")[0][0] == shown("\x1b[HX")[0][0]


@pytest.mark.parametrize(
    ("codes", "pen"),
    [
        ("", PLAIN),
        ("0", PLAIN),
        ("1;31;0", PLAIN),
        ("31", Pen(foreground="31")),
        ("38;5;9;48;2;1;2;3", Pen("38;5;9", "48;2;1;2;3")),
        ("1;7;97;100", Pen("97", "100", frozenset({"1", "7"}))),
    ],
)
def test_a_pen_is_read(codes: str, pen: Pen) -> None:
    assert read_pen(codes) == pen


def test_a_color_kept_from_run_to_run_is_sent_once() -> None:
    data = "".join(f"\x1b[38;5;31;48;5;{n}m▀\x1b[0m" for n in (67, 74, 110))

    assert lean(data) == "\x1b[38;5;31;48;5;67m▀\x1b[48;5;74m▀\x1b[48;5;110m▀\x1b[m"


def test_what_holds_no_pen_passes_as_it_is() -> None:
    assert lean("\x1b[?1049h\x1b[6n plain") == "\x1b[?1049h\x1b[6n plain"


def test_from_a_pen_to_itself_is_nothing() -> None:
    pen = read_pen("1;38;5;9")

    assert change(pen, pen) == ""


@pytest.mark.parametrize(
    ("depth", "system"), [("truecolor", "truecolor"), ("256", "256"), ("16", "standard")]
)
def test_a_decision_map_draws_the_same_with_fewer_bytes(depth: str, system: str) -> None:
    rng = np.random.default_rng(0)
    palette = palette_for(depth, False)
    glyphs = np.full((ROWS, COLUMNS), "▀")
    upper, lower = rng.integers(0, 9, size=(2, ROWS, COLUMNS)).cumsum(axis=2) // 9 % SIGNED_STEPS
    cells = Cells(glyphs, upper.astype(np.int16), lower.astype(np.int16))
    console = Console(color_system=system, force_terminal=True, width=COLUMNS, legacy_windows=False)
    data = "".join(
        f"\x1b[{row + 1};1H{row_strip(cells, row, palette).render(console)}" for row in range(ROWS)
    )

    assert shown(lean(data)) == shown(data)
    assert len(lean(data)) < 0.7 * len(data)


async def test_whole_frames_of_the_app_draw_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from textual.app import App, ComposeResult
    from textual.drivers.headless_driver import HeadlessDriver
    from textual.widgets import DataTable, Static

    class Keeping(HeadlessDriver):
        is_headless = False
        written: list[str] = []

        def write(self, data: str) -> None:
            self.written.append(data)

    class Busy(App[None]):
        CSS = "Static { border: round red; height: 3; text-style: bold; } DataTable { height: 3; }"

        def compose(self) -> ComposeResult:
            yield Static("[b]bold[/] [reverse]turned[/] plain", id="text")
            yield DataTable()

    rng = random.Random(0)
    async with Busy(driver_class=Keeping).run_test(headless=False, size=(COLUMNS, ROWS)) as pilot:
        pilot.app.query_one(DataTable).add_columns("a", "b")
        for n in range(10):
            pilot.app.query_one("#text", Static).update(f"[on rgb(9,{n},9)]step[/] [u]{rng.random():.4f}[/]")
            await pilot.press("tab")

    frames = [text for text in Keeping.written if "\x1b]" not in text]
    assert len(frames) > 10
    assert shown(*map(lean, frames)) == shown(*frames)
