"""A table takes no more columns than there are, and shows every entry whole."""

from __future__ import annotations

import itertools
import random
import re

import pytest

from tui_nn.commands.fitted_table import fitted_table
from tui_nn.commands.table import table

HEADER = ["", "learning rate", "hidden layers", "seed", "train loss", "test accuracy"]
ROWS = [["1", "0.003", "8,8", "0", "0.1234", "88.4 %"], ["10", "0.3", "4", "12", "12.5", "100.0 %"]]


def test_where_there_is_room_it_is_the_usual_table() -> None:
    fitted = fitted_table(HEADER, ROWS, 80, words=3)

    first, *lines = table(HEADER, ROWS, words=3)
    assert fitted.header == [first]
    assert fitted.rows == [[line] for line in lines]


def test_words_of_headings_are_shortened_where_that_is_enough() -> None:
    width = len(table(HEADER, ROWS, words=3)[0]) - 1

    fitted = fitted_table(HEADER, ROWS, width, 3, {"accuracy": "acc."})

    assert [line.rstrip()[-9:] for line in fitted.header] == ["test acc."]


def test_then_the_words_of_a_heading_stand_below_one_another() -> None:
    fitted = fitted_table(HEADER, ROWS, 52, words=3)

    assert fitted.header == [
        "    learning  hidden         train      test",
        "    rate      layers  seed    loss  accuracy",
    ]
    assert fitted.rows[0] == ["1   0.003     8,8        0  0.1234    88.4 %"]


def test_then_results_go_below_the_settings() -> None:
    fitted = fitted_table(HEADER, ROWS, 30, words=3)

    assert fitted.rows[1] == ["10  0.3       4", "    12    12.5   100.0 %"]


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80])
@pytest.mark.parametrize("seed", range(8))
def test_no_line_is_too_long_and_no_entry_is_lost(width: int, seed: int) -> None:
    drawn = random.Random(seed)
    n_columns = drawn.randint(1, 14)
    header = ["", *(" ".join(drawn.choices(["rate", "regularization", "x"], k=2)) for _ in range(n_columns))]
    rows = [
        [str(i), *(f"{drawn.random():.{drawn.randint(1, 9)}f}" for _ in range(n_columns))] for i in (1, 2)
    ]

    fitted = fitted_table(header, rows, width, words=drawn.randint(1, n_columns))

    assert max(map(len, [*fitted.header, *itertools.chain.from_iterable(fitted.rows)])) <= width
    assert [" ".join(lines).split() for lines in fitted.rows] == rows
    words = sorted(re.findall(r"\w+", " ".join(fitted.header)))
    assert words == sorted(re.findall(r"\w+", " ".join(header)))
