"""Config from everything that can set it: flag, share line, file, preset, environment variable, default.

The first of these that names a setting decides it, and is blamed where it cannot be.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui_nn.data import DataError
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.datasets import TABLE_SETTINGS
from tui_nn.settings.flags import UsageError
from tui_nn.settings.presets import presets
from tui_nn.settings.setting import ConfigError, Scope, Setting

if TYPE_CHECKING:
    from tui_nn.settings.file import SettingsFile
    from tui_nn.settings.sharing.line import SharedLine

SEED_VARIABLE, PRESET_VARIABLE = "TUI_NN_SEED", "TUI_NN_PRESET"
SEEDS = ("data_seed", "weights_seed")
SHARED = "share line"
"""Who is blamed for what a line says."""


class _Gathered:
    """Values by the name of their setting, with who gave each; what is given later stands."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self._sources: dict[str, str] = {}
        self._typed: set[str] = set()

    def take(self, name: str, value: Any, source: str, *, is_typed: bool = True) -> None:
        """Take a value. is_typed: a person gave it, and no preset."""
        self.values[name], self._sources[name] = value, source
        (self._typed.add if is_typed else self._typed.discard)(name)

    def parse(self, setting: Setting, text: str, source: str) -> None:
        """Take what a text says of a setting. Raises UsageError."""
        try:
            self.take(setting.name, setting.parse(text), source)
        except ConfigError as error:
            raise UsageError(f"{source}: {error.why}") from None

    def take_seed(self, text: str, source: str, names: Sequence[str]) -> None:
        """Take a seed of several streams."""
        for name in names:
            self.parse(SETTINGS[name], text, source)

    def take_preset(self, name: str, source: str) -> frozenset[str]:
        """Take a preset's settings; return their names."""
        if name not in presets():
            raise UsageError(f"{source}: {name} is not allowed; one of {', '.join(presets())}")
        settings = presets()[name].settings
        for field_name, value in settings.items():
            self.take(field_name, value, f"{source} {name}", is_typed=False)
        return frozenset(settings)

    def is_typed(self, name: str) -> bool:
        """Return whether a person has given a setting."""
        return name in self._typed

    def source(self, name: str) -> str:
        """Return who gave a setting."""
        return self._sources.get(name, SETTINGS[name].flag)

    def config(self) -> Config:
        """Return what was gathered, over the defaults. Raises UsageError."""
        try:
            return _fit_batch(Config().replace(**self.values), self.is_typed("batch_size"))
        except ConfigError as error:
            raise UsageError(f"{self.source(error.name)}: {error.why}") from None


def read_config(
    arguments: Namespace, environment: Mapping[str, str], start: Mapping[str, Any] | None = None
) -> Config:
    """Return the Config that flags and all below them make; raise UsageError, FileError.

    start: settings to begin with, in place of those that suit the data set.
    """
    _open_plugged(arguments.dataset, SETTINGS["dataset"].flag)
    _open_plugged(environment.get(SETTINGS["dataset"].variable), SETTINGS["dataset"].variable)
    line, file = line_of(arguments), file_of(arguments)
    if line is not None:
        environment = of_the_app(environment)  # the line is the whole run, wherever it is read
    gathered = _Gathered()
    preset, source = _preset(arguments, line, file, environment)
    if start is not None:
        gathered.values.update(start)
    else:
        _take_suited(gathered, _dataset(arguments, line, file, environment), has_preset=preset is not None)
    if SEED_VARIABLE in environment:
        gathered.take_seed(environment[SEED_VARIABLE], SEED_VARIABLE, SEEDS)
    for setting in SETTINGS.values():
        if setting.variable in environment:
            gathered.parse(setting, environment[setting.variable], setting.variable)
    pinned = frozenset() if preset is None else gathered.take_preset(preset, source)
    if file is not None:
        _take_file(gathered, file)
    if line is not None:
        _take_line(gathered, line, arguments)
    if arguments.seed is not None:
        gathered.take_seed(arguments.seed, "--seed", SEEDS[1:] if "data_seed" in pinned else SEEDS)
    for setting in SETTINGS.values():
        text = getattr(arguments, setting.name)
        if text is not None:
            gathered.parse(setting, text, setting.flag)
    _take_table(gathered)
    return gathered.config()


