from __future__ import annotations

import pytest

from tui_nn.render.key_table import key_table

KEYS = (("space", "pen down, up"), ("c", "clear"), ("arrows", "move"), ("m /", "mark, line from it"))


def shown(height: int, width: int) -> str:
    return "\n".join(key_table(KEYS, height, width).lines())


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (3, 0), (0, 9), (1, 30), (4, 40), (9, 200)])
def test_any_size_can_be_drawn(size: tuple[int, int]) -> None:
    cells = key_table(KEYS, *size)

    assert (cells.height, cells.width) == size


@pytest.mark.parametrize(("size", "rows"), [((5, 200), 1), ((5, 46), 2), ((5, 26), 4)])
def test_all_keys_take_as_few_rows_as_they_can(size: tuple[int, int], rows: int) -> None:
    lines = shown(*size).splitlines()

    assert [bool(line.strip()) for line in lines] == [True] * rows + [False] * (5 - rows)
    assert all(words in "\n".join(lines) for key in KEYS for words in key)


def test_where_room_is_short_the_last_ones_are_left_out_and_none_is_cut() -> None:
    words = shown(1, 30)

    assert "space pen down, up" in words
    assert "move" not in words
    assert all(word in ("space", "pen", "down,", "up", "c", "clear") for word in words.split())


def test_without_keys_nothing_is_drawn() -> None:
    assert not "".join(key_table((), 3, 20).lines()).strip()
