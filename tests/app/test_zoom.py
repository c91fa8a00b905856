"""One panel with all the room: which it is follows the keyboard, and it is never an empty screen."""

from __future__ import annotations

from typing import Any

import pytest

from tui_nn.widgets.cells_view import CellsView

Open = Any
Driven = Any


def _shown(driven: Driven) -> list[CellsView]:
    """Return the panels that have room."""
    return [panel for panel in driven.app.screen.query(".panel").results(CellsView) if panel.is_on_screen]


async def _walk(driven: Driven, key: str, count: int) -> list[CellsView]:
    """Return the panel that is alone on the screen after each of so many keys, with the keyboard."""
    seen = []
    for _ in range(count):
        await driven.press(key)
        shown = _shown(driven)
        assert len(shown) == 1
        assert driven.app.screen.focused is (shown[0] if shown[0].can_focus else None)
        seen.append(shown[0])
    return seen


@pytest.mark.parametrize("screen", ["1", "2", "2v", "2vv", "2vvv", "3", "3mm", "3mmmmm", "4"])
@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=str)
async def test_tab_goes_round_the_panels_that_are_there_without_the_zoom(
    open_app: Open, screen: str, size: tuple[int, int]
) -> None:
    async with open_app(size) as driven:
        await driven.press(*screen)
        panels = _shown(driven)
        await driven.press("z")
        (first,) = _shown(driven)

        rounds = await _walk(driven, "tab", len(panels))
        assert set(rounds) == set(panels)
        assert rounds[-1] is first
        assert await _walk(driven, "shift+tab", len(panels)) == [*rounds[-2::-1], first]

        await driven.press("z")
        assert _shown(driven) == panels


@pytest.mark.parametrize("screen", ["1", "2", "3", "4"])
async def test_the_settings_are_zoomed_when_they_are_gone_to(open_app: Open, screen: str) -> None:
    async with open_app((80, 24)) as driven:
        await driven.press(screen, "z", "c", "r")

        assert [type(panel).__name__ for panel in _shown(driven)] == ["Form"]
        assert "learning rate" in "\n".join(driven.screen_lines())


@pytest.mark.parametrize(("screen", "key", "count"), [("2", "v", 4), ("3", "m", 6)])
async def test_another_view_or_page_is_zoomed_too(open_app: Open, screen: str, key: str, count: int) -> None:
    async with open_app((80, 24)) as driven:
        await driven.press(screen, "z")
        for _ in range(count):
            await driven.press(key)
            assert len(_shown(driven)) == 1
