from __future__ import annotations

import pytest

from tui_nn.render import slots
from tui_nn.render.palette import MONO, PALETTES, Palette
from tui_nn.settings.moments import MOMENTS
from tui_nn.training.moments.log import Moment, MomentLog
from tui_nn.training.moments.remedies import ADD_NEURON, WALK
from tui_nn.views.moments.draw import kinds_picture, log_lines, log_picture

LOG = MomentLog(
    (
        Moment("first_forward", 0, "250 samples went through 2-8-8-1", (WALK,)),
        Moment("plateau", 800, "The training loss went from 0.41 to 0.4 in 200 steps", (ADD_NEURON,)),
        Moment("goal", 1200, "The test accuracy is 99 %"),
        Moment("plateau", 1600, "The training loss went from 0.3 to 0.3 in 400 steps", (ADD_NEURON,)),
    ),
    ("plateau", "goal"),
)


def kinds(height: int = 20, width: int = 32, cursor: int | None = None, pause_on=("goal",)) -> list[str]:
    return kinds_picture(LOG, pause_on, MONO, height, width, cursor).lines()


def log(step: int = 2000, height: int = 30, width: int = 60, cursor: int | None = None) -> list[str]:
    return log_picture(log_lines(LOG, step, width), MONO, height, width, cursor).lines()


def test_every_kind_is_listed_with_how_often_it_came() -> None:
    lines = kinds()

    assert [line[:19].strip() for line in lines[1 : 1 + len(MOMENTS)]] == [
        kind.label for kind in MOMENTS.values()
    ]
    by_label = {line[:19].strip(): line[19:].split() for line in lines}
    assert by_label["first forward pass"] == ["·", "1"]
    assert by_label["goal reached"] == ["●", "1"]
    assert by_label["plateau"] == ["·", "now"]
    assert by_label["overfitting"] == ["·"]


def test_the_chosen_kind_is_explained() -> None:
    shown = " ".join(line.strip() for line in kinds(cursor=list(MOMENTS).index("overfitting")))

    assert MOMENTS["overfitting"].help in shown


def test_the_chosen_kind_is_seen_where_there_is_little_room() -> None:
    for cursor, kind in enumerate(MOMENTS.values()):
        assert kind.label in "\n".join(kinds(6, 32, cursor))


def test_the_newest_moment_comes_first_with_its_numbers_and_its_advice() -> None:
    lines = [line.rstrip() for line in log()]

    assert lines[:4] == [
        "step 1,600  plateau, goes on",
        "  The training loss went from 0.3 to 0.3 in 400 steps.",
        "  Try u (add a neuron).",
        "",
    ]
    assert [line for line in lines if line.startswith("step")][1:] == [
        "step 1,200  goal reached",
        "step 800  plateau",
        "step 0  first forward pass",
    ]


def test_what_came_after_the_moment_that_is_shown_is_faint() -> None:
    lines = log_lines(LOG, 1000, 60)
    heads = [line for line in lines if line.is_head]

    assert [line.slot for line in heads] == [slots.DIM, slots.DIM, slots.TITLE, slots.TITLE]
    assert heads[0].text.endswith("after the moment shown")


def test_the_chosen_moment_is_seen() -> None:
    for cursor, step in enumerate(("1,600", "1,200", "800", "0")):
        assert f"step {step} " in "\n".join(log(height=5, cursor=cursor))


def test_an_empty_log_says_what_to_do() -> None:
    lines = log_picture([], MONO, 3, 40).lines()

    assert "space trains" in " ".join(lines)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("size", [(0, 0), (1, 1), (3, 9), (20, 32), (50, 190)], ids=str)
def test_any_size_is_drawn(palette: Palette, size: tuple[int, int]) -> None:
    for cursor in (None, 0, 3):
        for cells in (
            kinds_picture(LOG, ("goal",), palette, *size, cursor),
            log_picture(log_lines(LOG, 900, size[1]), palette, *size, cursor),
        ):
            assert cells.glyphs.shape == size
            assert not palette.is_ascii or "".join(cells.lines()).replace("…", ".").isascii()
