"""The space of a sweep: what varies, with which seeds, and the runs that a choice of values stands for."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tui_nn.data import DataError
from tui_nn.settings.config import Config
from tui_nn.settings.flags import UsageError
from tui_nn.settings.precedence import SEEDS
from tui_nn.settings.setting import ConfigError
from tui_nn.sweeps.runs import Run
from tui_nn.sweeps.varying import Range, Values, Varying

Choice = tuple[tuple[str, str], ...]
"""Names of settings, and what each is, as it is written."""


@dataclass(frozen=True)
class Space:
    """Everything that a search can choose from."""

    varied: tuple[Varying, ...]
    seeds: tuple[int, ...]
    """Each choice is run with these; empty: with the seeds that the settings have."""
    configure: Callable[[Mapping[str, str]], Config]
    """Makes the settings of a run out of those that differ. Raises UsageError."""

    @property
    def n_grid(self) -> int:
        """How many choices there are; 0 where a range has no end of them."""
        counts = [len(v.texts) if isinstance(v, Values) else 0 for v in self.varied]
        return math.prod(counts)

    @property
    def range_name(self) -> str:
        """The first setting that is given as a range, or an empty string."""
        return next((v.setting.name for v in self.varied if isinstance(v, Range)), "")

    @property
    def n_seeds(self) -> int:
        """Runs of each choice."""
        return len(self.seeds) or 1

    def grid(self) -> Iterator[Choice]:
        """Yield every choice, the last setting changing fastest."""
        lists: Sequence[Sequence[str]] = [v.texts for v in self.varied if isinstance(v, Values)]
        names = [v.setting.name for v in self.varied]
        for texts in itertools.product(*lists):
            yield tuple(zip(names, texts, strict=True))

    def draw(self, rng: np.random.Generator) -> Choice:
        """Return a choice at random."""
        return tuple((v.setting.name, v.draw(rng)) for v in self.varied)

    def runs(self, choice: Choice, **fixed: str) -> list[Run]:
        """Return the runs of a choice, one for each seed; fixed: further settings, as they are written."""
        return [self._run(choice, seed, fixed) for seed in self.seeds or (None,)]

    def _run(self, choice: Choice, seed: int | None, fixed: Mapping[str, str]) -> Run:
        seeds = {} if seed is None else dict.fromkeys(SEEDS, str(seed))
        try:
            config = self.configure({**dict(choice), **fixed, **seeds})
        except (UsageError, ConfigError, DataError) as error:
            return Run(choice, seed or 0, None, str(error))
        return Run(choice, config.weights_seed, config.replace(speed=None, pause_on=()))
