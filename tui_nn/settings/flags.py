"""The command line: one flag for every setting, and those that name where settings come from."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from tui_nn.settings.config import SETTINGS
from tui_nn.settings.presets import presets
from tui_nn.settings.values import Or, Switch

SEED_HELP = "sets both seeds (only the weights seed if a preset fixes the data)"
SHARE_HELP = "a share line, such as 'dataset=spiral&hidden=8,8', or an address of TensorFlow Playground"
CONFIG_HELP = "a TOML file of settings, as `tui-nn config` writes it"
_NEGATIVE = re.compile(r"-(\.?\d|inf|nan)", re.IGNORECASE)


class UsageError(Exception):
    """A command line that cannot be carried out; the text is one line for a person."""


class Parser(argparse.ArgumentParser):
    """An argparse parser that raises UsageError, takes no abbreviations, and negative values as words."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Raise instead of exiting."""
        raise UsageError(f"{message}; see {self.prog} --help")

    def read(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Parse the arguments; raise UsageError."""
        return self.parse_args(_join_negatives(arguments))


def _join_negatives(arguments: Sequence[str]) -> list[str]:
    """Write `--input -1.2,0.5` as `--input=-1.2,0.5`, which argparse can tell from a flag."""
    joined: list[str] = []
    for word in arguments:
        if joined and _NEGATIVE.match(word) and joined[-1].startswith("--") and "=" not in joined[-1]:
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def add_settings(parser: Parser) -> None:
    """Give the parser a flag for every setting, with the preset and the seed of both streams."""
    group = parser.add_argument_group(
        "settings", "each can also be set by an environment variable such as TUI_NN_LEARNING_RATE"
    )
    names = ", ".join(presets())
    group.add_argument("--preset", metavar="NAME", help=f"a named set of settings: {names}")
    group.add_argument("--seed", metavar="N", help=SEED_HELP)
    group.add_argument("--share", metavar="LINE", help=SHARE_HELP)
    group.add_argument("--config", metavar="FILE", help=CONFIG_HELP)
    for setting in SETTINGS.values():
        default = setting.kind.format(setting.default)
        text = f"{setting.help}; {setting.kind.allowed} (default {default})".replace("%", "%%")
        options: dict[str, Any] = {"dest": setting.name, "metavar": "VALUE", "help": text}
        if isinstance(setting.kind, Switch):
            options |= {"nargs": "?", "const": "true", "metavar": "true|false"}
        elif isinstance(setting.kind, Or) and isinstance(setting.kind.kind, Switch):
            options |= {"nargs": "?", "const": "true", "metavar": f"{setting.kind.word}|true|false"}
        group.add_argument(*setting.flags, **options)


def make_app_parser() -> Parser:
    """Return the parser of `tui-nn` itself, which opens the playground."""
    parser = Parser(prog="tui-nn", description="Open the playground and watch a network learn.")
    load_help = "continue, paused, from a file saved by `tui-nn train --save` or w; flags change its settings"
    parser.add_argument("--load", metavar="FILE", help=load_help)
    parser.add_argument(
        "--lesson", metavar="NAME", default="", help="open a lesson: its name, number or file"
    )
    parser.add_argument(
        "--journal", metavar="FILE", help="watch a sweep: what `tui-nn sweep --journal FILE` writes"
    )
    parser.add_argument("--lessons", metavar="DIR", help="a folder of lessons, in place of the course")
    keys_help = "a map of keys, as `tui-nn keys` writes it, or one that ships: vim, no-brackets"
    parser.add_argument("--keys", metavar="FILE", help=keys_help)
    text_help = "plain appended lines for screen readers and braille displays; ACCESSIBLE=1 asks for it too"
    parser.add_argument("--text", action="store_true", help=text_help)
    add_settings(parser)
    return parser
