"""The whole command line as values: each command with its options, read from the parser that reads it too."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from tui_nn.commands import COMMANDS, share, view
from tui_nn.commands.parts import PARTS
from tui_nn.commands.pictures import PICTURES
from tui_nn.commands.shells import SHELLS
from tui_nn.exports.formats import FORMATS as EXPORTS
from tui_nn.lessons.glossary import shipped_glossary
from tui_nn.settings.config import SETTINGS
from tui_nn.settings.datasets import NameOrFolder
from tui_nn.settings.flags import Parser, make_app_parser
from tui_nn.settings.presets import presets
from tui_nn.settings.values import OneOrEach, Or, Several, SomeOf, choices

FILES, FOLDERS = "files", "folders"
_PLACES = {"FILE": FILES, "PATH": FILES, "MODEL": FILES, "DIR": FOLDERS, "FOLDER": FOLDERS}
"""What a metavar says of a value."""
_SETTINGS_GROUP = "settings"
_NAMES: Mapping[tuple[str, str], Iterable[str]] = {
    ("view", "--of"): PICTURES,
    ("view", "--format"): view.FORMATS,
    ("export", "--format"): EXPORTS,
    ("share", "--as"): share.FORMS,
}
"""What can stand behind a flag of one command, as its own registry names it."""


@dataclass(frozen=True)
class Values:
    """What can stand behind an option or as a word."""

    names: tuple[str, ...] = ()
    is_list: bool = False
    """Whether several names are joined by commas."""
    places: str = ""
    """FILES, FOLDERS or nothing."""

    def __bool__(self) -> bool:
        return bool(self.names or self.places)


NONE = Values()


@dataclass(frozen=True)
class Option:
    """One flag of a command."""

    flags: tuple[str, ...]
    help: str
    metavar: str
    """What its value is called; empty: it takes none."""
    values: Values = NONE
    is_optional: bool = False
    """Whether it can stand without its value."""
    is_setting: bool = False

    @property
    def short_help(self) -> str:
        """What it is for, without what it may be."""
        return self.help.partition("; ")[0]


@dataclass(frozen=True)
class CommandLine:
    """One command; the one without a name opens the playground."""

    name: str
    help: str
    usage: str
    description: str
    options: tuple[Option, ...]
    words: Values = NONE
    """What can stand there without a flag."""


def command_lines() -> list[CommandLine]:
    """Return `tui-nn` itself, then every command."""
    app = _read("", "open the playground and watch a network learn", make_app_parser(), NONE)
    return [app, *(_command(name, help) for name, help in COMMANDS.items())]


def _command(name: str, help: str) -> CommandLine:
    module: Any = import_module(f"tui_nn.commands.{name}")
    words = _words(name, module)
    if not hasattr(module, "make_parser"):  # its first word says what it does, and each has flags of its own
        return CommandLine(name, help, getattr(module, "HELP", f"usage: tui-nn {name}\n"), "", (), words)
    return _read(name, help, module.make_parser(), words)


def _words(name: str, module: Any) -> Values:
    """Return what can stand behind a command where its parser does not tell."""
    if name == "completion":
        return Values(tuple(SHELLS))
    if name == "explain":
        return Values(tuple(shipped_glossary().terms), places=FILES)
    return Values(tuple(getattr(module, "ACTIONS", ())))


def _read(name: str, help: str, parser: Parser, words: Values) -> CommandLine:
    options = []
    for group in parser._action_groups:
        for action in group._group_actions:
            if action.option_strings:
                known = _NAMES.get((name, action.option_strings[-1]), ())
                options.append(_option(action, tuple(known), is_setting=group.title == _SETTINGS_GROUP))
            elif not words:
                words = Values(places=_PLACES.get(str(action.metavar), ""))
    return CommandLine(name, help, _usage(parser), parser.description or "", tuple(options), words)


def _option(action: argparse.Action, known: tuple[str, ...], *, is_setting: bool) -> Option:
    metavar = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
    help = (action.help or "") % {"prog": "tui-nn", "default": action.default}
    values = Values(known) if known else _values(action, metavar)
    is_optional = action.nargs == "?"
    return Option(tuple(action.option_strings), help, metavar, values, is_optional, is_setting)


def _values(action: argparse.Action, metavar: str) -> Values:
    flag = action.option_strings[-1]
    known: Mapping[str, Values] = {
        "--preset": Values(tuple(presets())),
        "--with": Values(tuple(PARTS), is_list=True),
    }
    if flag in known:
        return known[flag]
    if action.dest not in SETTINGS or flag not in SETTINGS[action.dest].flags:
        return Values(tuple(map(str, action.choices or ())), places=_PLACES.get(metavar, ""))
    kind = SETTINGS[action.dest].kind
    if isinstance(kind, NameOrFolder):
        return Values(tuple(kind.notes), places=FOLDERS)
    if SETTINGS[action.dest].opens_file("a"):
        return Values(places=FILES)
    if isinstance(kind, Several):
        return Values(tuple(kind.notes), is_list=True)
    if isinstance(kind, SomeOf):
        return Values(tuple(name for name in kind.names()), is_list=True)
    if isinstance(kind, OneOrEach):
        return Values(tuple(kind.notes), is_list=True)
    found = choices(kind)
    if found is None and isinstance(kind, Or):
        return Values((kind.word,))
    return Values(tuple(found or ()))


def _usage(parser: Parser) -> str:
    """Return the usage in a line, the settings as one word."""
    shown = []
    for action in parser._actions:
        if action.dest in (*SETTINGS, "preset", "seed"):
            continue
        name = action.option_strings[-1] if action.option_strings else ""
        value = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
        shown.append(f"[{' '.join(part for part in (name, value) if part)}]")
    if any(action.dest in SETTINGS for action in parser._actions):
        shown.append("[SETTINGS]")
    return parser.usage or " ".join([parser.prog, *shown])
