"""One run as the app sees it: a trainer to speak with, the settings, the status, what can be undone.

Each screen that trains has a run of its own. It says in words what it does, and leaves drawing to others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.layers import resized
from tui_nn.settings.setting import ConfigError
from tui_nn.settings.wording import change_in_words, refusal_in_words, with_what_follows
from tui_nn.training import commands as do
from tui_nn.training.place import TimelinePlace
from tui_nn.training.remote.client import Client, next_answer
from tui_nn.training.remote.edits import Edit, Edits
from tui_nn.training.remote.replay import Replay
from tui_nn.training.snapshot import Notice, Snapshot, Status, ViewRequest

Tell = Callable[..., None]
"""(text, is_warning=False): shows a sentence."""
Ask = Callable[[str, Callable[[], object]], None]
"""(words, accept): asks something that one key accepts."""
YES = "y"
"""The key that accepts."""


class Run:
    """Carries out what keys ask for, and fetches snapshots."""

    def __init__(
        self, client: Client, config: Config, *, tell: Tell, ask: Ask, changed: Callable[[], None]
    ) -> None:
        self.client, self.config = client, config
        self.status = Status.PAUSED
        self.edits = Edits()
        self.place = TimelinePlace()
        """Which moment was seen last."""
        self.playback = Replay(self)
        self.file: Path | None = None
        """Where this run was written to or read from last: writing it there again replaces no other one."""
        self.is_worth_writing = False
        """Whether something would be lost that was never written."""
        self.tell, self.ask, self.look = tell, ask, changed
        """`look` asks for another picture: something else is looked at."""
        self._revived = asyncio.Event()
        self._snapshots: asyncio.Queue[Snapshot | None] = asyncio.Queue()
        self._generation = self._n_sent = 0
        self._done: list[str] = []
        """What is to be said with the first picture that shows it."""

    def send(self, command: do.Command, done: str = "") -> None:
        """Send a command, after which a picture is wanted; it ends a replay.

        done: what is said with the first picture of what the command did; not if it could not be done.
        """
        self.playback.stop()
        self._n_sent += 1
        self.client.send(command)
        self._done += [done] * bool(done)
        self.look()

    async def listen(self) -> None:
        """Take what the trainer says, and when it is gone what the next one does."""
        while True:
            await self.client.listen(self._snapshots.put_nowait, self._take_notice, self._lose_trainer)
            await self._revived.wait()
            self._revived.clear()

    async def fetch(self, request: ViewRequest) -> Snapshot | None:
        """Return the next moment, with its settings taken over; None if the trainer is gone."""
        if self.client.is_lost:
            return None
        generation, n_done, n_sent = self._generation, len(self._done), self._n_sent
        self.client.send(do.RequestSnapshot(request.numbered(generation)))
        snapshot = await next_answer(self._snapshots, self.tell)
        if snapshot is not None:
            if n_sent == self._n_sent:  # else it was asked for before, and the next one knows
                self.status = snapshot.status
            self.place, self.is_worth_writing = snapshot.timeline, snapshot.is_worth_writing
            if snapshot.generation == self._generation:
                self.config = snapshot.config
            for words in self._done[:n_done]:
                self.tell(words)
            del self._done[:n_done]
        return snapshot

    # -- training

    def play(self) -> None:
        """Train until told otherwise."""
        self.status = Status.RUNNING
        self.send(do.Play())

    def toggle(self) -> None:
        """Run or pause; start another trainer where the last one is gone."""
        if self.client.is_lost:
            step = self.client.revive()
            self._snapshots = asyncio.Queue()
            self._revived.set()
            self._apply(self.config)
            self.place = TimelinePlace()
            self.tell(f"Another trainer goes on from step {step:,}; its timeline begins there. space trains.")
        elif self.status is Status.RUNNING:
            self.status = Status.PAUSED
            self.send(do.Pause())
            self.tell("Paused.")
        else:
            self.play()
            self.tell("Running.")

    def step(self) -> None:
        """Pause, then train one step."""
        self._train_some(do.RunSteps(1), "One step.")

    def epoch(self) -> None:
        """Pause, then train to the end of the epoch."""
        self._train_some(do.RunEpochs(1), "One epoch.")

    def epochs(self) -> None:
        """Pause, then train as many epochs as the setting says."""
        count = self.config.epochs
        self._train_some(do.RunEpochs(count), f"Training {count:,} epochs, then pausing.")

    def _train_some(self, command: do.RunSteps | do.RunEpochs, words: str) -> None:
        self.status = Status.PAUSED
        self.send(command)
        self.tell(words)

    def reset(self) -> None:
        """Start over from the same weights."""
        words = self._begin_anew()
        self.tell(f"Reset to the same initial weights{words}.")

    def reset_to_new_weights(self) -> None:
        """Start over from other weights."""
        seed = (self.config.weights_seed + 1) % 2**32
        words = self._begin_anew(weights_seed=seed)
        self.tell(f"Reset to new initial weights (seed {seed}){words}.")

    def _begin_anew(self, **changes: object) -> str:
        """Reset, with settings fit for first weights; return what of these is new, in words."""
        from tui_nn.training.shipped import changes_for_first_weights  # no first picture waits for it

        fitting = changes_for_first_weights(self.config)
        if changes or fitting:
            self.configure(**changes, **fitting)
        self.send(do.Reset())
        names = ("optimizer", "learning_rate") if fitting else ()
        return "".join(f", {SETTINGS[name].label} {fitting[name]}" for name in names)

    def begin(self, config: Config) -> None:
        """Begin another run in this one's place; nothing of the former can be undone or is kept."""
        self.config, self.status, self.edits = config, Status.PAUSED, Edits()
        self._generation += 1
        self.send(do.Begin(config))

    def is_current(self, snapshot: Snapshot) -> bool:
        """Return whether a moment has seen the settings as they are now."""
        return snapshot.generation == self._generation

    def draw_new_data(self) -> None:
        """Draw other data."""
        self.configure(data_seed=(self.config.data_seed + 1) % 2**32)
        self.tell(f"New data (seed {self.config.data_seed}); weights kept.")

    def recover(self, name: str = "") -> None:
        """Go back to the last good step of a run that diverged, with a smaller rate or a clipped gradient.

        Without a change, a run that has not diverged goes back to better weights, where some are kept.
        """
        if self.status is not Status.DIVERGED and not name:
            self.status = Status.PAUSED
            self.send(do.Recover())
            return
        if self.status is not Status.DIVERGED:
            self.tell("The run has not diverged, so there is nothing to recover from.")
            return
        remedies = {"learning_rate": self.config.learning_rate / 10, "clip_norm": 1.0}
        self.send(do.Recover())
        words = "Back to the last good step"
        if name:
            changes = {name: remedies[name]}
            words += f", {change_in_words(self.config, self.config.replace(**changes), name)}"
            self.configure(**changes)
        self.tell(f"{words}. Press space to train.")

    # -- time

    def rewind(self, by: int) -> None:
        """Pause, and show the moment so many frames later, or before."""
        self._travel(do.Rewind(by), is_forward=by > 0)

    def rewind_to(self, position: int | None = None) -> None:
        """Pause, and show a certain moment; None is the present."""
        self._travel(do.RewindTo(position), is_forward=position is None)

    def _travel(self, command: do.Rewind | do.RewindTo, is_forward: bool) -> None:
        if is_forward and not self.place.is_past:
            self.tell("This is the latest step; , goes back.")
        self.status = Status.PAUSED
        self.send(command)

    def replay(self) -> None:
        """Pause, and go through the moments from here, or from the first one; or stop doing so."""
        if self.playback.is_on:
            self.playback.stop()
            self.tell("Stopped. space trains on from here, 9 returns to the latest step.")
            return
        if not self.place.n_frames:
            self.tell("Nothing to replay yet.")
            return
        if not self.place.is_past:
            self.rewind_to(0)
        self.playback.start()

    # -- changing

    def configure(self, **changes: Any) -> None:
        """Change settings; say so, or why not."""
        changes = with_what_follows(self.config, changes)
        try:
            config = self.config.replace(**changes)
        except ConfigError as error:
            self.tell(refusal_in_words(error), is_warning=True)
            return
        self.use(config, ", ".join(change_in_words(self.config, config, name) for name in changes))

    def use(self, config: Config, words: str) -> None:
        """Take over settings, whatever they change, as one edit."""
        self.tell(words)
        if config != self.config:
            self.edits.add(Edit(words, self.config, config))
            self._apply(config)

    def nudge(self, name: str, step: int) -> None:
        """Move a setting to its next value."""
        self.configure(**{name: SETTINGS[name].kind.neighbor(getattr(self.config, name), step)})

    def resize_layer(self, layer: int, step: int) -> None:
        """Add neurons to a hidden layer (the nearest one there is), or remove some; one stays."""
        try:
            sizes = resized(self.config.hidden_sizes, layer, step)
        except ValueError as error:
            self.tell(f"{error}", is_warning=True)
        else:
            self.configure(hidden_sizes=sizes)

    def carry_out(self, command: do.Command, undone_by: do.Command | None, words: str) -> None:
        """Do something to the network; what takes it back, if anything does, makes it an edit."""
        if undone_by is not None:
            self.edits.add(Edit(words, undone_by, command))
        self._apply(command)
        self.tell(words)

    def undo(self) -> None:
        """Take back the last change."""
        edit = self.edits.undo()
        if edit is None:
            self.tell("Nothing to undo.")
            return
        self._apply(edit.before)
        self.tell(f"Undone: {edit.words}")

    def redo(self) -> None:
        """Do again what was taken back last."""
        edit = self.edits.redo()
        if edit is None:
            self.tell("Nothing to redo.")
            return
        self._apply(edit.after)
        self.tell(f"Redone: {edit.words}")

    def _apply(self, value: Config | do.Command) -> None:
        if not isinstance(value, Config):
            self.send(value)
            return
        self.config = value
        self._generation += 1
        self.send(do.Configure(value))

    # -- the trainer

    def _take_notice(self, notice: Notice) -> None:
        if notice.is_error:
            self._done.clear()
        self.tell(notice.text, notice.is_error)
        self.look()

    def _lose_trainer(self, last_words: str) -> None:
        self.status = Status.PAUSED
        self._snapshots.put_nowait(None)
        self._done.clear()
        self.tell(f"Training process lost: {last_words}. Press space to continue from 1 s ago.", True)
        self.look()