def of_the_app(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that decide how a run is shown, not what it is."""
    ours = {setting.variable for setting in SETTINGS.values() if setting.scope is Scope.APP}
    return {name: value for name, value in environment.items() if name in ours}


def line_of(arguments: Namespace) -> SharedLine | None:
    """Return the share line of a command line, if it has one. Raises UsageError."""
    if arguments.share is None:
        return None
    from tui_nn.settings.sharing.line import LineError  # most runs come without a line
    from tui_nn.settings.sharing.reading import read_shared

    try:
        return read_shared(arguments.share)
    except LineError as error:
        raise UsageError(f"{SHARED}: {error}") from None


def file_of(arguments: Namespace) -> SettingsFile | None:
    """Return the file of settings of a command line, if it has one. Raises UsageError, FileError."""
    if arguments.config is None:
        return None
    from tui_nn.settings.file import read_settings_file  # most runs come without a file

    return read_settings_file(arguments.config)


def names_data(arguments: Namespace, environment: Mapping[str, str]) -> bool:
    """Return whether anything says which data is learned: a preset does, and a line is a whole run.

    Raises UsageError, FileError.
    """
    if arguments.share is not None or arguments.table is not None:
        return True
    file = file_of(arguments)
    if file is not None and "table" in file.values:
        return True
    preset, _ = _preset(arguments, None, file, environment)
    return preset is not None or _dataset(arguments, None, file, environment) is not None


def _open_plugged(dataset: str | None, source: str) -> None:
    """Open a data set that others bring, where a person names one. Raises UsageError."""
    if dataset is None or not SETTINGS["dataset"].opens_file(dataset):
        return
    from tui_nn.settings.plugged import open_plugged  # most runs are of a set that is here

    try:
        open_plugged(dataset)
    except DataError as error:
        raise UsageError(f"{source}: {error}") from None


def _preset(
    arguments: Namespace, line: SharedLine | None, file: SettingsFile | None, environment: Mapping[str, str]
) -> tuple[str | None, str]:
    """Return which preset there is, and who named it."""
    if arguments.preset is not None:
        return arguments.preset, "--preset"
    if line is not None and line.preset is not None:
        return line.preset, f"{SHARED}: preset"
    if file is not None and file.preset is not None:
        return file.preset, f"{file.path}: preset"
    return environment.get(PRESET_VARIABLE), PRESET_VARIABLE


def _dataset(
    arguments: Namespace, line: SharedLine | None, file: SettingsFile | None, environment: Mapping[str, str]
) -> str | None:
    """Return the data set as it is typed where it is decided; None where nobody names one."""
    typed: str | None = arguments.dataset
    if typed is None and line is not None:
        typed = line.texts.get("dataset")
    if typed is None and file is not None and isinstance(named := file.values.get("dataset"), str):
        typed = named
    return environment.get(SETTINGS["dataset"].variable) if typed is None else typed


def _take_suited(gathered: _Gathered, dataset: str | None, *, has_preset: bool) -> None:
    """Begin with what suits a data set that somebody names; beside a preset with its size alone."""
    if dataset is not None:
        from tui_nn.settings.suited import suited, suited_size  # the first picture needs neither

        for name, value in (suited_size if has_preset else suited)(dataset).items():
            gathered.take(name, value, f"--dataset {dataset}", is_typed=False)


def _take_table(gathered: _Gathered) -> None:
    """Open a table that somebody names, and begin with what suits it. Raises UsageError, FileError."""
    typed = [name for name in TABLE_SETTINGS if gathered.is_typed(name)]
    if not typed:
        return
    if gathered.values.get("table") is None:
        raise UsageError(
            f"{gathered.source(typed[0])}: it needs a table; {SETTINGS['table'].flag} FILE names one"
        )
    if gathered.is_typed("dataset"):
        table, dataset = gathered.source("table"), gathered.source("dataset")
        raise UsageError(f"{table} and {dataset} both name the data; use one")
    from tui_nn.settings.suited import suited_to_table  # most runs come without a table
    from tui_nn.settings.tables import open_table

    found = open_table(gathered.values)
    gathered.take("dataset", found.name, gathered.source("table"), is_typed=False)
    for name, value in suited_to_table(found, gathered.values).items():
        if name not in gathered.values:
            gathered.take(name, value, gathered.source("table"), is_typed=False)


def _take_file(gathered: _Gathered, file: SettingsFile) -> None:
    if file.seed is not None:
        gathered.take_seed(file.seed, f"{file.path}: seed", SEEDS)
    for name, value in file.values.items():
        source = f"{file.path}: {name}"
        if isinstance(value, str):
            gathered.parse(SETTINGS[name], value, source)
        else:
            gathered.take(name, value, source)


def _take_line(gathered: _Gathered, line: SharedLine, arguments: Namespace) -> None:
    """Take what a line says; a file that it names has to be named by the person too."""
    if line.seed is not None:
        gathered.take_seed(line.seed, f"{SHARED}: seed", SEEDS)
    for name, text in line.texts.items():
        setting = SETTINGS[name]
        if getattr(arguments, name) is not None:
            continue  # the flag decides
        if setting.opens_file(text):
            why = "a line opens no file by itself"
            raise UsageError(f"{SHARED}: it names {text[:160]}, and {why}; add {setting.flag} {text[:160]}")
        gathered.parse(setting, text, f"{SHARED}: {name}")


def _fit_batch(config: Config, is_given: bool) -> Config:
    """Refuse a batch larger than the training set; lower one that nobody typed."""
    if config.batch_size is None or config.batch_size <= config.n_train:
        return config
    if is_given:
        allowed = f"the training set has {config.n_train:,} samples"
        raise ConfigError("batch_size", str(config.batch_size), allowed)
    return config.replace(batch_size=config.n_train)
