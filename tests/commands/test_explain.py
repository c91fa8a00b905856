"""`tui-nn explain`: a word of the field as text and as JSON, and what was meant by a misspelled one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tui_nn.lessons.glossary import shipped_glossary

TERMS = shipped_glossary().terms


def test_a_term_is_explained_by_a_sentence_and_a_formula(call: Any) -> None:
    finished = call("explain", "learning", "rate")
    said = " ".join(finished.stdout.split())

    assert finished.status == 0
    assert finished.stderr == ""
    assert finished.stdout.splitlines()[0] == "learning rate"
    assert TERMS["learning_rate"].meaning in said
    assert " ".join(TERMS["learning_rate"].formula.split()) in said
    assert "see also: gradient descent" in said


@pytest.mark.parametrize("words", [("Step Size",), ("step", "size"), ("learning_rate",), ("LEARNING-RATE",)])
def test_a_term_is_found_by_any_of_its_names(call: Any, words: tuple[str, ...]) -> None:
    assert call("explain", *words).stdout.startswith("learning rate\n")


@pytest.mark.parametrize("words", [("gradient", "--json"), ("--json", "gradient")])
def test_json_is_one_object(call: Any, words: tuple[str, ...]) -> None:
    found = json.loads(call("explain", *words).stdout)

    assert set(found) == {"term", "meaning", "formula", "also", "see"}
    assert found["term"] == "gradient"
    assert found["meaning"] == TERMS["gradient"].meaning
    assert "gradient descent" in found["see"]


def test_alone_it_lists_every_term(call: Any) -> None:
    lines = call("explain").stdout.splitlines()

    assert [line.partition(":")[0] for line in lines if not line.startswith(" ")] == [
        term.name for term in TERMS.values()
    ]
    assert max(map(len, lines)) <= 80
    assert [found["term"] for found in json.loads(call("explain", "--json").stdout)["terms"]] == [
        term.name for term in TERMS.values()
    ]


def test_a_misspelled_term_names_the_nearest_in_one_line(call: Any) -> None:
    finished = call("explain", "lerning", "rate")

    assert finished.status == 2
    assert finished.stdout == ""
    assert finished.stderr.count("\n") == 1
    assert "lerning rate is not in the glossary; the nearest: learning rate" in finished.stderr


def test_a_word_like_none_is_refused_without_a_guess(call: Any) -> None:
    finished = call("explain", "\x1b[31mqqqq")

    assert finished.status == 2
    assert "nearest" not in finished.stderr
    assert "\x1b" not in finished.stderr


def test_a_model_without_its_flag_is_told_the_flag(call: Any) -> None:
    finished = call("explain", "run.npz")

    assert finished.status == 2
    assert "--ablation" in finished.stderr


def test_no_line_is_longer_than_a_terminal(call: Any) -> None:
    for term in TERMS.values():
        assert max(map(len, call("explain", term.name).stdout.splitlines())) <= 80


def test_a_language_that_is_not_there_is_said_in_english(call: Any) -> None:
    assert call("explain", "loss", LANG="xx_XX.UTF-8").stdout == call("explain", "loss").stdout
