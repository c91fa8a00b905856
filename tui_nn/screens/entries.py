"""All that the command palette finds, made from the tables that keys, settings and presets are made from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui_nn.data import FEATURES
from tui_nn.lessons.glossary import Glossary, Term
from tui_nn.screens.digits_words import VIEWS
from tui_nn.screens.search import Entry
from tui_nn.settings.actions import ACTIONS, Action
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.presets import presets
from tui_nn.settings.setting import Setting
from tui_nn.settings.values import Switch, choices
from tui_nn.views.pages import PAGES
from tui_nn.widgets.settings_rows import is_hidden, is_listed

_TOUR = Entry(
    "lesson", "tour: the program in six steps", ("tour", "first steps", "introduction"), "play_lesson('tour')"
)


def find_entries(config: Config, glossary: Glossary) -> list[Entry]:
    """Return what can be done, changed, chosen beside these settings, less what a lesson hides; and words."""
    shown = [setting for setting in SETTINGS.values() if not is_hidden(setting.name, config)]
    listed = [setting for setting in shown if is_listed(setting.name, config)]
    return [
        *map(_action, ACTIONS),
        *(_setting(setting, config) for setting in shown),
        *(entry for setting in listed for entry in _choices(setting)),
        *(entry for setting in listed if setting.name == "features" for entry in _features()),
        *_presets(),
        _TOUR,
        *(Entry("page", f"Inside: {name}", (name,), f"page({name!r})") for name in PAGES),
        *(Entry("view", f"Digits: {name}", (name,), f"page({name!r}, 'digits')") for name in VIEWS),
        Entry("help", "every key and what it does", ("all keys",), "explain('keys')"),
        *map(_term, glossary.terms.values()),
    ]


def _action(action: Action) -> Entry:
    return Entry(action.shown, action.help, (_words(action.name), action.label), action.name)


def _words(call: str) -> str:
    """Return the words of an action's name: "nudge learning rate" for `run('nudge', 'learning_rate', -1)`."""
    return " ".join(re.findall(r"[a-z]+", re.sub(r"^(screen\.|app\.|run\()", "", call.lower())))


def _setting(setting: Setting, config: Config) -> Entry:
    text = f"{setting.label} ({setting.text(config)}): {setting.help}"
    return Entry("setting", text, setting.names, f"screen.settings({setting.name!r})")


def _choices(setting: Setting) -> Iterator[Entry]:
    if isinstance(setting.kind, Switch):
        return
    for name, note in (choices(setting.kind) or {}).items():
        yield Entry(setting.label, f"{name}: {note}", (name,), f"choose({setting.name!r}, {name!r})")


def _features() -> Iterator[Entry]:
    for place, (name, feature) in enumerate(FEATURES.items()):
        names = (name, feature.label)
        yield Entry("feature", f"{feature.label}: {feature.help}", names, f"screen.toggle_feature({place})")


def _presets() -> Iterator[Entry]:
    for name, preset in presets().items():
        yield Entry("preset", f"{name}: {preset.help}", (name,), f"use_preset({name!r})")


def _term(term: Term) -> Entry:
    others = f", also called {', '.join(term.also)}" if term.also else ""
    return Entry("word", f"{term.name}{others}", term.names, f"explain({term.key!r})")
