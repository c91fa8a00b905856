"""A setting that varies over the runs of a sweep: a list of values, or a range to draw from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tui_nn.settings.config import SETTINGS
from tui_nn.settings.flags import UsageError
from tui_nn.settings.naming import find_name, nearest
from tui_nn.settings.precedence import SEEDS
from tui_nn.settings.setting import ConfigError, Scope, Setting
from tui_nn.settings.values import Integer, Or, Real

LOG_FROM = 10.0
"""A range that spans this factor is drawn from evenly on a logarithmic scale."""
DIGITS = 4
"""Significant digits of a number that was drawn."""


@dataclass(frozen=True)
class Values:
    """A setting that takes one of some values, written as on the command line."""

    setting: Setting
    texts: tuple[str, ...]

    def draw(self, rng: np.random.Generator) -> str:
        """Return one of them."""
        return self.texts[int(rng.integers(len(self.texts)))]


@dataclass(frozen=True)
class Range:
    """A setting that takes any number from `low` to `high`."""

    setting: Setting
    low: float
    high: float

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers are taken."""
        return isinstance(_number_kind(self.setting), Integer)

    @property
    def is_log(self) -> bool:
        """Whether it is drawn from on a logarithmic scale."""
        return self.low > 0 and self.high / self.low >= LOG_FROM

    def draw(self, rng: np.random.Generator) -> str:
        """Return a number of the range."""
        if self.is_log:
            number = math.exp(rng.uniform(math.log(self.low), math.log(self.high)))
        else:
            number = rng.uniform(self.low, self.high)
        return self.text(number)

    def text(self, number: float) -> str:
        """Return a number as it is written: whole, or with few digits, never out of the range."""
        if self.is_whole:
            return str(min(int(self.high), max(int(self.low), round(number))))
        rounded = float(f"{number:.{DIGITS}g}")
        return repr(min(self.high, max(self.low, rounded)))


Varying = Values | Range


def read_varying(text: str) -> Varying:
    """Read `learning_rate=0.003,0.01`, `hidden=4;8,8` or `learning_rate=1e-4..1`. Raises UsageError.

    Values divide at `;` where there is one, else at commas. What a value may be is found out when its run is
    made, so that one wrong value costs no more than its own runs.
    """
    name, equals, rest = text.partition("=")
    if not equals or not name.strip():
        raise UsageError(
            f"--over: {text or 'nothing'} is not allowed; NAME=A,B,C is, as learning_rate=0.01,0.1"
        )
    setting = find_setting(name)
    if ".." in rest and _number_kind(setting) is not None:
        return _read_range(setting, rest)
    return listed(setting, rest.split(";" if ";" in rest else ","))


def listed(setting: Setting, texts: Iterable[str]) -> Values:
    """Return a setting with its values; raise UsageError where there is none, or one twice."""
    stripped = [text.strip() for text in texts]
    found: dict[Any, str] = {}
    for text in filter(None, stripped):
        value = _canonical(setting, text)
        if value in found:
            lists = f"; a value that holds commas ends in a semicolon: {setting.name}=8,8;"
            hint = lists if "," in setting.kind.format(setting.default) else ""
            raise UsageError(f"--over: {setting.name} is given {text} twice{hint}")
        found[value] = text
    if not found:
        raise UsageError(f"--over: {setting.name} is given no value")
    return Values(setting, tuple(found.values()))


def find_setting(name: str) -> Setting:
    """Return the setting that a name, a flag or a label stands for, if it can vary. Raises UsageError."""
    names = {s.name: (s.label, *(flag.lstrip("-") for flag in s.flags)) for s in SETTINGS.values()}
    found = find_name(name.strip().lstrip("-"), names)
    if found is None:
        if name.strip().lower() == "seed":
            raise UsageError(
                "--over: seed cannot vary; --seeds N moves both seeds, data_seed and weights_seed one"
            )
        likely = nearest(name, [word for s in names for word in (s, *names[s])])
        hint = f"did you mean {likely}?" if likely else f"one of {', '.join(can_vary())}"
        raise UsageError(f"--over: {name.strip()} is not allowed; {hint}")
    if SETTINGS[found].scope is Scope.APP:
        raise UsageError(
            f"--over: {found} cannot vary: it changes the screen or the machine, not the training"
        )
    return SETTINGS[found]


def can_vary() -> Sequence[str]:
    """Return the names of the settings that change a training."""
    return [s.name for s in SETTINGS.values() if s.scope is not Scope.APP]


def text_of(setting: Setting, value: Any) -> str:
    """Return a value of Python as the command line writes it, to the last bit."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return repr(value)
    try:
        return setting.kind.format(setting.check(value))
    except ConfigError:
        return str(value)


def moves_seeds(varied: Iterable[Varying]) -> str:
    """Return the name of a seed that varies by itself, or an empty string."""
    return next((v.setting.name for v in varied if v.setting.name in SEEDS), "")


def _canonical(setting: Setting, text: str) -> Any:
    try:
        return setting.parse(text)
    except ConfigError:
        return text


def _number_kind(setting: Setting) -> Integer | Real | None:
    kind = setting.kind.kind if isinstance(setting.kind, Or) else setting.kind
    return kind if isinstance(kind, (Integer, Real)) else None


def _read_range(setting: Setting, text: str) -> Range:
    begin, _, end = text.partition("..")
    kind = _number_kind(setting)
    assert kind is not None
    try:
        low, high = (kind.check(kind.parse(part)) for part in (begin, end))
    except ValueError as error:
        raise UsageError(f"--over: {setting.name}={text} is not allowed; {error}") from None
    if not low < high:
        raise UsageError(f"--over: {setting.name}={text} is not allowed; the smaller number comes first")
    return Range(setting, low, high)
