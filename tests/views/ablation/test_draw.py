"""The table of ablation at any size, with color and without."""

from __future__ import annotations

import dataclasses

import pytest

from tui_nn.render import slots
from tui_nn.render.palette import MONO, PALETTES, Palette
from tui_nn.training.verdict.ablation import Ablation, Score, SilentUnit
from tui_nn.views.ablation.draw import ablation_picture
from tui_nn.views.ablation.values import SORTS, SeenAblation, in_order


def unit(layer: int, number: int, loss: float | None, score: float | None) -> SilentUnit:
    return SilentUnit((layer, number), range(number, number + 1), number, False, Score(loss, score))


FOUND = Ablation(
    Score(0.25, 0.9),
    (unit(1, 0, 1.25, 0.5), unit(1, 1, 0.2, 0.92), unit(2, 0, 0.3, 0.3), unit(2, 1, None, None)),
    "test",
    2000,
    10_000,
    True,
)
SEEN = SeenAblation(FOUND, 1234, True)


def table(
    seen: SeenAblation = SEEN,
    sort: str = "loss",
    palette: Palette = MONO,
    height: int = 20,
    width: int = 76,
    cursor: int | None = None,
) -> list[str]:
    units = [] if seen.found is None else in_order(seen.found, sort)
    return [
        line.rstrip() for line in ablation_picture(seen, units, sort, palette, height, width, cursor).lines()
    ]


def test_the_rows_say_what_is_lost_without_each_neuron() -> None:
    lines = table()

    assert lines[0] == "Step 1,234, 2,000 of 10,000 test rows"
    assert lines[2].split() == ["nothing", "silent", "0.2500", "90.0", "%"]
    assert [line.split()[:9] for line in lines[3:7]] == [
        ["hidden", "2,", "neuron", "2", "-", "-", "-", "-"],
        ["hidden", "1,", "neuron", "1", "1.2500", "+1.0000", "50.0", "%", "-40.00"],
        ["hidden", "2,", "neuron", "1", "0.3000", "+0.0500", "30.0", "%", "-60.00"],
        ["hidden", "1,", "neuron", "2", "0.2000", "-0.0500", "92.0", "%", "+2.00"],
    ]


@pytest.mark.parametrize(
    ("sort", "names"),
    [("loss", "2.2 1.1 2.1 1.2"), ("score", "2.2 2.1 1.1 1.2"), ("layer", "1.1 1.2 2.1 2.2")],
)
def test_they_are_sorted_by_what_the_head_marks(sort: str, names: str) -> None:
    lines = table(sort=sort)
    listed = [f"{line.split()[1][:1]}.{line.split()[3]}" for line in lines[3:7]]
    head = lines[1]

    assert " ".join(listed) == names
    assert head.count("▾") == 1
    assert head.index("▾") < {"loss": head.index("accuracy"), "score": 76, "layer": head.index("loss")}[sort]


def test_a_rise_is_a_blue_bar_and_a_fall_an_orange_one_with_their_signs() -> None:
    cells = ablation_picture(SEEN, in_order(FOUND, "loss"), "loss", PALETTES["truecolor"], 20, 76)
    rows = [cells.foreground[row].tolist() for row in range(3, 7)]
    blue, orange = slots.SIGNED_STEPS - 1, 0

    assert [row.count(blue) > 0 for row in rows] == [False, True, True, False]
    assert [row.count(orange) > 0 for row in rows] == [False, False, False, True]
    assert rows[1].count(blue) > 10 * rows[2].count(blue)
    lines = cells.lines()
    assert ("+█" in lines[4], "-" in lines[6][60:]) == (True, True)


def test_a_small_change_is_not_written_as_none() -> None:
    tiny = dataclasses.replace(FOUND, units=(unit(1, 0, 0.25002, 0.9), unit(1, 1, 0.25, 0.9)))
    changes = [line.split()[5] for line in table(SeenAblation(tiny, 1, True))[3:5]]

    assert changes == ["+2e-05", "+0.0000"]


def test_without_room_the_changes_alone_stand_there() -> None:
    line = table(width=44)[4]

    assert line.split()[4:6] == ["+1.0000", "-40.00"]


def test_the_cursor_is_always_seen() -> None:
    many = dataclasses.replace(FOUND, units=tuple(unit(1, n, 0.3 + n, 0.5) for n in range(200)))
    seen = SeenAblation(many, 5, True)
    for cursor in (0, 1, 99, 198, 199):
        text = "\n".join(table(seen, cursor=cursor, height=12))
        assert f"neuron {200 - cursor} " in text


def test_what_is_not_there_is_said() -> None:
    assert "Computing" in table(SeenAblation(None, 0, False))[0]
    assert table(SeenAblation(None, 0, True, words="There is none."))[0] == "There is none."
    assert "; the next: 500 of 2,000 rows" in table(SeenAblation(FOUND, 9, False, 500, 2000))[0]


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES.keys())
@pytest.mark.parametrize("sort", SORTS)
def test_it_fits_any_place(palette: Palette, sort: str) -> None:
    for height, width in [(0, 0), (1, 1), (2, 30), (5, 20), (17, 76), (50, 196)]:
        cells = ablation_picture(SEEN, in_order(FOUND, sort), sort, palette, height, width, 2)
        assert cells.glyphs.shape == (height, width)
