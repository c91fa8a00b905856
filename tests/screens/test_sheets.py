"""Sheets of help as lines: they fit on a projector, and nothing of them is cut in any width."""

from __future__ import annotations

import pytest

from tui_nn.lessons.about import shipped_abouts
from tui_nn.lessons.glossary import shipped_glossary
from tui_nn.screens.sheet import BORDER, FRAME, WIDTH
from tui_nn.screens.sheets import about_sheet, term_sheet
from tui_nn.settings.moments import MOMENTS

ABOUTS = shipped_abouts()
GLOSSARY = shipped_glossary()
ROWS = 24


@pytest.mark.parametrize("name", [name for name in ABOUTS if name not in MOMENTS])
def test_what_is_said_of_a_panel_fits_on_a_projector_without_scrolling(name: str) -> None:
    lines = about_sheet(ABOUTS[name], GLOSSARY).lines(WIDTH - FRAME)

    assert len([line for line in lines if line.plain]) <= ROWS - BORDER


@pytest.mark.parametrize("width", [1, 20, 40, 54, 70])
@pytest.mark.parametrize("name", ["MapView", "walk", "compare"])
def test_no_word_of_a_panel_is_lost_in_any_width(name: str, width: int) -> None:
    lines = about_sheet(ABOUTS[name], GLOSSARY).lines(width)
    text = "".join("".join(line.plain.split()) for line in lines)

    for key in ABOUTS[name].words:
        assert "".join(GLOSSARY.terms[key].meaning.split()) in text
        assert "".join(GLOSSARY.terms[key].formula.split()) in text
    if width >= 40:
        assert max(len(line.plain) for line in lines) <= width


@pytest.mark.parametrize("width", [20, 40, 70])
@pytest.mark.parametrize("key", GLOSSARY.terms)
def test_no_word_of_a_term_is_lost_in_any_width(key: str, width: int) -> None:
    term = GLOSSARY.terms[key]
    lines = term_sheet(term, GLOSSARY).lines(width)
    text = " ".join(" ".join(line.plain for line in lines).split())

    assert term.meaning in text
    assert "".join(term.formula.split()) in "".join(text.split())
    assert max(len(line.plain) for line in lines) <= width
