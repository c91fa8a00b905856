from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.ascii_text import ascii_only
from tui_nn.render.palette import PALETTES
from tui_nn.settings.config import Config
from tui_nn.training.example import Example
from tui_nn.training.holding import hold_neuron, hold_parameter
from tui_nn.training.trainer import Trainer
from tui_nn.views.neuron.draw import NARROW, WIDE, history_block, inspector_picture, number
from tui_nn.views.neuron.look import look_at_neuron
from tui_nn.views.neuron.values import BIAS, History, Neuron, NeuronRequest, missing_neuron

CONFIG = Config(samples=40, dataset="xor", hidden_sizes=(2,), dtype="float64")


def two_two_one() -> Trainer:
    run = Trainer(CONFIG)
    run.network.parameters[:] = [0.5, -0.25, 0.75, 1.0, 0.1, -0.2, 1.5, -2.0, 0.25]
    return run


def look(run: Trainer, node: tuple[int, int], **request: Any) -> Neuron:
    example = Example("typed", 0, (1.0, -2.0), 1.0)
    return look_at_neuron(run, NeuronRequest(node, **{"example": example, **request}))


def lines(
    neuron: Neuron, size: tuple[int, int] = (30, 70), palette: str = "truecolor", **more: Any
) -> list[str]:
    picture = inspector_picture(neuron, CONFIG, PALETTES[palette], *size, **more)
    return [line.rstrip() for line in picture.lines()]


def test_a_neuron_is_read_from_top_to_bottom() -> None:
    shown = lines(look(two_two_one(), (1, 0)))

    assert shown[0] == "z     = sum of w·a + b = -0.9000"
    assert shown[1] == "a     = tanh(z) = tanh(-0.9000) = -0.7163"
    assert shown[2].startswith("delta = dL/da · f'(z) = ")
    assert shown[4].split() == ["from", "w", "times", "a", "product", "dL/dw"]
    assert [line.split()[:4] for line in shown[5:9]] == [
        ["y", "+0.7500", "-2.0000", "-1.5000"],
        ["x", "+0.5000", "+1.0000", "+0.5000"],
        ["bias", "+0.1000", "+1.0000", "+0.1000"],
        ["sum", "-0.9000"],
    ]


def test_formulas_lose_their_letters_before_their_numbers() -> None:
    neuron = look(two_two_one(), (1, 0))

    assert lines(neuron, (30, 36))[1] == "a     = tanh(-0.9000) = -0.7163"
    assert lines(neuron, (30, 20))[1] == "a     = -0.7163"


def test_the_term_under_the_cursor_is_told_in_full() -> None:
    run = two_two_one()
    run.last_step.is_watched = True
    run.advance()
    neuron = look(run, (1, 0), term=BIAS)
    term = neuron.term(BIAS)
    picture = inspector_picture(neuron, CONFIG, PALETTES["truecolor"], 30, 70, BIAS)
    told = "\n".join(picture.lines())
    (row,) = np.flatnonzero((picture.background == slots.SELECTION).any(axis=1))

    assert "bias" in picture.lines()[row]
    assert f"dL/dw, this example     {number(term.gradient)}" in told
    assert f"dL/dw, last batch       {number(term.batch_gradient)}" in told
    assert f"last update of w        {number(term.update)}" in told
    assert "steps 0-1" in told


def test_the_list_goes_with_the_cursor_and_says_what_it_leaves_out() -> None:
    run = Trainer(Config(dataset="digits", samples=40, hidden_sizes=(5,)))
    neuron = look_at_neuron(run, NeuronRequest((1, 2)))
    config = run.config
    last = neuron.terms[-2].source
    top = inspector_picture(neuron, config, PALETTES["truecolor"], 24, 60).lines()
    end = inspector_picture(neuron, config, PALETTES["truecolor"], 24, 60, last).lines()

    assert any("+585 smaller terms" in line for line in top)
    assert any("▾" in line for line in top)
    assert any("▴" in line for line in end)
    assert any("row" in line and "col" in line for line in top)


def test_what_is_held_has_a_mark_and_a_word() -> None:
    run = two_two_one()
    hold_parameter(run.network, "freeze", 0, 1, 0, True)
    hold_parameter(run.network, "cut", 0, 0, 0, True)
    shown = lines(look(run, (1, 0)), cursor=1)

    assert any(line.startswith("✱ y") for line in shown)
    assert any(line.startswith("✕ x") for line in shown)
    assert "frozen: not trained until F unfreezes it" in shown
    hold_neuron(run.network, "cut", (1, 0), True)
    assert any(line.startswith("Cut: ") for line in lines(look(run, (1, 0))))


def test_trouble_and_what_is_left_out_are_sentences() -> None:
    assert lines(missing_neuron((1, 9), "This neuron no longer exists."))[0].startswith(
        "This neuron no longer"
    )
    assert any(
        "no class" in line
        for line in lines(look(two_two_one(), (1, 0), example=Example("typed", 0, (1.0, 2.0))))
    )


@pytest.mark.parametrize("value", [0.0, -0.0, 1.0, -1e-9, 123.456, -99999.0, 1e30, np.nan, np.inf, 0.5])
@pytest.mark.parametrize("cells", [WIDE, NARROW])
def test_every_number_fits_its_cells(value: float, cells: int) -> None:
    text = number(value, cells)

    assert len(text) == cells
    if np.isfinite(value):
        assert float(text) == pytest.approx(value, rel=0.5, abs=1e-12)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("size", [(0, 0), (1, 1), (3, 12), (8, 200), (60, 20), (14, 34)])
def test_any_size_is_drawn(palette: str, size: tuple[int, int]) -> None:
    run = two_two_one()
    hold_neuron(run.network, "freeze", (1, 0), True)
    for cursor in (None, 0, BIAS, 99):
        for node in ((0, 0), (1, 0), (2, 0), (1, 9)):
            picture = inspector_picture(look(run, node), CONFIG, PALETTES[palette], *size, cursor)
            assert picture.glyphs.shape == size


def test_every_word_can_be_written_in_ascii() -> None:
    text = ascii_only("\n".join(lines(look(two_two_one(), (1, 0)), palette="ascii", cursor=0)))

    assert text.isascii()
    assert "?" not in text


HISTORY = History("z", np.array([0, 50, 1000]), np.array([-1.0, np.nan, 2.5]))


def history(height: int, width: int) -> list[str]:
    return history_block(HISTORY, PALETTES["ascii"], height, width).lines()


@pytest.mark.parametrize("height", [2, 5])
def test_below_a_curve_stand_its_values_and_at_the_right_its_steps(height: int) -> None:
    *curve, words = history(height, 40)

    assert words == "  -1 to 2.5                steps 0-1,000"
    assert curve[0].startswith("z ")
    assert all(len(line) == 40 for line in curve)


@pytest.mark.parametrize(
    ("width", "words"),
    [(38, "-1 to 2.5, steps 0-1,000"), (37, "-1 to 2.5"), (23, "-1 to 2.5"), (22, "")],
)
def test_in_one_row_words_stand_where_they_leave_twelve_cells(width: int, words: str) -> None:
    (line,) = history(1, width)

    assert line.startswith("z ")
    assert not words or line.endswith(f" {words}")
    assert ("steps" in line, "to" in line) == ("steps" in words, bool(words))


def test_a_curve_without_a_number_has_no_range() -> None:
    nothing = History("z", np.array([0, 7]), np.full(2, np.nan))

    assert history_block(nothing, PALETTES["ascii"], 2, 30).lines() == [f"{'z':<30}", f"{'steps 0-7':>30}"]
