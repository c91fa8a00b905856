"""What is said of screens, pages and panels: each is there, of one form, with words and keys that exist."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from textual.binding import Binding

import tui_nn.views
from tui_nn.files.errors import FileError
from tui_nn.lessons.about import About, read_abouts, shipped_abouts
from tui_nn.lessons.glossary import shipped_glossary
from tui_nn.lessons.keys import NAMED
from tui_nn.render.ascii_text import ascii_only
from tui_nn.screens.course import CourseScreen
from tui_nn.screens.run_screen import RunScreen
from tui_nn.screens.sweep import SweepScreen
from tui_nn.screens.topics import SCREENS
from tui_nn.settings.actions import ACTIONS
from tui_nn.settings.moments import MOMENTS
from tui_nn.views.compare.panel import ComparedView
from tui_nn.views.drawing.panel import DRAW_KEYS
from tui_nn.views.pages import PAGES
from tui_nn.views.sweep.panel import ChoosingView, WatchedView
from tui_nn.widgets.cells_view import CellsView
from tui_nn.widgets.form import Form
from tui_nn.widgets.lesson_panel import LessonPanel

ABOUTS = shipped_abouts()
GLOSSARY = shipped_glossary()
BESIDE = {
    "TilesView": "RunsTable",
    "LinesView": "RunsTable",
    "SweepState": "RunsTable",
    "WalkNetwork": "StageView",
}
"""Panels that cannot have the keyboard: their keys are those of the panel that has it."""


BASES = (ComparedView, WatchedView, ChoosingView)
"""What panels are made of, and none of them."""


def panels() -> list[type[CellsView]]:
    """Return every panel of views/, and those widgets that are panels."""
    found = []
    for module in walk_packages(tui_nn.views.__path__, "tui_nn.views."):
        for value in vars(import_module(module.name)).values():
            is_panel = isinstance(value, type) and issubclass(value, CellsView)
            if is_panel and value.__module__ == module.name and value not in BASES:
                found.append(value)
    return [*dict.fromkeys(found), Form, LessonPanel]


PANELS = panels()


def run_screens(kind: type[RunScreen] = RunScreen) -> list[type[RunScreen]]:
    for name in ("playground", "digits", "inside", "space", "compare"):
        import_module(f"tui_nn.screens.{name}")
    below = kind.__subclasses__()
    return [*(found for found in below if found.KEYS), *(s for found in below for s in run_screens(found))]


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.__name__)
def test_every_panel_is_explained(panel: type[CellsView]) -> None:
    assert [name for name in ABOUTS if name.partition("-")[0] == panel.__name__]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_explained(page: str) -> None:
    assert page in ABOUTS


@pytest.mark.parametrize(
    "screen", [*run_screens(), CourseScreen, SweepScreen], ids=lambda screen: screen.__name__
)
def test_every_screen_is_explained(screen: type) -> None:
    assert SCREENS[screen.__name__] in ABOUTS


@pytest.mark.parametrize("kind", MOMENTS)
def test_every_kind_of_moment_is_explained(kind: str) -> None:
    assert ABOUTS[kind].name.lower() == MOMENTS[kind].label
    assert ABOUTS[kind].keys == ()


def test_nothing_is_explained_that_is_not_there() -> None:
    there = {
        *PAGES,
        *SCREENS.values(),
        *MOMENTS,
        "weights",
        "StateLine",
        *(panel.__name__ for panel in PANELS),
    }

    assert {name.partition("-")[0] for name in ABOUTS} - there == set()


@pytest.mark.parametrize("name", ABOUTS)
def test_it_says_what_is_shown_in_whole_sentences(name: str) -> None:
    about = ABOUTS[name]

    assert about.shows.endswith(".")
    assert about.shows[0].isupper()
    assert about.shows.count(". ") <= 2
    assert "?" not in ascii_only(about.shows)


@pytest.mark.parametrize("name", ABOUTS)
def test_its_words_are_terms_of_the_glossary(name: str) -> None:
    about = ABOUTS[name]

    assert 1 <= len(about.words) <= 3
    assert [key for key in about.words if key not in GLOSSARY.terms] == []


def known_keys(name: str) -> set[str]:
    """Return the keys that do something there: those of the program, those of the panel."""
    known = {key for action in ACTIONS for key in (*action.shown.split(), *action.keys)}
    for panel in PANELS:
        if panel.__name__ == BESIDE.get(name, name.partition("-")[0]):
            bound = [
                key for b in panel.BINDINGS for key in (b.key if isinstance(b, Binding) else b[0]).split(",")
            ]
            known |= set(bound)
    return known


@pytest.mark.parametrize(
    "name", [name for name in ABOUTS if name.partition("-")[0] in {p.__name__ for p in PANELS}]
)
def test_a_panel_has_five_keys_that_do_something_there(name: str) -> None:
    known = known_keys(name) | {"arrows"}
    if name == "Canvas":  # it takes its keys itself, while it draws
        known |= {"enter", *(key for keys, _ in DRAW_KEYS for key in keys.split())}
    unknown = [
        key
        for keys, _ in ABOUTS[name].keys
        for key in keys.split()
        if key not in known and NAMED.get(key) not in known
    ]

    assert len(ABOUTS[name].keys) == 5
    assert unknown == []


@pytest.mark.parametrize("name", [name for name in ABOUTS if name not in MOMENTS])
def test_there_are_five_keys_in_few_words(name: str) -> None:
    keys_width = max(len(keys) for keys, _ in ABOUTS[name].keys)

    assert len(ABOUTS[name].keys) == 5
    assert all(keys_width + 4 + len(words) <= 70 for _, words in ABOUTS[name].keys)


def test_a_language_lies_over_english(tmp_path: Path) -> None:
    entry = '[{0}]\nname = "{1}"\nshows = "A."\nwords = []\nkeys = [["s", "step"]]\n'
    (tmp_path / "en.toml").write_text(entry.format("MapView", "Map") + entry.format("Form", "Settings"))
    (tmp_path / "de.toml").write_text(entry.format("MapView", "Karte"))

    found = read_abouts(tmp_path, "de")

    assert [about.name for about in found.values()] == ["Karte", "Settings"]
    assert found["Form"] == About("Settings", "A.", (), (("s", "step"),))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[Form]\nname = "F"', r"en.toml: \[Form\] needs shows, a text"),
        ('[Form]\nname = "F"\nshows = "A."\nkeys = [["s"]]', "needs keys, a list of pairs of texts"),
        ('[Form]\nname = "F"\nshows = "A."\nkeys = "s"', "needs keys, a list of pairs of texts"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "en.toml").write_text(text)

    with pytest.raises(FileError, match=words):
        read_abouts(tmp_path)
