"""Everything with a name is found by it: actions, settings, what they can be, presets."""

from __future__ import annotations

import pytest

from tui_nn.data import DATASETS, FEATURES
from tui_nn.engine import ACTIVATIONS, OPTIMIZERS, REGULARIZERS, SCHEDULES
from tui_nn.lessons.glossary import shipped_glossary
from tui_nn.screens.entries import find_entries
from tui_nn.screens.search import search
from tui_nn.settings.actions import ACTIONS, Action
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.presets import presets

GLOSSARY = shipped_glossary()
CHOICES = {
    "dataset": DATASETS,
    "activation": [name for name, kind in ACTIVATIONS.items() if kind.is_elementwise],
    "optimizer": OPTIMIZERS,
    "regularization": REGULARIZERS,
    "schedule": SCHEDULES,
}


def actions(query: str, config: Config | None = None) -> list[str]:
    return [entry.action for entry in search(query, find_entries(config or Config(), GLOSSARY))]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_every_action_is_found_by_its_help_and_by_its_label(action: Action) -> None:
    assert action.name in actions(action.help)
    assert action.name in actions(action.label or action.help)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_found_by_its_name_and_its_label_and_gone_to(name: str) -> None:
    for called in (name, SETTINGS[name].label, SETTINGS[name].label.upper(), SETTINGS[name].flag):
        assert f"screen.settings({name!r})" in actions(called)[:4], called


@pytest.mark.parametrize(
    ("setting", "name"), [(setting, name) for setting, names in CHOICES.items() for name in names]
)
def test_what_a_setting_can_be_is_found_by_its_name(setting: str, name: str) -> None:
    assert f"choose({setting!r}, {name!r})" in actions(name)[:4]


@pytest.mark.parametrize("name", presets())
def test_every_preset_is_found_by_its_name(name: str) -> None:
    assert f"use_preset({name!r})" in actions(name)[:2]


@pytest.mark.parametrize("name", FEATURES)
def test_every_feature_is_found_by_its_name_and_its_label(name: str) -> None:
    action = f"screen.toggle_feature({list(FEATURES).index(name)})"

    assert action in actions(name)
    assert action in actions(FEATURES[name].label)


@pytest.mark.parametrize(
    ("query", "action"),
    [
        ("undo", "run('undo')"),
        ("redo", "run('redo')"),
        ("reset", "run('reset')"),
        ("spiral", "choose('dataset', 'spiral')"),
        ("dropout", "screen.settings('dropout')"),
        ("moons-by-hand", "use_preset('moons-by-hand')"),
        ("relu", "choose('activation', 'relu')"),
        ("quit", "leave"),
        ("help", "explain('')"),
        ("save", "screen.save"),
        ("save with history", "screen.save(True)"),
    ],
)
def test_the_first_found_is_what_a_person_means(query: str, action: str) -> None:
    assert actions(query)[0] == action


def test_what_a_lesson_hides_is_not_found() -> None:
    lesson = Config(only=("noise", "data set"))

    assert actions("dropout", lesson) == ["explain('dropout')"], "the word alone"
    assert "choose('activation', 'relu')" not in actions("relu", lesson)
    assert actions("noise", lesson)[0] == "screen.settings('noise')"
    assert "choose('dataset', 'spiral')" in actions("spiral", lesson)


@pytest.mark.parametrize("key", GLOSSARY.terms)
def test_every_word_of_the_field_is_found_by_all_its_names(key: str) -> None:
    for name in GLOSSARY.terms[key].names:
        assert f"explain({key!r})" in actions(name), name
