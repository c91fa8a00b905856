"""The runs of a comparison as the app sees them: keys reach all, settings the one that is selected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui_nn.settings.changes import changed, with_app_settings
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import Scope
from tui_nn.training import commands as do
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.remote.client import Client
from tui_nn.training.remote.edits import Edit, Edits
from tui_nn.training.remote.run import Ask, Run, Tell
from tui_nn.training.snapshot import Status

if TYPE_CHECKING:
    from tui_nn.training.comparing.kept import KeptRuns

MOST_RUNS = 64
NO_TIMELINE = "A comparison keeps no timeline; enter takes a run to its own screen."
FROM_START = "All begin from their first weights."
FROM_MOMENT = "All go on from the moment that the run was left at."


class ComparedRun(Run):
    """A Run whose trainer owns several; `settings` holds what is known of each, by number."""

    def __init__(
        self,
        client: Client,
        wanted: do.CompareRuns,
        moment: Checkpoint | None,
        *,
        tell: Tell,
        ask: Ask,
        changed: Callable[[], None],
    ) -> None:
        super().__init__(client, wanted.configs[0], tell=tell, ask=ask, changed=changed)
        self.moment = moment
        """That of the run that is compared; None: it is not known."""
        self.number = 1
        """The run that is selected."""
        self._take(wanted)

    def _take(self, wanted: do.CompareRuns) -> None:
        self.wanted, self.number, self.config = wanted, 1, self._as_shown(wanted.configs[0])
        self.settings: dict[int, Config] = dict(enumerate(wanted.configs, start=1))
        self._next_number = len(wanted.configs) + 1

    def _as_shown(self, config: Config) -> Config:
        """Return settings with those of the app as they are now, which hold for all runs."""
        return with_app_settings(config, self.config)

    def compare(self, wanted: do.CompareRuns, moment: Checkpoint | None, words: str) -> None:
        """Compare other runs in place of these."""
        self._take(wanted)
        self.moment, self.edits, self.status = moment, Edits(), Status.PAUSED
        self._generation += 1
        self.send(wanted)
        self.tell(words)

    def select(self, number: int) -> None:
        """Let settings and the state line be of another run."""
        if number in self.settings and number != self.number:
            self.number, self.config = number, self._as_shown(self.settings[number])
            self._generation += 1
            self.send(do.SelectRun(number))

    def toggle(self) -> None:
        """Run or pause; another trainer goes on with all runs where they were kept, as they are set now."""
        kept = self.client.kept_runs
        was_lost = self.client.is_lost
        super().toggle()
        if was_lost and kept is not None:
            self._go_on(kept.now(self.settings, self._next_number))
        elif was_lost:
            words = "Another trainer begins all runs again, for none was kept. space trains."
            self.compare(self._again(), self.moment, words)

    def _go_on(self, kept: KeptRuns) -> None:
        """Let another trainer have the runs that were kept."""
        self.status = Status.PAUSED
        self._generation += 1
        self.send(do.RestoreRuns(kept))
        self.send(do.SelectRun(self.number))
        self.tell(f"Another trainer goes on with all runs from step {kept.step:,}. space trains.")

    def use(self, config: Config, words: str) -> None:
        """Change the run that is selected; what only concerns the app holds for all."""
        before = self.config
        found = changed(before, config)
        self.config = config
        if all(setting.scope is Scope.APP for setting in found):
            self.tell(words)
        else:
            words = f"Run {self.number}: {words}"
            old, new = (do.ChangeRuns(((self.number, of),)) for of in (before, config))
            self.edits.add(Edit(words, old, new))
            self._apply(new)
            self.tell(words)
        if any(setting.scope is Scope.APP for setting in found):
            self._apply(config)

    def _apply(self, value: Config | do.Command) -> None:
        if isinstance(value, do.ChangeRuns):
            self.settings.update(value.changes)
            self.config = self._as_shown(self.settings.get(self.number, self.config))
            self._generation += 1
        super()._apply(value)

    def reset(self) -> None:
        """Start all over from the same weights, or the moment they began at."""
        if self.wanted.moment is not None:
            self.compare(self._again(), self.moment, f"Reset. {FROM_MOMENT}")
        else:
            self.send(do.Reset())
            self.tell("All runs reset to the same initial weights.")

    def _again(self) -> do.CompareRuns:
        return replace(self.wanted, configs=tuple(self.settings.values()))

    def reset_to_new_weights(self) -> None:
        """Start all over from other weights."""
        seeds = [config.weights_seed for config in self.settings.values()]
        further = max(seeds) - min(seeds) + 1
        configs = tuple(
            config.replace(weights_seed=(config.weights_seed + further) % 2**32)
            for config in self.settings.values()
        )
        self.compare(
            replace(self.wanted, configs=configs, moment=None),
            self.moment,
            "All runs reset to new initial weights.",
        )

    def draw_new_data(self) -> None:
        """Draw other data for all."""
        changes = tuple(
            (number, config.replace(data_seed=(config.data_seed + 1) % 2**32))
            for number, config in self.settings.items()
        )
        self._apply(do.ChangeRuns(changes))
        self.tell("New data for all runs; weights kept.")

    def rewind(self, by: int) -> None:
        """Say that there is no timeline."""
        self.tell(NO_TIMELINE)

    def rewind_to(self, position: int | None = None) -> None:
        """Begin all again: from the start (0), or from the moment that the run was left at (None)."""
        if position is not None:
            self.compare(replace(self._again(), moment=None), self.moment, FROM_START)
        elif self.moment is None or not self.moment.step:
            self.tell("The run has not been trained, so its start is all there is to begin from.", True)
        elif len({config.replace(weights_seed=0) for config in self.settings.values()}) == 1:
            self.tell("From one moment all seeds have the same weights; 0 begins from the start.", True)
        else:
            wanted = replace(self._again(), moment=self.moment)
            self.compare(wanted, self.moment, FROM_MOMENT)

    def replay(self) -> None:
        """Say that there is no timeline."""
        self.tell(NO_TIMELINE)

    def recover(self, name: str = "") -> None:
        """Say what is done instead."""
        label = SETTINGS["learning_rate"].label
        self.tell(f"In a comparison r starts all over; [ lowers the {label} of the run under the cursor.")

    def add(self) -> None:
        """Put a run behind the others, a copy of the one that is selected that begins from the start."""
        if len(self.settings) >= MOST_RUNS:
            self.tell(f"{MOST_RUNS} runs are the most that are compared; U drops one.", True)
            return
        number = self._next_number
        self.settings[number], self._next_number = self.config, number + 1
        self.number = number
        self._generation += 1
        self.send(do.AddRun(self.config))
        self.tell(f"Run {number} is a copy, trained from the start as far as the others; change it now.")

    def drop(self) -> None:
        """Take out the run that is selected."""
        if len(self.settings) <= 1:
            self.tell("This is the last run; it stays.", True)
            return
        numbers, number = list(self.settings), self.number
        at = numbers.index(number)
        del self.settings[number]
        self.send(do.DropRun(number))
        self.select((numbers[at + 1 :] or numbers[:at][::-1])[0])
        self.tell(f"Run {number} dropped.")
