"""What a query finds among things that have names, and in which order."""

from __future__ import annotations

import pytest

from tui_nn.screens.search import Entry, search


def entry(*names: str, text: str = "", what: str = "setting") -> Entry:
    return Entry(what, text, names, names[0])


ENTRIES = (
    entry("nudge learning rate", text="lower the learning rate", what="["),
    entry("undo", text="take back the last change", what="ctrl+z"),
    entry("learning rate", "learning_rate", "--learning-rate", text="size of each step"),
    entry("dropout", text="fraction of hidden activations set to zero"),
    entry("penalty rate", "regularization_rate", text="strength of the penalty"),
    entry("rates", text="how fast"),
    entry("drop", text="skip them", what="remainder"),
)


def found(query: str) -> list[str]:
    return [entry.names[0] for entry in search(query, ENTRIES)]


def test_nothing_typed_finds_everything_in_its_order() -> None:
    assert found("") == found("  ") == [entry.names[0] for entry in ENTRIES]


def test_a_whole_name_comes_before_a_beginning_a_word_and_scattered_letters() -> None:
    entries = [entry(name) for name in ("r a t e", "penalty rate", "rates", "rate")]

    assert [e.names[0] for e in search("rate", entries)] == ["rate", "rates", "penalty rate", "r a t e"]


@pytest.mark.parametrize(
    "query", ["learning rate", "Learning Rate", "LEARNING_RATE", "--learning-rate", " learning  rate "]
)
def test_a_setting_is_found_first_however_it_is_written(query: str) -> None:
    assert found(query)[0] == "learning rate"


@pytest.mark.parametrize(
    ("query", "first"),
    [("undo", "undo"), ("un", "undo"), ("drop", "drop"), ("dropo", "dropout"), ("lr", "learning rate")],
)
def test_the_first_found_is_what_is_meant(query: str, first: str) -> None:
    assert found(query)[0] == first


def test_words_of_the_text_are_found_in_any_order() -> None:
    assert found("change last") == ["undo"]
    assert found("remainder skip") == ["drop"]


def test_what_nothing_is_called_finds_nothing() -> None:
    assert found("xyzzy") == []
