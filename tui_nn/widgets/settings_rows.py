"""The rows of the settings panel, made from the one list of settings."""

from __future__ import annotations

from typing import Any

from tui_nn.data import FEATURES
from tui_nn.render.rows import Row
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import Scope, Setting
from tui_nn.settings.values import choices
from tui_nn.settings.wording import capitalized
from tui_nn.widgets.form import Form

HINT = "letter: row, 0-9 . -: type, escape: back"
HINT_AT_REST = "c: edit settings"


def list_settings(form: Form, config: Config, *, has_keyboard: bool) -> None:
    """Show the settings in a form, with what its keys do."""
    form.name_panel("Settings", HINT if has_keyboard else HINT_AT_REST)
    form.rows = settings_rows(config)


def settings_rows(config: Config) -> list[Row]:
    """Return a row for every setting that is listed."""
    return [_row(setting, config) for setting in SETTINGS.values() if is_listed(setting.name, config)]


def is_listed(name: str, config: Config) -> bool:
    """Return whether a setting has a row: it can change while the app runs, and means something now."""
    return SETTINGS[name].is_listed and not is_hidden(name, config) and config.is_relevant(name)


def is_hidden(name: str, config: Config) -> bool:
    """Return whether a lesson does without a setting."""
    return name in config.hide or (bool(config.only) and name not in config.only)


def missing_row(letter: str, config: Config) -> str:
    """Return why no row has a letter."""
    setting = next((setting for setting in SETTINGS.values() if setting.letter == letter), None)
    if setting is None or is_hidden(setting.name, config):
        return f"No setting has the letter {letter}."
    return f"{letter} is for {setting.label}, which has no effect now."


def why_not_listed(setting: Setting) -> str:
    """Return in words why a setting has no row now."""
    label = capitalized(setting.label)
    if not setting.is_listed:
        return f"{label} is chosen when the program starts: tui-nn {setting.flag}."
    return f"{label} has no effect beside the other settings as they are."


def _row(setting: Setting, config: Config) -> Row:
    value = getattr(config, setting.name)
    return Row(
        key=setting.name,
        label=setting.label,
        value=setting.text(config),
        help=_help(setting, value),
        letter=setting.letter,
        is_changed=value != setting.default and setting.scope is not Scope.APP,
    )


def _help(setting: Setting, value: Any) -> str:
    """Return what the setting is, and what its value means or which others are allowed."""
    if setting.name == "features":
        marks = [("[{}]" if name in value else "{}").format(f.label) for name, f in FEATURES.items()]
        numbered = " ".join(f"{number}{mark.replace(' ', '')}" for number, mark in enumerate(marks, start=1))
        return f"Its number switches one: {numbered}"
    text = f"{setting.help[:1].upper()}{setting.help[1:]}"
    listed = choices(setting.kind)
    if listed is None or isinstance(value, bool):
        return f"{text}: {setting.kind.allowed}."
    note = listed.get(setting.kind.format(value), "")
    return f"{note or text} Enter lists all {len(listed)}.".replace("..", ".")
