"""The words that change settings."""

from __future__ import annotations

from functools import partial

from tui_nn.commands.text.action import Action, Do, RefusedError
from tui_nn.commands.text.choices import Choice
from tui_nn.commands.text.desk import Desk
from tui_nn.settings.config import SETTINGS
from tui_nn.settings.naming import find_name, nearest
from tui_nn.settings.presets import preset_config, presets
from tui_nn.settings.setting import Scope, Setting
from tui_nn.settings.values import choices
from tui_nn.settings.wording import change_in_words

GROUP = "Change"
OF_TEXT = ("speed", "walk_interval")
"""Settings of the app that mean something here too."""


def listed(desk: Desk) -> list[Setting]:
    """Return the settings that mean anything beside the others as they are."""
    config = desk.run.config
    return [
        setting
        for setting in SETTINGS.values()
        if setting.is_listed
        and (setting.scope is not Scope.APP or setting.name in OF_TEXT)
        and setting.when(config)
    ]


def settings(desk: Desk, words: str) -> None:
    """Say the settings, numbered; a number asks for a value."""
    config = desk.run.config
    entries = [
        Choice(f"{setting.label}: {setting.text(config)}", partial(_ask_value, desk, setting))
        for setting in listed(desk)
    ]
    desk.offer("Settings; a number changes one.", entries)


def _ask_value(desk: Desk, setting: Setting) -> None:
    names = choices(setting.kind)
    now = setting.kind.format(getattr(desk.run.config, setting.name))
    if names is None:
        desk.await_text(
            f"{setting.label} is {now}; {setting.kind.allowed}. Type a value.",
            lambda text: _configure(desk, setting, text),
        )
        return
    entries = [
        Choice(f"{name}: {note}", partial(_configure, desk, setting, name)) for name, note in names.items()
    ]
    desk.offer(f"{setting.label} is {now}; {setting.help}.", entries)


def _configure(desk: Desk, setting: Setting, text: str) -> None:
    desk.run.configure(**{setting.name: setting.parse(text)})


def set_value(desk: Desk, words: str) -> None:
    """Give a setting a value, or say what it is and what it may be."""
    setting, value = find_setting(words)
    if value in ("up", "down"):
        desk.run.nudge(setting.name, 1 if value == "up" else -1)
    elif value:
        _configure(desk, setting, value)
    else:
        _ask_value(desk, setting)


def find_setting(words: str) -> tuple[Setting, str]:
    """Return the setting that words begin with, and what follows. Raises RefusedError."""
    parts = words.replace("=", " ").split()
    names = {name: setting.names for name, setting in SETTINGS.items()}
    for count in range(len(parts), 0, -1):
        found = find_name(" ".join(parts[:count]), names)
        if found is not None:
            following = parts[count:]
            return SETTINGS[found], " ".join(following[1:] if following[:1] == ["to"] else following)
    if not parts:
        raise RefusedError(
            "set needs a setting and a value, such as set learning rate 0.1; settings says them"
        )
    spellings = [spelling for setting in SETTINGS.values() for spelling in setting.names]
    near = nearest(" ".join(parts[:2]), spellings) or nearest(parts[0], spellings)
    hint = f" The nearest is {near}." if near else ""
    raise RefusedError(f"{words[:40]} names no setting.{hint} settings says them all.")


def preset(desk: Desk, words: str) -> None:
    """Use a named set of settings; without a name they are offered."""
    if not words:
        entries = [Choice(f"{p.name}: {p.help}", partial(_use, desk, p.name)) for p in presets().values()]
        desk.offer("Presets; a number uses one.", entries)
        return
    name = find_name(words, dict.fromkeys(presets(), ()))
    if name is None:
        near = nearest(words, presets())
        raise RefusedError(
            f"{words[:40]} is no preset.{f' The nearest is {near}.' if near else ''} preset says them all."
        )
    _use(desk, name)


def _use(desk: Desk, name: str) -> None:
    config = preset_config(desk.run.config, name)
    if (config.image_shape is None) != (desk.run.config.image_shape is None):
        place = "digits" if config.image_shape is not None else "playground"
        raise RefusedError(f"{name} is for {place}: type {place} first")
    desk.run.use(config, f"Preset {name}: {presets()[name].help}")


def _nudge(name: str, by: int) -> Do:
    def do(desk: Desk, words: str) -> None:
        before = desk.run.config
        value = SETTINGS[name].kind.neighbor(getattr(before, name), by)
        if value == getattr(before, name):
            desk.say(change_in_words(before, before, name))
        else:
            desk.run.nudge(name, by)

    return do


def _resize(by: int) -> Do:
    def do(desk: Desk, words: str) -> None:
        if words and not words.isdecimal():
            raise RefusedError(f"{words[:40]} is no layer; hidden layers are counted from 1")
        last = len(desk.run.config.hidden_sizes)
        desk.run.resize_layer(int(words[:4]) if words else max(1, last), by)

    return do


ACTIONS = (
    Action(
        "set",
        "SETTING VALUE",
        "give a setting a value, such as set hidden layers 8,8; without a value: what it may be",
        GROUP,
        set_value,
    ),
    Action("settings", "", "all settings with their values, numbered", GROUP, settings),
    Action(
        "preset",
        "NAME",
        "use a named set of settings; without a name they are listed",
        GROUP,
        preset,
        ("presets",),
    ),
    Action("lower rate", "", "lower the learning rate", GROUP, _nudge("learning_rate", -1)),
    Action("raise rate", "", "raise the learning rate", GROUP, _nudge("learning_rate", 1)),
    Action("slower", "", "train slower", GROUP, _nudge("speed", -1)),
    Action("faster", "", "train faster, up to full", GROUP, _nudge("speed", 1)),
    Action("add layer", "", "add a hidden layer of two neurons", GROUP, _nudge("hidden_sizes", 1)),
    Action("remove layer", "", "remove the last hidden layer", GROUP, _nudge("hidden_sizes", -1)),
    Action("add neuron", "LAYER", "add a neuron to a hidden layer, by default the last", GROUP, _resize(1)),
    Action("remove neuron", "LAYER", "remove a neuron from a hidden layer", GROUP, _resize(-1)),
)
