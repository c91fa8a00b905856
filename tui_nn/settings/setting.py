"""What is known of one setting: what it may be, what a change of it reaches, how it is shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, Flag, auto
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui_nn.settings.config import Config
    from tui_nn.settings.values.kind import Kind


class Scope(Enum):
    """How gently a setting can change while a network trains."""

    LIVE = "takes effect at the next step, weights stay"
    NETWORK = "the network is rebuilt, weights that still fit stay"
    DATA = "data is regenerated, weights stay"
    APP = "affects the screen, not the training"


class Reach(Flag):
    """What of a run a change of a setting reaches: it is made anew."""

    NOTHING = 0
    """It is read where it is needed, at each step or at the next reset."""
    STEP = auto()
    """What takes a step: optimizer, penalty, batches."""
    SAMPLES = auto()
    """The data itself."""
    CODES = auto()
    """Inputs and targets as the network takes them."""
    LAYERS = auto()
    """The layers of the network."""
    MEANING = auto()
    """What weights mean: the same ones are another network with another value."""


_USUAL = {
    Scope.LIVE: Reach.STEP,
    Scope.NETWORK: Reach.STEP,
    Scope.DATA: Reach.SAMPLES,
    Scope.APP: Reach.NOTHING,
}


class ConfigError(ValueError):
    """A setting that cannot be: says which, what it was, and what is allowed."""

    def __init__(self, name: str, value_text: str, allowed: str) -> None:
        self.name, self.value_text, self.allowed = name, value_text, allowed
        super().__init__(f"{name}: {self.why}")

    @property
    def why(self) -> str:
        """What is wrong, for whoever names the setting in words of its own."""
        return f"{self.value_text} is not allowed; {self.allowed}"


@dataclass(frozen=True)
class Setting:
    """What is known of one field of Config."""

    name: str
    default: Any
    kind: Kind
    scope: Scope
    label: str
    help: str
    letter: str
    """The key that jumps to it in the settings panel; empty: none."""
    reaches: Reach
    when: Callable[[Config], bool]
    """Whether it changes anything beside the others as they are."""
    shown: Callable[[Config], str] | None
    """How its row shows it, where that is not as it is typed."""
    is_listed: bool
    """Whether it can change while the app runs; others are read when it opens."""
    short_flag: str
    has_variable: bool
    """Whether an environment variable sets its default."""

    @property
    def flag(self) -> str:
        """The flag of the command line: `--learning-rate`."""
        return self.flags[0]

    @property
    def flags(self) -> tuple[str, ...]:
        """Every flag that it can be given by, the usual one first."""
        long = "--" + self.name.replace("_", "-")
        return (f"--{self.short_flag}", long) if self.short_flag else (long,)

    @property
    def names(self) -> tuple[str, str, str]:
        """What it can be called: the label of its row, its name, its flag."""
        return self.label, self.name, self.flag

    @property
    def variable(self) -> str:
        """The environment variable that sets the default; empty: none does."""
        return f"TUI_NN_{self.name.upper()}" if self.has_variable else ""

    def parse(self, text: str) -> Any:
        """Turn text into a checked value; raise ConfigError."""
        try:
            return self.kind.check(self.kind.parse(text))
        except ValueError as error:
            raise ConfigError(self.name, text.strip()[:60] or "nothing", str(error)) from None

    def opens_file(self, text: str) -> bool:
        """Return whether a text stands for a file or folder, which would be read."""
        reads = getattr(self.kind, "opens_file", None)
        return reads is not None and reads(text)

    def check(self, value: Any) -> Any:
        """Return the value in its canonical type; raise ConfigError."""
        try:
            return self.kind.check(value)
        except ValueError as error:
            shown = repr(value) if isinstance(value, (str, tuple, list)) else str(value)
            raise ConfigError(self.name, shown[:60], str(error)) from None

    def typed(self, value: Any) -> str:
        """Return the text that `parse` turns back into just this value: every digit that it takes."""
        text = self.kind.format(value)
        return repr(value) if isinstance(value, float) and float(text) != value else text

    def text(self, config: Config) -> str:
        """Return the value that a config has as its row shows it."""
        return self.kind.format(getattr(config, self.name)) if self.shown is None else self.shown(config)


def setting(
    default: Any,
    kind: Kind,
    scope: Scope,
    label: str,
    help: str,
    letter: str = "",
    *,
    reaches: Reach | None = None,
    when: Callable[[Config], bool] = lambda config: True,
    shown: Callable[[Config], str] | None = None,
    is_listed: bool = True,
    short_flag: str = "",
    has_variable: bool = True,
) -> Any:
    """Return a field of Config; see Setting for what is said of it.

    reaches: without it a step, for data the samples, for the app nothing.
    """
    known = {
        "kind": kind,
        "scope": scope,
        "label": label,
        "help": help,
        "letter": letter,
        "reaches": _USUAL[scope] if reaches is None else reaches,
        "when": when,
        "shown": shown,
        "is_listed": is_listed,
        "short_flag": short_flag,
        "has_variable": has_variable,
    }
    return dataclasses.field(default=default, metadata=known)


def read_settings(config: type[Config]) -> dict[str, Setting]:
    """Return the settings by name that the fields of a config class are made with, in their order."""
    return {f.name: Setting(f.name, f.default, **f.metadata) for f in dataclasses.fields(config)}
