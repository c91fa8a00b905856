"""Shows a run's checkups to the watch that names its moments, with the facts of the run."""

from __future__ import annotations

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.moments import MOMENTS
from tui_nn.settings.setting import Scope
from tui_nn.training.moments.facts import Facts, make_facts
from tui_nn.training.moments.log import Moment, MomentLog
from tui_nn.training.moments.pausing import Pausing
from tui_nn.training.moments.remedies import GO_BACK, GO_BACK_CLIPPED, GO_BACK_SLOWER, STANDARDIZE, Remedy
from tui_nn.training.moments.watch import MomentWatch
from tui_nn.training.moments.window import Finding
from tui_nn.training.rules import goal
from tui_nn.training.snapshot import Notice, Status
from tui_nn.training.trainer import Trainer

OF_TRAINING = [name for name, setting in SETTINGS.items() if setting.scope is not Scope.APP]


class Observer:
    """Watches one trainer; it reads and never changes it."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._watch = MomentWatch()
        self.pausing = Pausing()
        self._facts: tuple[tuple[object, ...], Facts] | None = None

    @property
    def log(self) -> MomentLog:
        """What was noticed."""
        return self._watch.log()

    def notices(self) -> tuple[list[Notice], bool]:
        """Return in words what is new and worth saying, and whether the settings ask for a pause at it."""
        notices, is_pause_wanted = [], False
        for moment in self._look():
            kind, pauses = MOMENTS[moment.kind], self.pausing.waits_at(moment, self._trainer.config)
            if pauses or kind.is_told:
                label = f"Paused, {kind.label}" if pauses else kind.label.capitalize()
                notices.append(Notice(moment.told(label), is_error=kind.is_trouble))
            is_pause_wanted |= pauses
        return notices, is_pause_wanted

    def _look(self) -> list[Moment]:
        """Return what is new, if there is a checkup that was not looked at."""
        last = self._trainer.checkups.last
        if last is None or last.step == self._watch.seen:
            return []
        return self._watch.see(self._trainer.checkups.all, self._current_facts())

    def ended(self, status: Status, reason: str) -> None:
        """Note that the run ended by itself: because it diverged, or at the goal of a stop rule."""
        trainer, what = self._trainer, reason[:1].upper() + reason[1:]
        if status is Status.DIVERGED:
            what = what.removesuffix(f" (learning rate {trainer.config.learning_rate:g})")  # which B lowers
            remedies: tuple[Remedy, ...] = (GO_BACK_SLOWER, GO_BACK_CLIPPED, GO_BACK)
            if self._current_facts().has_unlike_columns:
                remedies = (STANDARDIZE, *remedies)
            self._end("divergence", Finding(what, remedies))
        elif reason == goal(trainer.config, trainer.recorded):
            self._end("goal", Finding(f"{what}. w saves the run"))

    def _end(self, kind: str, finding: Finding) -> None:
        for moment in self._watch.ended(kind, self._trainer.step, finding):
            self.pausing.waits_at(moment, self._trainer.config)

    def clear(self) -> None:
        """Forget everything: another run, or the same one from its first weights."""
        self._watch.clear()
        self.pausing.forget()

    def went_back(self) -> None:
        """Judge anew from this step, and keep what was noticed before the run went back to it."""
        self._watch.go_back(self._trainer.step)

    def configured(self, before: Config) -> None:
        """Compare with nothing before this step if a setting of the training was changed."""
        after = self._trainer.config
        if any(getattr(before, name) != getattr(after, name) for name in OF_TRAINING):
            self.changed()

    def changed(self) -> None:
        """Compare with nothing before this step: the network was changed by hand."""
        self._watch.changed(self._trainer.step)

    def _current_facts(self) -> Facts:
        trainer = self._trainer
        made_of = trainer.config, trainer.problem, trainer.network, trainer.batches
        if self._facts is None or any(a is not b for a, b in zip(self._facts[0], made_of, strict=True)):
            self._facts = made_of, make_facts(trainer)
        return self._facts[1]
