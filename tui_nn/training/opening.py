"""What the app opens with: the settings of the command line, and what the trainer is told first.

A command line can name a screen or a file; flags then change the settings that come with it. Networks are
loaded for those alone: the usual first picture waits for this module.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tui_nn.files.paths import full_path
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.precedence import (
    PRESET_VARIABLE,
    SEED_VARIABLE,
    names_data,
    of_the_app,
    read_config,
)
from tui_nn.settings.setting import Scope
from tui_nn.training.commands import Command, Configure, Restore, UseParameters

FIRST_LOOK = "first-look"
"""The preset of who opens the app without saying what is to be learned."""
_OF_A_RUN = [setting for setting in SETTINGS.values() if setting.scope is not Scope.APP]


@dataclass(frozen=True, eq=False)
class Opening:
    """Settings, and commands before any other."""

    config: Config
    first: Sequence[Command] = ()
    is_first_look: bool = False
    """Whether nobody has said what is to be learned, and how: the app shows what it likes to show."""


def read_opening(arguments: Namespace, environment: Mapping[str, str]) -> Opening:
    """Return what a command line asks for.

    Raises UsageError for what cannot be, FileError for a file that cannot be read.
    """
    if arguments.load is not None:
        return _from_file(arguments, environment)
    if _asks_for_digits(arguments, environment):
        from tui_nn.training.resume import chosen
        from tui_nn.training.shipped import digits_config, shipped_for

        start = {**chosen(digits_config()), "paused": True}
        config = read_config(arguments, environment, start=start)
        shipped = shipped_for(config)
        return Opening(config, [shipped] if shipped is not None else [])
    if _says_what_to_learn(arguments, environment):
        config = read_config(arguments, environment)
        return Opening(config) if arguments.share is None else _from_line(arguments, config)
    usual = Namespace(**{**vars(arguments), "preset": FIRST_LOOK})
    return Opening(read_config(usual, environment), is_first_look=True)


def _says_what_to_learn(arguments: Namespace, environment: Mapping[str, str]) -> bool:
    """Return whether anything gives data, network or training: then all else is as documented."""
    variables = {PRESET_VARIABLE, SEED_VARIABLE} | {setting.variable for setting in _OF_A_RUN}
    flags = {"preset", "seed", "share", "config"} | {setting.name for setting in _OF_A_RUN}
    given = {name for name, value in vars(arguments).items() if value is not None}
    return not (variables.isdisjoint(environment) and flags.isdisjoint(given))


def _asks_for_digits(arguments: Namespace, environment: Mapping[str, str]) -> bool:
    """Return whether the Digits screen is named, and no data beside it."""
    screen = environment.get(SETTINGS["screen"].variable) if arguments.screen is None else arguments.screen
    return screen == "digits" and not names_data(arguments, environment)


def _from_line(arguments: Namespace, config: Config) -> Opening:
    """Return a run with the weights that a share line holds, paused where it holds some."""
    from tui_nn.training.sharing import shared_weights

    weights = shared_weights(arguments, config)
    if weights is None:
        return Opening(config)
    paused = True if arguments.paused is None else config.paused
    return Opening(config.replace(paused=paused), [UseParameters(weights)])


def _from_file(arguments: Namespace, environment: Mapping[str, str]) -> Opening:
    """Return the run of a file with what flags change; of the environment only what concerns the app."""
    from tui_nn.training.resume import chosen, network_start, read_checkpoint
    from tui_nn.training.run_files import open_run

    run = open_run(arguments.load)
    environment = of_the_app(environment)
    if run.is_network_alone:
        config = read_config(arguments, environment, start={**network_start(run), "paused": True})
        return Opening(config, [UseParameters(run.network.parameters)])
    checkpoint = read_checkpoint(arguments.load, run)
    config = read_config(arguments, environment, start={**chosen(checkpoint.config), "paused": True})
    timeline_path = str(full_path(arguments.load)) if run.has_timeline else None
    return Opening(config, [Restore(checkpoint, timeline_path), Configure(config)])
