"""One run of a sweep: which settings it has of its own, and a name that no other run has."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tui_nn import __version__
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import Scope
from tui_nn.training.stacked.groups import most_together, stack_shape

REFUSED, FAILED = "refused", "failed"
"""How a run can end that was not trained to an end: settings that cannot be, a fault on the way."""
NO_RECORD = (
    "dataset",
    "data_seed",
    "weights_seed",
    "layer_sizes",
    "parameters",
    "epochs",
    "steps",
    "seconds",
    "steps_per_second",
    "samples_per_second",
    "train_loss",
    "test_loss",
    "train_accuracy",
    "test_accuracy",
    "best_possible_accuracy",
)
"""What a record holds, for runs that have none."""


@dataclass(frozen=True)
class Run:
    """A run that is to be made, or one that cannot be."""

    choice: tuple[tuple[str, str], ...]
    """Names of the settings that vary over the sweep, and what they are here, as they were written."""
    seed: int
    config: Config | None
    trouble: str = ""
    """Why there is no config, in words."""
    is_part: bool = False
    """Whether it is trained for a part of its epochs only, to see whether it is worth more."""

    @cached_property
    def key(self) -> str:
        """A hash of all that decides the result, this version too; of the words where they are refused."""
        if self.config is None:
            return _digest([*map(list, self.choice), self.seed])
        return _digest([__version__, deciding(self.config)])

    @cached_property
    def stack(self) -> tuple[Any, ...] | None:
        """What runs have in common that it is trained together with; None: it is trained alone."""
        if self.config is None or self.most_together == 1:
            return None
        return stack_shape(self.config)

    @cached_property
    def most_together(self) -> int:
        """How many runs like it gain from being trained together."""
        return 1 if self.config is None else most_together(self.config)

    @property
    def settings(self) -> dict[str, Any]:
        """The settings that vary, by name, as JSON can hold them."""
        values = {} if self.config is None else self.config.to_dict()
        return {name: values.get(name, text) for name, text in self.choice}


def deciding(config: Config) -> dict[str, Any]:
    """Return the settings that decide a result, those of the screen left out."""
    values = config.to_dict()
    return {name: values[name] for name, setting in SETTINGS.items() if setting.scope is not Scope.APP}


def row_of(run: Run, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is printed of a run: the settings that vary, the seed, the record."""
    return {**run.settings, "seed": run.seed, **record}


def no_record(status: str, trouble: str) -> dict[str, Any]:
    """Return the record of a run that came to no end of its own, with the reason in words."""
    return {**dict.fromkeys(NO_RECORD), "status": status, "trouble": trouble}


def _digest(values: Any) -> str:
    text = json.dumps(values, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
