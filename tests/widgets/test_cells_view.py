"""A view of cells draws when it is told to, and sends the rows that changed."""

from __future__ import annotations

from typing import Any

import pytest
from textual.geometry import Region

from tui_nn.render.cells import Cells, blank, write
from tui_nn.render.palette import PALETTES
from tui_nn.widgets.cells_view import CellsView

Open = Any
Text = Any


class Lines(CellsView, can_focus=True):
    """Shows lines of text, and keeps what it drew, refreshed and asked for."""

    DEFAULT_CSS = "Lines { width: 20; height: 4; }"

    def __init__(self, *lines: str) -> None:
        super().__init__(PALETTES["truecolor"])
        self.lines = list(lines)
        self.drawn: list[tuple[int, int]] = []
        self.refreshed: list[tuple[Region, ...]] = []
        self.n_resized = self.n_named = 0

    def draw(self, height: int, width: int) -> Cells:
        self.drawn.append((height, width))
        cells = blank(height, width)
        for row, line in enumerate([*self.lines, "keyboard" if self.has_focus else "none"]):
            write(cells, row, 0, line)
        return cells

    def refresh(self, *regions: Region, **options: Any) -> Any:
        if hasattr(self, "refreshed") and not options.get("layout"):
            self.refreshed.append(regions)
        return super().refresh(*regions, **options)

    def on_cells_view_size_changed(self) -> None:
        self.n_resized += 1

    def _write_names(self) -> None:
        self.n_named += 1
        super()._write_names()


async def test_only_rows_that_changed_are_refreshed(alone: Open, text: Text) -> None:
    view = Lines("a", "b", "c")
    async with alone(view):
        view.refreshed.clear()
        view.lines[1] = "B"
        view.redraw()

        assert view.refreshed == [(Region(0, 1, 20, 1),)]
        assert text(view) == ["a", "B", "c", "none"]

        view.refreshed.clear()
        view.lines[0], view.lines[2] = "A", "C"
        view.redraw()
        assert view.refreshed == [(Region(0, 0, 20, 1), Region(0, 2, 20, 1))]


async def test_the_same_picture_refreshes_nothing(alone: Open) -> None:
    view = Lines("a", "b", "c")
    async with alone(view):
        view.refreshed.clear()
        n_drawn = len(view.drawn)
        view.redraw()

        assert len(view.drawn) == n_drawn + 1
        assert view.refreshed == []


async def test_another_palette_refreshes_the_whole(alone: Open, text: Text) -> None:
    view = Lines("a", "b", "c")
    async with alone(view):
        view.refreshed.clear()
        view.palette = PALETTES["ascii"]
        view.redraw_all()

        assert view.refreshed == [()]
        assert text(view) == ["a", "b", "c", "none"]


async def test_another_size_is_drawn_and_told(alone: Open, text: Text) -> None:
    view = Lines("a", "b", "c")
    async with alone(view) as pilot:
        n_resized = view.n_resized
        view.styles.width, view.styles.height = 7, 2
        await pilot.pause()

        assert view.drawn[-1] == (2, 7)
        assert text(view) == ["a", "b"]
        assert view.n_resized == n_resized + 1


async def test_what_is_hidden_is_not_drawn_until_it_is_shown(alone: Open, text: Text) -> None:
    view = Lines("a", "b", "c")
    async with alone(view) as pilot:
        view.display = False
        await pilot.pause()
        n_drawn = len(view.drawn)
        view.lines[0] = "later"
        view.redraw()
        assert len(view.drawn) == n_drawn

        view.display = True
        await pilot.pause()
        assert text(view)[0] == "later"


async def test_it_is_drawn_with_the_keyboard_and_without(alone: Open, text: Text) -> None:
    view = Lines("a", "b", "c")
    async with alone(view) as pilot:
        pilot.app.set_focus(view)
        await pilot.pause()
        assert text(view)[3] == "keyboard"
        pilot.app.set_focus(None)
        await pilot.pause()
        assert text(view)[3] == "none"


@pytest.mark.parametrize(
    ("width", "title"),
    [
        (40, "Network, by weights, frozen"),
        (33, "Network, by weights, frozen"),
        (32, "Network, by weights"),
        (12, "Network"),
    ],
)
async def test_a_title_is_left_without_its_last_parts_where_they_have_no_room(
    alone: Open, width: int, title: str
) -> None:
    view = Lines("a")
    view.styles.border, view.styles.width = ("round", "red"), width
    async with alone(view, size=(60, 10)):
        view.name_panel("Network, by weights, frozen", "below")

        assert str(view.border_title) == title
        assert str(view.border_subtitle) == "below"


async def test_a_title_follows_the_width(alone: Open) -> None:
    view = Lines("a")
    view.styles.border, view.styles.width = ("round", "red"), 12
    async with alone(view, size=(60, 10)) as pilot:
        view.name_panel("Network, by weights")
        view.styles.width = 40
        await pilot.pause()

        assert str(view.border_title) == "Network, by weights"


async def test_the_same_title_again_costs_nothing(alone: Open) -> None:
    view = Lines("a")
    async with alone(view):
        view.name_panel("Network", "[b]below")
        n_named = view.n_named
        view.refreshed.clear()
        view.name_panel("Network", "[b]below")

        assert (view.n_named, view.refreshed) == (n_named, [])
        assert str(view.border_subtitle) == "\\[b]below", "what looks like markup is none"
