"""The words of the field: all of one form, found by name, and a second language over the first."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tui_nn.files.errors import FileError
from tui_nn.lessons.glossary import Glossary, Term, read_glossary, shipped_glossary
from tui_nn.render.ascii_text import ascii_only
from tui_nn.settings.naming import plain

SHIPPED = shipped_glossary()
TERMS = list(SHIPPED.terms.values())
LINE = 70
"""Columns of a page of words at 80 columns."""


def write(folder: Path, **texts: str) -> Path:
    for language, text in texts.items():
        (folder / f"{language}.toml").write_text(text, encoding="utf-8")
    return folder


def term(key: str, **fields: str) -> str:
    given = {"name": key, "meaning": "A thing.", "formula": "a = b", **fields}
    return f"[{key}]\n" + "".join(f'{name} = "{text}"\n' for name, text in given.items())


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.key)
def test_a_term_has_one_sentence_and_one_formula(term: Term) -> None:
    assert term.meaning[0].isupper()
    assert term.meaning.endswith(".")
    assert ". " not in term.meaning, "one sentence"
    assert len(term.meaning) <= 3 * LINE
    assert term.formula == term.formula.strip()
    assert len(term.formula) <= LINE
    assert "!" not in term.meaning


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.key)
def test_a_term_is_readable_in_ascii(term: Term) -> None:
    assert "?" not in ascii_only(f"{term.name} {term.meaning} {term.formula}")


def test_there_are_words_for_a_whole_course() -> None:
    assert 60 <= len(TERMS) <= 90


def test_no_two_terms_are_called_the_same() -> None:
    called = Counter(word for term in TERMS for word in set(map(plain, term.names)))

    assert [word for word, n in called.items() if n > 1] == []


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.key)
def test_a_term_is_found_by_all_its_names_in_any_case(term: Term) -> None:
    for name in (*term.names, term.name.upper(), term.name.replace(" ", "_"), f"{term.name}s"):
        assert SHIPPED.find(name) == term, name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("lerning rate", "learning rate"), ("epok", "epoch"), ("softmx", "softmax"), ("baias", "bias")],
)
def test_a_misspelled_term_has_its_nearest(typed: str, meant: str) -> None:
    assert SHIPPED.find(typed) is None
    assert SHIPPED.near(typed)[0] == meant


def test_a_misspelled_second_name_leads_to_the_term() -> None:
    assert "learning rate" in SHIPPED.near("stp size")


def test_a_language_says_what_it_has_and_english_the_rest(tmp_path: Path) -> None:
    write(tmp_path, en=term("loss") + term("weight"), de=term("loss", name="Verlust", meaning="Eine Zahl."))

    glossary = read_glossary(tmp_path, "de")

    assert [found.name for found in glossary.terms.values()] == ["Verlust", "weight"]
    assert read_glossary(tmp_path, "fr").terms["loss"].name == "loss"


def test_a_heading_that_english_lacks_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, en=term("loss"), de=term("loss") + term("extra"))

    assert list(read_glossary(tmp_path, "de").terms) == ["loss"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[loss]\nname = "loss"\nformula = "L"', r"en.toml: \[loss\] needs meaning, a text"),
        (term("loss", meaning=" "), r"en.toml: \[loss\] needs meaning"),
        (term("loss", colour="red"), r"en.toml: \[loss\] has colour; it may have name, meaning"),
        (term("loss") + "also = 'cost'", r"en.toml: \[loss\] needs also, a list"),
        (term("loss") + "see = ['nowhere']", r"loss names nowhere, which is not in it"),
        ("loss = 3", r"en.toml: \[loss\] is no table"),
        ("[loss\n", r"en.toml:1: "),
    ],
)
def test_a_file_of_another_form_is_refused_with_the_place(tmp_path: Path, text: str, words: str) -> None:
    write(tmp_path, en=text)

    with pytest.raises(FileError, match=words):
        read_glossary(tmp_path)


def test_the_terms_to_read_next_are_terms() -> None:
    glossary = Glossary(SHIPPED.terms)

    assert all(other.key in SHIPPED.terms for term in TERMS for other in glossary.see(term))
    assert all(term.key not in term.see for term in TERMS)
