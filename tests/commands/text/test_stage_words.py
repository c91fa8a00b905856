from __future__ import annotations

from tui_nn.commands.text.stage_words import stage_lines
from tui_nn.commands.text.table_words import table_words
from tui_nn.views.walk.look.tables import head, result, row
from tui_nn.views.walk.values import Line


def test_each_number_of_a_row_has_the_name_of_its_column() -> None:
    lines = [head("neuron", "z", "a"), row("1", -2.0, 0.25), row("2", 3.0, 1.5)]

    assert list(stage_lines(lines)) == ["neuron 1: z -2.0000, a +0.2500.", "neuron 2: z +3.0000, a +1.5000."]


def test_a_line_that_is_no_row_is_said_as_it_stands() -> None:
    lines = [head("neuron 1: w times x"), Line("x   +0.1000 · +2.0000 = +0.2000"), result("z", 0.4)]

    assert list(stage_lines(lines)) == [
        "neuron 1: w times x:",
        "x +0.1000 · +2.0000 = +0.2000",
        "z +0.4000",
    ]


def test_a_cross_table_says_its_counts_and_leaves_out_the_empty_ones() -> None:
    assert table_words(["true \\ said", "cat", "dog"], [["cat", "7", "0"], ["dog", "1", "5"]]) == [
        "true cat, said: cat 7.",
        "true dog, said: cat 1, dog 5.",
    ]


def test_a_column_of_bars_is_not_said() -> None:
    assert table_words(["confidence", "right", "bar"], [["90-100 %", "99 %", "##.|.."]]) == [
        "confidence 90-100 %, right 99 %."
    ]
