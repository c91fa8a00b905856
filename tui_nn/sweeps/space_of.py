"""The space of a sweep out of what the command line, or somebody's Python, says."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence

from tui_nn.settings.config import Config
from tui_nn.settings.flags import Parser, UsageError, add_settings
from tui_nn.settings.precedence import SEEDS, read_config
from tui_nn.sweeps.space import Space
from tui_nn.sweeps.varying import Varying, moves_seeds


def space_of(
    varied: Sequence[Varying], n_seeds: int, arguments: Namespace, environment: Mapping[str, str]
) -> Space:
    """Return what varies over the settings of `arguments`; each run is read from them as `train` reads them.

    n_seeds: 0 leaves the seeds as they are. Raises UsageError where nothing varies, or one setting twice.
    """
    if not varied and not n_seeds:
        raise UsageError("nothing varies: add --over NAME=A,B,C or --seeds N; see tui-nn sweep --help")
    names = [v.setting.name for v in varied]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"--over: {name} is given twice; all its values go behind one --over")
    if n_seeds:
        _check_seeds(arguments, varied)
    first = _first_seed(arguments, environment)

    def configure(changes: Mapping[str, str]) -> Config:
        return read_config(Namespace(**{**vars(arguments), **changes}), environment)

    return Space(tuple(varied), tuple(range(first, first + n_seeds)), configure)


def no_settings() -> Namespace:
    """Return what a command line without a setting is read as."""
    parser = Parser()
    add_settings(parser)
    return parser.read([])


def _check_seeds(arguments: Namespace, varied: Sequence[Varying]) -> None:
    if name := moves_seeds(varied):
        raise UsageError(f"--seeds: it moves {name} already, which --over varies; leave one of them out")
    for name in SEEDS:
        if getattr(arguments, name) is not None:
            flag = f"--{name.replace('_', '-')}"
            raise UsageError(
                f"--seeds: it moves both seeds, so {flag} cannot be held; --over {name}=0,1,2 can"
            )


def _first_seed(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """Return the seed that a run without further settings has."""
    given = {name: getattr(arguments, name) for name in ("seed", "preset", "share", "config", "dataset")}
    return read_config(Namespace(**{**vars(no_settings()), **given}), environment).weights_seed
