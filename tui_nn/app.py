"""The Textual app: keys become commands and settings, snapshots become pictures. It computes nothing."""

from __future__ import annotations

import asyncio
import select
import signal
import sys
from typing import Any

from textual.app import App
from textual.events import CursorPosition, Resize

from tui_nn.actions import bindings
from tui_nn.client import Client
from tui_nn.config import SETTINGS, Config, ConfigError
from tui_nn.edits import Edit, Edits
from tui_nn.pacing import CURSOR_QUERY, FrameLoop
from tui_nn.palette_commands import ActionCommands
from tui_nn.render.palette import palette_for
from tui_nn.screens.keys import KeysScreen
from tui_nn.screens.playground import PlaygroundScreen
from tui_nn.themes import THEMES
from tui_nn.training import commands as do
from tui_nn.training.snapshot import Notice, Snapshot, Status
from tui_nn.wording import change_in_words

EXIT_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
LOST_CHECK_S = 1.0
ASKED_S = 3.0
"""A second ctrl+c within so many seconds quits."""


class PlaygroundApp(App[int]):
    """The playground. Its return value is the exit status."""

    TITLE = "tui-nn"
    CSS_PATH = "app.tcss"
    BINDINGS = bindings()
    COMMANDS = {ActionCommands}
    COMMAND_PALETTE_BINDING = "f24"

    def __init__(self, config: Config, client: Client, *, depth: str, is_ascii: bool, **options: Any) -> None:
        self.config = config
        self.depth, self.is_ascii = depth, is_ascii
        super().__init__(**options)
        self.register_theme(THEMES[depth])
        self.theme = THEMES[depth].name
        self.client = client
        self.playground = PlaygroundScreen(palette_for(depth, is_ascii), config)
        self.edits = Edits()
        self.frames = FrameLoop(self._draw_frame, self._query_terminal, lambda: self.config.fps)
        self._snapshots: asyncio.Queue[Snapshot | None] = asyncio.Queue()
        self._generation = 0
        self._status = Status.PAUSED
        self._is_asked_to_leave = False

    async def on_mount(self) -> None:
        """Show the first screen, start the conversation with the trainer, listen to signals."""
        self.set_class(self.is_ascii, "-ascii")
        self.set_class(self.depth == "mono" and not self.is_ascii, "-mono")
        await self.push_screen(self.playground)
        loop = asyncio.get_running_loop()
        for number in EXIT_SIGNALS:
            loop.add_signal_handler(number, self.exit, 128 + number)
        self.set_interval(LOST_CHECK_S, self._leave_if_terminal_is_gone)
        self.run_worker(self._listen(), group="listen")
        self.run_worker(self.frames.run(), group="frames")
        if self.config.paused:
            self.tell("Paused. Press space to train, ? for all keys.")
        else:
            self._play()
            self.tell("A network learns. Press space to pause, ? for all keys.")
        self.frames.want()

    def on_unmount(self) -> None:
        """End the trainer while the event loop is there to close its pipes."""
        self.client.close()

    def send(self, command: do.Command) -> None:
        """Send a command and ask for a picture of what it did."""
        self.client.send(command)
        self.frames.want()

    def tell(self, text: str, is_warning: bool = False) -> None:
        """Say in words what happened."""
        self.playground.tell(text, is_warning)

    # -- running

    def action_toggle_run(self) -> None:
        """Run or pause; start another trainer where the last one is gone."""
        if self.client.is_lost:
            self._revive()
        elif self._status is Status.RUNNING:
            self._status = Status.PAUSED
            self.send(do.Pause())
            self.tell("Paused.")
        else:
            self._play()
            self.tell("Running.")

    def action_step(self) -> None:
        """Train one step."""
        self._run_some(do.RunSteps(1), "One step.")

    def action_epoch(self) -> None:
        """Train to the end of the epoch."""
        self._run_some(do.RunEpochs(1), "One epoch.")

    def action_epochs(self) -> None:
        """Train N epochs."""
        self._run_some(do.RunEpochs(self.config.epochs), f"{self.config.epochs:,} epochs, then pause.")

    def action_reset(self) -> None:
        """Start over from the same weights."""
        self.send(do.Reset())
        self.tell("Reset to the same first weights.")

    def action_new_weights(self) -> None:
        """Start over from other weights."""
        self.configure(weights_seed=(self.config.weights_seed + 1) % 2**32)
        self.send(do.Reset())
        self.tell(f"Reset to new first weights (seed {self.config.weights_seed}).")

    def action_new_data(self) -> None:
        """Draw other data."""
        self.configure(data_seed=(self.config.data_seed + 1) % 2**32)
        self.tell(f"New data (seed {self.config.data_seed}); the weights stay.")

    def action_recover(self, name: str = "") -> None:
        """Go back to the last good step of a run that diverged, with a smaller rate or a clipped gradient."""
        if self._status is not Status.DIVERGED:
            self.tell("The run has not diverged: there is nothing to recover from.")
            return
        remedies = {"learning_rate": self.config.learning_rate / 10, "clip_norm": 1.0}
        self.send(do.Recover())
        words = "Back to the last good step"
        if name:
            changes = {name: remedies[name]}
            words += f", {change_in_words(self.config, self.config.replace(**changes), name)}"
            self.configure(**changes)
        self.tell(f"{words}. Press space to train.")

    def _play(self) -> None:
        self._status = Status.RUNNING
        self.send(do.Play())

    def _run_some(self, command: do.Command, words: str) -> None:
        self._status = Status.PAUSED
        self.send(command)
        self.tell(words)

    # -- changing

    def configure(self, **changes: Any) -> None:
        """Change settings; say so, or why not."""
        try:
            config = self.config.replace(**changes)
        except ConfigError as error:
            label = SETTINGS[error.name].label
            self.tell(f"{label}: {error.value_text} is not allowed; {error.allowed}", is_warning=True)
            return
        words = ", ".join(change_in_words(self.config, config, name) for name in changes)
        self.tell(words)
        if config != self.config:
            self.edits.add(Edit(words, self.config, config))
            self._apply(config)

    def action_nudge(self, name: str, step: int) -> None:
        """Move a setting to its next value."""
        self.configure(**{name: SETTINGS[name].kind.neighbor(getattr(self.config, name), step)})

    def action_undo(self) -> None:
        """Take back the last change."""
        self._repeat(self.edits.undo(), "Undone", "undo", is_back=True)

    def action_redo(self) -> None:
        """Do it again."""
        self._repeat(self.edits.redo(), "Redone", "redo", is_back=False)

    def on_playground_screen_settings_changed(self, event: PlaygroundScreen.SettingsChanged) -> None:
        """Change what was changed on the screen."""
        self.configure(**event.changes)

    def on_playground_screen_parameter_changed(self, event: PlaygroundScreen.ParameterChanged) -> None:
        """Set the weight."""
        self.edits.add(Edit(event.words, event.before, event.after))
        self.tell(event.words)
        self._apply(event.after)

    def _repeat(self, edit: Edit | None, done: str, verb: str, is_back: bool) -> None:
        if edit is None:
            self.tell(f"There is nothing to {verb}.")
            return
        self._apply(edit.before if is_back else edit.after)
        self.tell(f"{done}: {edit.words}")

    def _apply(self, value: Config | do.SetParameter) -> None:
        if isinstance(value, do.SetParameter):
            self.send(value)
            return
        self.config = self.playground.config = value
        self._generation += 1
        self.send(do.Configure(value))

    # -- looking

    def action_keys(self) -> None:
        """Show the help page."""
        self.push_screen(KeysScreen())

    def action_ascii(self) -> None:
        """Switch between blocks and plain characters."""
        self.is_ascii = not self.is_ascii
        self.set_class(self.is_ascii, "-ascii")
        self.playground.show_palette(palette_for(self.depth, self.is_ascii))
        self.tell("Plain ASCII characters." if self.is_ascii else "Block characters.")
        self.frames.want()

    def on_playground_screen_looked(self) -> None:
        """Draw what is looked at now."""
        self.frames.want()

    def on_resize(self, _: Resize) -> None:
        """Draw for the new size."""
        self.frames.want()

    async def _draw_frame(self) -> bool:
        if self.client.is_lost:
            return False
        request = self.playground.view_request(self._generation)
        self.client.send(do.RequestSnapshot(request))
        snapshot = await self._snapshots.get()
        if snapshot is None:
            return False
        if snapshot.generation == self._generation and snapshot.config != self.config:
            self.config = self.playground.config = snapshot.config
        self._status = snapshot.status
        self.playground.show(snapshot, self.frames.frames_per_second)
        painted = asyncio.Event()
        self.screen.call_after_refresh(painted.set)
        await painted.wait()
        return snapshot.status is Status.RUNNING

    def _query_terminal(self) -> None:
        if self._driver is not None:
            self._driver.write(CURSOR_QUERY)

    def on_cursor_position(self, _: CursorPosition) -> None:
        """Take the terminal's answer: it has shown the last picture."""
        self.frames.answered()

    # -- the trainer

    async def _listen(self) -> None:
        await self.client.listen(self._snapshots.put_nowait, self._take_notice, self._lose_trainer)

    def _take_notice(self, notice: Notice) -> None:
        self.tell(notice.text, notice.is_error)
        self.frames.want()

    def _lose_trainer(self, last_words: str) -> None:
        self._status = Status.PAUSED
        self._snapshots.put_nowait(None)
        self.playground.show_lost(True)
        self.tell(f"The trainer is gone: {last_words}. Press space to go on from its last second.", True)

    def _revive(self) -> None:
        step = self.client.revive()
        self.playground.show_lost(False)
        self.run_worker(self._listen(), group="listen")
        self.tell(f"Another trainer goes on from step {step:,}. Press space to train.")
        self.frames.want()

    # -- leaving

    def action_leave(self) -> None:
        """Quit."""
        self.exit(0)

    def action_interrupt(self) -> None:
        """Ask at the first ctrl+c, quit at the second."""
        if self._is_asked_to_leave:
            self.exit(128 + signal.SIGINT)
        self._is_asked_to_leave = True
        self.set_timer(ASKED_S, self._forget_interrupt)
        self.tell("Press ctrl+c again to quit, or go on.", is_warning=True)

    def _forget_interrupt(self) -> None:
        self._is_asked_to_leave = False

    def _leave_if_terminal_is_gone(self) -> None:
        if self.is_headless or sys.__stdin__ is None:
            return
        poll = select.poll()
        poll.register(sys.__stdin__.fileno(), select.POLLHUP | select.POLLERR)
        if poll.poll(0):
            self.exit(128 + signal.SIGHUP)
