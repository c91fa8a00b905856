"""Config from the command line and the environment: one flag and one variable for every setting.

Order of precedence: flag, preset, environment variable, default.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from tui_nn.data import DataError
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.datasets import find_kind
from tui_nn.settings.presets import presets
from tui_nn.settings.setting import ConfigError, Setting
from tui_nn.settings.values import Switch

SEED_HELP = "sets both seeds (only the weights seed if a preset fixes the data)"
IMAGE_PRESET = "digits"
"""Whose settings any set of images begins with."""
SEED_VARIABLE, PRESET_VARIABLE = "TUI_NN_SEED", "TUI_NN_PRESET"
SEEDS = ("data_seed", "weights_seed")
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
    for setting in SETTINGS.values():
        default = setting.kind.format(setting.default)
        text = f"{setting.help}; {setting.kind.allowed} (default {default})".replace("%", "%%")
        options: dict[str, Any] = {"dest": setting.name, "metavar": "VALUE", "help": text}
        if isinstance(setting.kind, Switch):
            options |= {"nargs": "?", "const": "true", "metavar": "true|false"}
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
    add_settings(parser)
    return parser


def read_config(
    arguments: argparse.Namespace, environment: Mapping[str, str], start: Mapping[str, Any] | None = None
) -> Config:
    """Return the Config that flags, preset and environment make; raise UsageError.

    start: settings to begin with, in place of those that suit the data set.
    """
    given: dict[str, Any] = {}
    origin: dict[str, str] = {}

    def take(name: str, value: Any, source: str) -> None:
        given[name], origin[name] = value, source

    def parse(setting: Setting, text: str, source: str) -> None:
        try:
            take(setting.name, setting.parse(text), source)
        except ConfigError as error:
            raise UsageError(f"{source}: {error.value_text} is not allowed; {error.allowed}") from None

    if start is not None:
        given.update(start)
    elif arguments.preset is None and PRESET_VARIABLE not in environment:
        _take_image_settings(take, arguments.dataset or environment.get(SETTINGS["dataset"].variable))
    if SEED_VARIABLE in environment:
        _take_seed(parse, environment[SEED_VARIABLE], SEED_VARIABLE, SEEDS)
    for setting in SETTINGS.values():
        if setting.variable in environment:
            parse(setting, environment[setting.variable], setting.variable)
    if arguments.preset is not None:
        pinned = _take_preset(take, arguments.preset, "--preset")
    else:
        pinned = _take_preset(take, environment.get(PRESET_VARIABLE), PRESET_VARIABLE)
    if arguments.seed is not None:
        _take_seed(parse, arguments.seed, "--seed", SEEDS[1:] if "data_seed" in pinned else SEEDS)
    for setting in SETTINGS.values():
        text = getattr(arguments, setting.name)
        if text is not None:
            parse(setting, text, setting.flag)
    try:
        config = _fit_batch(Config().replace(**given), origin.get("batch_size") in _typed("batch_size"))
    except ConfigError as error:
        name = origin.get(error.name, SETTINGS[error.name].flag)
        raise UsageError(f"{name}: {error.value_text} is not allowed; {error.allowed}") from None
    return config


def _take_image_settings(take: Any, dataset: str | None) -> None:
    """Begin with settings that suit images where the data set holds images; a wrong name is left alone."""
    try:
        kind = find_kind(SETTINGS["dataset"].parse(dataset)) if dataset is not None else None
    except (ConfigError, DataError):
        return
    if kind is not None and kind.image_shape is not None:
        for name, value in presets()[IMAGE_PRESET].settings.items():
            take(name, tuple(value) if isinstance(value, list) else value, f"--dataset {dataset}")


def _take_seed(parse: Any, text: str, source: str, names: Sequence[str]) -> None:
    for name in names:
        parse(SETTINGS[name], text, source)


def _take_preset(take: Any, name: str | None, source: str) -> frozenset[str]:
    """Take over a preset's settings; return their names."""
    if name is None:
        return frozenset()
    if name not in presets():
        raise UsageError(f"{source}: {name} is not allowed; one of {', '.join(presets())}")
    settings = presets()[name].settings
    for field_name, value in settings.items():
        take(field_name, tuple(value) if isinstance(value, list) else value, f"{source} {name}")
    return frozenset(settings)


def _typed(name: str) -> tuple[str, str]:
    """Return where the value of a setting comes from that a person has given, not a preset."""
    return SETTINGS[name].flag, SETTINGS[name].variable


def _fit_batch(config: Config, is_given: bool) -> Config:
    """Refuse a batch larger than the training set; lower one that nobody typed."""
    if config.batch_size is None or config.batch_size <= config.n_train:
        return config
    if is_given:
        allowed = f"the training set has {config.n_train:,} samples"
        raise ConfigError("batch_size", str(config.batch_size), allowed)
    return config.replace(batch_size=config.n_train)
