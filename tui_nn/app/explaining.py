"""What is explained on the screen: what has the keyboard, with its words and keys; or a word of the field."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui_nn.files.errors import FileError
from tui_nn.lessons.about import shipped_abouts
from tui_nn.lessons.course import language_of
from tui_nn.lessons.glossary import Glossary, shipped_glossary
from tui_nn.screens.keys import KeysScreen
from tui_nn.screens.sheet import ALL_KEYS, SheetScreen
from tui_nn.screens.sheets import Sheet, about_sheet, term_sheet
from tui_nn.screens.topics import topics

if TYPE_CHECKING:
    from tui_nn.app.app import PlaygroundApp


def explain(app: PlaygroundApp, what: str) -> None:
    """Explain a term by its key; without one what has the keyboard; ALL_KEYS lists every key."""

    def go_on(wanted: str | None) -> None:
        if wanted == ALL_KEYS:
            app.push_screen(KeysScreen())

    try:
        sheets = [] if what == ALL_KEYS else _sheets(app, what)
    except FileError as error:
        app.tell(f"{error}.", is_warning=True)
        sheets = []
    if sheets:
        app.push_screen(SheetScreen(sheets, is_ascii=app.is_ascii), go_on)
    else:
        app.push_screen(KeysScreen())


def _sheets(app: PlaygroundApp, what: str) -> list[Sheet]:
    """Return what is asked for, and behind it what is next to read. Raises FileError."""
    language = language_of(os.environ)
    glossary = shipped_glossary(language)
    if what:
        return _of_term(glossary, what)
    abouts = shipped_abouts(language)
    return [about_sheet(abouts[name], glossary) for name in topics(app.screen, abouts)]


def _of_term(glossary: Glossary, key: str) -> list[Sheet]:
    term = glossary.terms[key]
    return [term_sheet(found, glossary) for found in (term, *glossary.see(term))]
