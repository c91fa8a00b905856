from __future__ import annotations

import re

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.ansi import to_text
from tui_nn.render.big_digit import LARGE, MEDIUM, SMALL, big_digit
from tui_nn.render.palette import PALETTES
from tui_nn.views.images.draw_reading import reading

NAMES = tuple("0123456789")
SIZES = [(0, 0), (1, 1), (3, 120), (40, 1), (5, 20), (14, 24), (14, 44), (14, 56), (28, 108), (40, 120)]
KINDS = ["truecolor", "16", "mono", "ascii"]


def image():
    drawn = np.zeros((28, 28), dtype=np.uint8)
    drawn[4:24, 13:15] = 255
    return drawn


def probabilities(best=1, certainty=0.91):
    values = np.full(10, (1 - certainty) / 9, dtype=np.float32)
    values[best] = certainty
    return values


def drawn(height=16, width=90, palette="truecolor", **options):
    given = {"image": image(), "probabilities": probabilities()} | options
    return reading(
        given.pop("image"),
        given.pop("probabilities"),
        given.pop("names", NAMES),
        PALETTES[palette],
        height,
        width,
        **given,
    )


def text(cells):
    return "\n".join(cells.lines())


@pytest.mark.parametrize("palette", KINDS)
@pytest.mark.parametrize(("height", "width"), SIZES)
@pytest.mark.parametrize("is_there", [True, False], ids=["image", "nothing"])
def test_any_size_can_be_drawn(palette, height, width, is_there):
    options = {} if is_there else {"image": None, "probabilities": None}
    cells = drawn(height, width, palette, **options)

    assert (cells.height, cells.width) == (height, width)
    assert to_text(cells, PALETTES[palette]).isascii() or palette != "ascii"


@pytest.mark.parametrize("palette", KINDS)
def test_where_nothing_is_drawn_it_says_so_and_guesses_nothing(palette):
    words = text(drawn(palette=palette, image=None, probabilities=None))

    assert "Nothing is drawn yet." in words
    assert "guess" not in words
    assert "%" not in words


@pytest.mark.parametrize("palette", KINDS)
@pytest.mark.parametrize("best", range(10))
@pytest.mark.parametrize(
    ("size", "letter"), [((28, 108), LARGE), ((16, 90), MEDIUM), ((14, 56), SMALL), ((14, 44), SMALL)]
)
def test_the_best_guess_is_said_with_its_certainty_and_in_large_letters(palette, best, size, letter):
    cells = drawn(*size, palette, probabilities=probabilities(best, 0.734))
    large = [line.strip() for line in big_digit(str(best), PALETTES[palette], letter).lines()]

    assert "guess" in text(cells)
    assert "73 %" in "\n".join(cells.lines()[: letter.height])
    assert all(part in line for part, line in zip(large, cells.lines(), strict=False))


def test_where_no_large_letter_fits_the_guess_and_its_certainty_are_on_a_line():
    assert "best guess 1: 91 %" in drawn(12, 70).lines()[0]
    assert "1: 91 %" in drawn(12, 44).lines()[0]


def test_where_the_image_has_no_room_beside_the_bars_it_is_left_out():
    words = text(drawn(14, 24))

    assert words.count("%") == 11
    assert "guess" in words


def test_the_image_is_twice_as_large_where_there_is_room():
    strong = drawn(28, 108).background[:28, :56] == slots.SIGNED_STEPS - 1

    assert set(np.flatnonzero(strong.any(axis=0)).tolist()) == set(range(26, 30))
    assert set(np.flatnonzero(strong.any(axis=1)).tolist()) == set(range(4, 24))


def test_a_class_that_is_no_digit_is_named_in_words():
    names = ("T-shirt", "trouser", *"abcdefgh")
    lines = drawn(names=names).lines()

    assert lines[0].rstrip().endswith("best guess trouser: 91 %")


@pytest.mark.parametrize("palette", KINDS)
@pytest.mark.parametrize(("height", "width"), [(28, 108), (14, 44), (16, 60), (14, 24)])
def test_there_is_a_bar_for_each_class_and_they_sum_to_all(palette, height, width):
    values = np.random.default_rng(3).dirichlet(np.ones(10)).astype(np.float32)
    cells = drawn(height, width, palette, probabilities=values)
    percents = {
        match[1]: int(match[2])
        for line in cells.lines()
        if (match := re.search(r" (\d) .* (\d+) %\s*$", line))
    }

    assert percents == {name: round(100 * float(values[index])) for index, name in enumerate(NAMES)}
    assert sum(percents.values()) == pytest.approx(100, abs=5)


@pytest.mark.parametrize("palette", KINDS)
@pytest.mark.parametrize("truth", range(10))
def test_an_arrow_marks_the_truth_and_nothing_else(palette, truth):
    cells = drawn(palette=palette, truth=truth)
    arrow = ">" if palette == "ascii" else "▸"
    marked = [line for line in cells.lines() if arrow in line[30:32]]

    assert len(marked) == 1
    assert re.match(rf"{arrow}{truth} ", marked[0][30:])


def test_without_a_truth_there_is_no_arrow():
    assert "▸" not in text(drawn())


def test_the_image_is_drawn_where_its_ink_is():
    strong = drawn().background[:14, :28]

    assert set(np.flatnonzero((strong == slots.SIGNED_STEPS - 1).any(axis=0)).tolist()) == {13, 14}
    assert set(np.flatnonzero((strong == slots.SIGNED_STEPS - 1).any(axis=1)).tolist()) == set(range(2, 12))


@pytest.mark.parametrize(
    "names", [("T-shirt", "trouser", "pullover"), tuple(f"class {n}" for n in range(26))]
)
@pytest.mark.parametrize("palette", KINDS)
def test_classes_need_not_be_digits(names, palette):
    values = np.full(len(names), 1 / len(names), dtype=np.float32)
    values[2] += 0.1
    for height, width in SIZES:
        drawn(height, width, palette, names=names, probabilities=values / values.sum())

    assert names[2] in text(drawn(palette=palette, names=names, probabilities=values / values.sum()))


def test_numbers_that_are_none_break_nothing():
    drawn(probabilities=np.full(10, np.nan, dtype=np.float32))
