from __future__ import annotations

import re

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.ansi import to_text
from tui_nn.render.big_digit import big_digit
from tui_nn.render.cells import blank
from tui_nn.render.palette import PALETTES
from tui_nn.render.reading import draw_layers, reading

NAMES = tuple("0123456789")
SIZES = [(0, 0), (1, 1), (3, 120), (40, 1), (5, 20), (14, 28), (15, 44), (18, 60), (34, 90), (40, 120)]
KINDS = ["truecolor", "16", "mono", "ascii"]


def image():
    drawn = np.zeros((28, 28), dtype=np.uint8)
    drawn[4:24, 13:15] = 255
    return drawn


def probabilities(best=1, certainty=0.91):
    values = np.full(10, (1 - certainty) / 9, dtype=np.float32)
    values[best] = certainty
    return values


def activations():
    rng = np.random.default_rng(0)
    shapes = [(8, 14, 14), (128,), (10,)]
    return tuple(rng.normal(size=shape).astype(np.float32) for shape in shapes)


def drawn(height=34, width=90, palette="truecolor", **options):
    given = {"image": image(), "probabilities": probabilities(), "activations": activations()} | options
    return reading(
        given.pop("image"),
        given.pop("probabilities"),
        given.pop("activations"),
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
    options = {} if is_there else {"image": None, "probabilities": None, "activations": ()}
    cells = drawn(height, width, palette, **options)

    assert (cells.height, cells.width) == (height, width)
    assert to_text(cells, PALETTES[palette]).isascii() or palette != "ascii"


@pytest.mark.parametrize("palette", KINDS)
def test_where_nothing_is_drawn_it_says_so_and_guesses_nothing(palette):
    words = text(drawn(palette=palette, image=None, probabilities=None, activations=()))

    assert "Nothing is drawn yet." in words
    assert "guess" not in words
    assert "%" not in words


@pytest.mark.parametrize("palette", KINDS)
@pytest.mark.parametrize("best", range(10))
def test_the_best_guess_is_said_with_its_certainty_and_in_large_letters(palette, best):
    cells = drawn(palette=palette, probabilities=probabilities(best, 0.734))
    large = [line.strip() for line in big_digit(str(best), PALETTES[palette]).lines()]

    assert "best guess" in text(cells)
    assert f"{best}: 73 %" in text(cells)
    assert all(part in line for part, line in zip(large, cells.lines(), strict=False))


def test_in_a_narrow_view_the_large_letters_stay_with_the_certainty_beside_them():
    cells = drawn(20, 44)
    large = [line.strip() for line in big_digit("1", PALETTES["truecolor"]).lines()]

    assert all(part in line for part, line in zip(large, cells.lines(), strict=False))
    assert cells.lines()[3].endswith("91 %  ")


def test_where_only_a_line_is_left_the_guess_and_its_certainty_are_on_it():
    assert "1: 91 %" in drawn(14, 44).lines()[0]


def test_a_class_that_is_no_digit_is_named_in_words():
    names = ("T-shirt", "trouser", *"abcdefgh")
    lines = drawn(names=names).lines()

    assert lines[0].rstrip().endswith("best guess trouser: 91 %")


def test_in_a_low_view_the_guess_is_words():
    assert "best guess 1: 91 %" in text(drawn(14, 70))


@pytest.mark.parametrize("palette", KINDS)
@pytest.mark.parametrize(("height", "width"), [(34, 90), (14, 70), (16, 60)])
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
    cells = drawn(activations=())
    strong = cells.background[1:15, :28]

    assert set(np.flatnonzero((strong == slots.SIGNED_STEPS - 1).any(axis=0)).tolist()) == {13, 14}
    assert set(np.flatnonzero((strong == slots.SIGNED_STEPS - 1).any(axis=1)).tolist()) == set(range(2, 12))


@pytest.mark.parametrize("palette", KINDS)
def test_every_layer_is_named_with_its_size(palette):
    words = text(drawn(40, 120, palette))

    assert "layer 1: 8 x 14 x 14" in words
    assert "layer 2: 128" in words
    assert "output: 10" in words


def test_layers_that_do_not_fit_are_marked():
    canvas = blank(6, 24)
    many = tuple(np.ones(16, dtype=np.float32) for _ in range(9))
    draw_layers(canvas, many, PALETTES["truecolor"], 0, 0, 6, 24)

    assert canvas.lines()[0].rstrip().endswith("+")
    assert "layer 1: 16" in canvas.lines()[0]


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
    broken = tuple(np.full(shape, np.nan, dtype=np.float32) for shape in [(16,), (10,)])

    drawn(probabilities=np.full(10, np.nan, dtype=np.float32), activations=broken)
