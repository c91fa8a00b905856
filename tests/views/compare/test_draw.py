"""Tiles, lines and the table of a comparison, as arrays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.palette import Palette, palette_for
from tui_nn.settings.config import Config
from tui_nn.training.snapshot import Metrics
from tui_nn.views.compare.draw_lines import AXIS, Line, draw_lines, moments_across
from tui_nn.views.compare.draw_table import columns_of, draw_table, sorted_rows
from tui_nn.views.compare.draw_tiles import Tiling, draw_tiles, ranked, shown_runs, tiling
from tui_nn.views.compare.groups import groups_of, spread_words
from tui_nn.views.compare.values import Compared, RunSeen, Samples, differing

PALETTE, ASCII = palette_for("256"), palette_for("mono", ascii_only=True)
DOMAIN = ((-6.0, 6.0), (-6.0, 6.0))


def run(number: int, loss: float | None = 0.5, ended: str = "", **changes: Any) -> RunSeen:
    metrics = Metrics(train_loss=loss, test_loss=loss, train_accuracy=0.9, test_accuracy=0.8)
    return RunSeen(number, Config().replace(**changes), 10, 1, metrics, ended, "a reason" if ended else "")


RATES = [run(1, 0.3, learning_rate=0.003), run(2, 0.1, learning_rate=0.01), run(3, 0.2, learning_rate=0.03)]


def seeds(first: int, losses: list[float], **changes: Any) -> list[RunSeen]:
    return [run(first + i, loss, weights_seed=i, **changes) for i, loss in enumerate(losses)]


# -- tiles


@pytest.mark.parametrize(
    ("count", "size", "grid"),
    [
        (9, (31, 58), (3, 3)),
        (4, (31, 58), (2, 2)),
        (2, (31, 58), (1, 2)),
        (9, (19, 38), (2, 2)),
        (64, (31, 58), (3, 3)),
        (9, (5, 12), (1, 1)),
    ],
)
def test_as_many_maps_are_shown_as_can_be_read(
    count: int, size: tuple[int, int], grid: tuple[int, int]
) -> None:
    tiles = tiling(count, *size)

    assert (tiles.down, tiles.across) == grid


def test_a_tile_has_number_setting_result_and_map() -> None:
    tiles = tiling(3, 31, 58)
    maps = {n: np.full((16, 16, 1), sign, np.float32) for n, sign in ((1, 1.0), (2, -1.0), (3, 0.0))}
    seen = Compared(tuple(RATES), maps, {}, DOMAIN)

    cells = draw_tiles(seen, RATES, differing(RATES), 2, PALETTE, tiles, (31, 58))

    lines = cells.lines()
    assert lines[0].split() == ["1", "0.003", "2", "0.01"]
    assert lines[1].split() == ["0.3000", "80.0", "%", "0.1000", "80.0", "%"]
    assert cells.foreground[0, tiles.width + 1] == slots.SELECTED
    strongest = {cells.background[3, 1], cells.foreground[3, 1]} - {-1}
    assert strongest == {slots.SIGNED_STEPS - 1}


def test_samples_stand_on_a_map_as_on_the_large_one() -> None:
    tiles = tiling(2, 31, 58)
    maps = {n: np.full((32, 32, 1), 1.0, np.float32) for n in (1, 2)}
    positions = np.array([[0.2, 0.2], [-3.0, 4.0], [5.0, -5.0]], np.float32)
    labels, wrong = np.array([1, 0, 1]), np.array([False, True, False])
    seen = Compared(tuple(RATES[:2]), maps, {}, DOMAIN, {2: Samples(positions, labels, wrong)})

    cells = draw_tiles(seen, RATES[:2], differing(RATES[:2]), 1, PALETTE, tiles, (31, 58))

    rows, columns = np.nonzero(np.isin(cells.glyphs, list(PALETTE.glyphs.train + PALETTE.glyphs.wrong_train)))
    found = sorted(
        (int(column), str(cells.glyphs[row, column])) for row, column in zip(rows, columns, strict=True)
    )
    side = tiles.width - 1
    assert [glyph for _, glyph in found] == [PALETTE.glyphs.wrong_train, *2 * PALETTE.glyphs.train[1]]
    for (column, _), x in zip(found, (-3.0, 0.2, 5.0), strict=True):
        assert abs(column - tiles.width - (x + 6) / 12 * side) <= 1, "in the second tile, from left to right"


def test_a_map_without_room_has_no_samples() -> None:
    small, large = Tiling(1, 1, 7, 12), tiling(4, 31, 58)

    assert small.n_points(DOMAIN) == 0
    assert 20 <= large.n_points(DOMAIN) <= large.height * large.width // 4


def test_a_lost_run_says_so_in_place_of_its_numbers() -> None:
    lost = [RATES[0], replace(RATES[1], ended="diverged"), replace(RATES[2], ended="refused")]
    cells = draw_tiles(
        Compared(tuple(lost), {}, {}, DOMAIN), lost, (), 1, PALETTE, tiling(3, 31, 58), (31, 58)
    )

    assert "diverged" in cells.lines()[1]
    assert "refused" in "\n".join(cells.lines())


def test_images_show_a_confusion_matrix_in_place_of_a_map() -> None:
    confusion = np.array([[41, 2], [3, 57]])
    seen = Compared((RATES[0],), {}, {1: confusion}, None, ("no", "yes"))

    text = "\n".join(draw_tiles(seen, RATES[:1], (), 1, PALETTE, tiling(1, 12, 40), (12, 40)).lines())

    assert all(count in text for count in ("41", "57"))


@pytest.mark.parametrize("palette", [PALETTE, ASCII], ids=["256", "ascii"])
@pytest.mark.parametrize("size", [(12, 24), (14, 30)])
def test_a_confusion_without_room_for_numbers_is_whole_as_blocks(
    palette: Palette, size: tuple[int, int]
) -> None:
    seen = Compared((RATES[0],), {}, {1: np.eye(10, dtype=np.int64) * 7}, None)

    cells = draw_tiles(seen, RATES[:1], (), 1, palette, tiling(1, *size), size)

    assert not any(character.isdigit() for line in cells.lines()[2:] for character in line)
    strongest = slots.SIGNED_STEPS - 1
    lit = (
        (cells.background == strongest)
        | (cells.foreground == strongest)
        | (cells.glyphs == ASCII.glyphs.positive[-1])
    )
    assert lit[2:].any(axis=0).sum() >= 10


def test_more_classes_than_rows_are_drawn_all_the_same() -> None:
    seen = Compared((RATES[0],), {}, {1: np.eye(10, dtype=np.int64)}, None)

    cells = draw_tiles(seen, RATES[:1], (), 1, ASCII, tiling(1, 9, 18), (9, 18))

    assert all(line.strip() for line in cells.lines())


def test_of_many_runs_the_best_and_the_worst_are_shown() -> None:
    many = [run(n, n / 100, learning_rate=n / 1000) for n in range(1, 21)]

    assert [r.number for r in shown_runs(many, 7, 4)] == [1, 2, 19, 20]
    assert [r.number for r in shown_runs(many[:9], 7, 4)] == [5, 6, 7, 8]
    assert [r.number for r in shown_runs(many[:9], 9, 4)] == [6, 7, 8, 9]


def test_lost_runs_are_the_worst() -> None:
    assert ranked([run(1, 0.1, "diverged"), run(2, 0.9), run(3, None)])[0].number == 2


# -- lines


def test_each_line_carries_its_name_at_its_end_and_on_its_way() -> None:
    n = moments_across(67)
    lines = [Line("1", 3, np.full(n, 0.2)), Line("2", 5, np.full(n, 0.8))]

    cells = draw_lines(np.arange(n, dtype=float), lines, PALETTE, 12, 67)

    for line in lines:
        rows, columns = np.nonzero(cells.glyphs[:-1, AXIS:] == line.mark)
        assert len(set(rows.tolist())) == 1
        assert len(columns) > 3
        assert columns.max() == 67 - AXIS - 1
        assert (cells.foreground[rows, columns + AXIS] == line.slot).all()


def test_a_larger_value_is_drawn_higher() -> None:
    n = moments_across(47)
    cells = draw_lines(np.arange(n, dtype=float), [Line("1", 3, np.linspace(1, 0, n))], ASCII, 10, 47)

    rows = [int(np.flatnonzero(cells.glyphs[:9, column] == "1").mean()) for column in range(AXIS, 47)]
    assert rows == sorted(rows)
    assert (rows[0], rows[-1]) == (0, 8)


def test_in_plain_characters_a_line_is_made_of_its_name() -> None:
    n = moments_across(40)

    cells = draw_lines(np.arange(n, dtype=float), [Line("7", 3, np.full(n, 0.5))], ASCII, 10, 40)

    assert "".join(cells.lines()).isascii()
    assert (cells.glyphs == "7").sum() == 40 - AXIS


def test_a_run_that_ended_has_a_line_no_longer_than_it_went() -> None:
    n = moments_across(40)
    values = np.full(n, 0.5)
    values[n // 2 :] = np.nan

    cells = draw_lines(np.arange(n, dtype=float), [Line("7", 3, values)], ASCII, 10, 40)

    assert abs(np.nonzero(cells.glyphs == "7")[1].max() - (AXIS + (40 - AXIS) / 2)) <= 1


def test_a_group_is_shaded_from_its_lowest_to_its_highest_run() -> None:
    n = moments_across(40)
    low, middle, high = (np.full(n, value) for value in (0.0, 0.5, 1.0))

    cells = draw_lines(np.arange(n, dtype=float), [Line("a", 3, middle, low, high)], PALETTE, 11, 40)

    assert (cells.glyphs[:10, AXIS:] != " ").all(), "ten rows, from the top to the bottom"


def dots_of(glyphs: Any) -> Any:
    """Return the braille dots (rows * 4, columns * 2) of glyphs, in the order of Unicode."""
    bits = ((0, 3), (1, 4), (2, 5), (6, 7))
    found = np.zeros((glyphs.shape[0] * 4, glyphs.shape[1] * 2), bool)
    for (row, column), glyph in np.ndenumerate(glyphs):
        code = ord(glyph) - 0x2800 if glyph >= "\u2800" else 0
        for down, pair in enumerate(bits):
            for across, bit in enumerate(pair):
                found[row * 4 + down, column * 2 + across] = bool(code >> bit & 1)
    return found


def test_the_shade_ends_within_a_cell_where_its_runs_do() -> None:
    n = moments_across(40)
    top = np.linspace(1.0, 0.6, n)
    line = Line("a", 3, np.full(n, 0.2), np.zeros(n), top)
    dots = dots_of(draw_lines(np.arange(n, dtype=float), [line], PALETTE, 11, 40).glyphs[:10, AXIS:])

    for column in range(0, n - 3, 4):  # within four columns a shaded dot lies in every row
        highest = np.flatnonzero(dots[:, column : column + 4].any(axis=1))[0]
        assert abs(highest - (1 - top[column]) * (4 * 10 - 1)) <= 1.5
    assert 0.2 <= dots[18:28, :60].mean() <= 0.3


def test_in_plain_characters_the_shade_is_points() -> None:
    n = moments_across(40)
    low, middle, high = (np.full(n, value) for value in (0.0, 0.5, 1.0))
    cells = draw_lines(np.arange(n, dtype=float), [Line("a", 3, middle, low, high)], ASCII, 11, 40)

    assert set((cells.glyphs[:10, AXIS:] == ".").sum(axis=0).tolist()) == {9}


@pytest.mark.parametrize("value", [np.inf, 1e300, 0.0, np.nan])
def test_any_values_and_sizes_are_drawn(value: float) -> None:
    for height, width in ((0, 0), (1, 3), (3, 12), (12, 60)):
        values = np.array([0.5, value, 0.1])
        cells = draw_lines(np.arange(3.0), [Line("1", 3, values)], PALETTE, height, width, log=True)
        assert (cells.height, cells.width) == (height, width)


# -- table


def test_the_table_has_a_column_for_every_setting_that_differs() -> None:
    runs = [run(1), run(2, hidden_sizes=(8, 8)), run(3, learning_rate=0.1, activation="relu")]

    assert [column.key for column in columns_of(runs)[1:4]] == ["hidden_sizes", "activation", "learning_rate"]


@pytest.mark.parametrize(
    ("key", "order"), [("run", [1, 2, 3]), ("learning_rate", [1, 2, 3]), ("test", [2, 3, 1])]
)
def test_rows_are_sorted_by_any_column(key: str, order: list[int]) -> None:
    assert [r.number for r in sorted_rows(RATES, key)] == order
    assert [r.number for r in sorted_rows(RATES, key, is_reversed=True)] == order[::-1]


def test_lost_runs_come_last_and_say_what_became_of_them() -> None:
    runs = [run(1, 0.0, "diverged"), run(2, 0.2, learning_rate=0.1)]

    lines = draw_table(runs, PALETTE, 8, 60, selected=2, sort="test", below=["Run 1: a reason"]).lines()

    assert lines[1].split()[0] == "2"
    assert "diverged" in lines[2]
    assert "0.0000" not in lines[2]
    assert lines[-1].strip() == "Run 1: a reason"


@pytest.mark.parametrize("width", [20, 38, 58, 98])
def test_a_table_without_room_leaves_out_columns_but_not_that_it_is_sorted_by(width: int) -> None:
    many = [run(n, 0.1 * n, noise=n / 100, hidden_sizes=(n, 8), activation="relu") for n in range(1, 5)]

    for column in columns_of(many):
        head = draw_table(many, PALETTE, 8, width, selected=1, sort=column.key).lines()[0]
        assert f"{column.title}▾" in head


def test_a_long_table_shows_the_rows_around_the_cursor() -> None:
    many = [run(n, learning_rate=n / 1000) for n in range(1, 65)]

    lines = draw_table(many, PALETTE, 10, 58, selected=40).lines()

    assert any(line.split()[:1] == ["40"] for line in lines)


# -- groups


def test_runs_that_differ_in_seeds_alone_are_a_group() -> None:
    runs = [*seeds(1, [0.1, 0.2]), *seeds(3, [0.3, 0.4], learning_rate=0.1)]

    groups = groups_of(runs)

    assert [(group.mark, [r.number for r in group.runs]) for group in groups] == [
        ("a", [1, 2]),
        ("b", [3, 4]),
    ]
    assert [group.words for group in groups] == ["0.03", "0.1"]


def test_single_runs_keep_their_numbers() -> None:
    assert [group.mark for group in groups_of(RATES)] == ["1", "2", "3"]
    assert spread_words(RATES) == []


def test_copies_with_the_same_seeds_are_no_group() -> None:
    copies = [run(1), run(2), run(3, learning_rate=0.1)]

    assert [group.mark for group in groups_of(copies)] == ["1", "2", "3"]
    assert spread_words(copies) == []


def test_a_copy_of_a_seed_is_counted_once() -> None:
    runs = [*seeds(1, [0.1, 0.2]), run(3, 0.2, weights_seed=1)]

    assert spread_words(runs) == ["a: median test loss 0.1500, 0.1000 to 0.2000, 2 seeds."]


def test_groups_that_do_not_overlap_are_told_apart() -> None:
    runs = [
        *seeds(1, [0.1 + i / 100 for i in range(10)]),
        *seeds(11, [0.5 + i / 100 for i in range(10)], noise=0.2),
    ]

    sentences = spread_words(runs)

    assert sentences[0].startswith("a=0.1 is better than b=0.2 in test loss (Mann-Whitney U = 100, p = ")
    assert sentences[1] == "a 0.1: median test loss 0.1450, 0.1000 to 0.1900, 10 seeds."


def test_groups_that_are_mixed_cannot_be_told_apart() -> None:
    mixed = [i / 100 for i in range(20)]
    runs = [*seeds(1, mixed[::2]), *seeds(11, mixed[1::2], noise=0.2)]

    assert "cannot be told apart in test loss" in spread_words(runs)[0]


def test_a_group_of_lost_runs_says_so() -> None:
    runs = [replace(r, ended="diverged") for r in seeds(1, [0.1, 0.2])]

    assert spread_words(runs) == ["a: all 2 runs are lost."]


def test_without_a_run_the_table_says_what_is_to_be_said() -> None:
    lines = draw_table((), PALETTE, 6, 20, selected=0, below=["No run has ended yet."]).lines()

    assert [line.strip() for line in lines[:2]] == ["No run has ended", "yet."]
