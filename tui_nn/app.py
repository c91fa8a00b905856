"""The Textual app: turns keys into commands and settings, and snapshots into pictures. It computes nothing."""

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
from tui_nn.pacing import CURSOR_QUERY, FrameLoop
from tui_nn.palette_commands import ActionCommands
from tui_nn.render.palette import palette_for
from tui_nn.screens.keys import KeysScreen
from tui_nn.screens.playground import PlaygroundScreen
from tui_nn.themes import THEMES
from tui_nn.training import commands as do
from tui_nn.training.snapshot import Notice, Snapshot, Status

EXIT_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
SMALLEST = (60, 20)
"""Columns and rows below which there is only a sentence."""
LOST_CHECK_S = 1.0


class PlaygroundApp(App[int]):
    """The playground. Its return value is the exit status."""

    TITLE = "tui-nn"
    CSS_PATH = "app.tcss"
    BINDINGS = bindings()
    COMMANDS = {ActionCommands}
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "f24"

    def __init__(self, config: Config, client: Client, *, depth: str, is_ascii: bool, **options: Any) -> None:
        self.config = config
        self.depth, self.is_ascii = depth, is_ascii
        super().__init__(**options)
        self.register_theme(THEMES[depth])
        self.theme = THEMES[depth].name
        self.client = client
        self.playground = PlaygroundScreen(palette_for(depth, is_ascii))
        self.frames = FrameLoop(self._draw_frame, self._query_terminal, lambda: self.config.fps)
        self._snapshots: asyncio.Queue[Snapshot | None] = asyncio.Queue()
        self._generation = 0
        self._is_running = not config.paused
        self._is_asked_to_leave = False

    async def on_mount(self) -> None:
        """Show the first screen, start the conversation with the trainer, listen to signals."""
        self.set_class(self.is_ascii, "-ascii")
        await self.push_screen(self.playground)
        self.playground.config = self.config
        loop = asyncio.get_running_loop()
        for number in EXIT_SIGNALS:
            loop.add_signal_handler(number, self.exit, 128 + number)
        self.set_interval(LOST_CHECK_S, self._leave_if_terminal_is_gone)
        self.run_worker(self._listen(), group="listen")
        self.run_worker(self.frames.run(), group="frames")
        if self._is_running:
            self.send(do.Play())
            self.call_after_refresh(self.tell, "A network learns. Press space to pause, ? for all keys.")
        else:
            self.call_after_refresh(self.tell, "Paused. Press space to train, ? for all keys.")
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

    def configure(self, **changes: Any) -> None:
        """Change settings; say so, or why not."""
        try:
            config = self.config.replace(**changes)
        except ConfigError as error:
            self.tell(
                f"{SETTINGS[error.name].label}: {error.value_text} is not allowed; {error.allowed}", True
            )
            return
        for name in changes:
            setting = SETTINGS[name]
            before, after = (setting.kind.format(getattr(c, name)) for c in (self.config, config))
            words = (
                f"{setting.label.capitalize()} {before} -> {after}"
                if before != after
                else (f"{setting.label.capitalize()} stays at {after}: {setting.kind.allowed}")
            )
            self.tell(words)
        self.config = self.playground.config = config
        self._generation += 1
        self.send(do.Configure(config))

    # -- keys

    def action_toggle_run(self) -> None:
        """Run or pause; start another trainer where the last one is gone."""
        if self.client.is_lost:
            self._revive()
        elif self._is_running:
            self._pause()
            self.tell("Paused.")
        else:
            self._is_running = True
            self.send(do.Play())
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
        self.tell(f"New first weights (seed {self.config.weights_seed}).")

    def action_new_data(self) -> None:
        """Draw other data."""
        self.configure(data_seed=(self.config.data_seed + 1) % 2**32)
        self.tell(f"New data (seed {self.config.data_seed}); the weights stay.")

    def action_nudge(self, name: str, step: int) -> None:
        """Move a setting to its next value."""
        self.configure(**{name: SETTINGS[name].kind.neighbor(getattr(self.config, name), step)})

    def action_keys(self) -> None:
        """Show the help page."""
        self.push_screen(KeysScreen())

    def action_leave(self) -> None:
        """Quit."""
        self.exit(0)

    def action_interrupt(self) -> None:
        """Ask at the first ctrl+c, quit at the second."""
        if self._is_asked_to_leave:
            self.exit(128 + signal.SIGINT)
        self._is_asked_to_leave = True
        self.set_timer(3, self._forget_interrupt)
        self.tell("Press ctrl+c again to quit, or go on.", True)

    # -- the run

    def _run_some(self, command: do.Command, words: str) -> None:
        self._is_running = False
        self.send(command)
        self.tell(words)

    def _pause(self) -> None:
        self._is_running = False
        self.send(do.Pause())

    def _revive(self) -> None:
        step = self.client.revive()
        self.playground.show_lost(False)
        self.run_worker(self._listen(), group="listen")
        self.tell(f"Another trainer goes on from step {step:,}. Press space to train.")
        self.frames.want()

    async def _listen(self) -> None:
        await self.client.listen(self._snapshots.put_nowait, self._take_notice, self._lose_trainer)

    def _take_notice(self, notice: Notice) -> None:
        self.tell(notice.text, notice.is_error)
        self.frames.want()

    def _lose_trainer(self, last_words: str) -> None:
        self._is_running = False
        self._snapshots.put_nowait(None)
        self.playground.show_lost(True)
        self.tell(f"The trainer is gone: {last_words}. Press space to go on from its last second.", True)

    # -- pictures

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
        is_running = snapshot.status is Status.RUNNING
        if not is_running:
            self._is_running = False
        self.playground.show(snapshot, self.frames.frames_per_second)
        painted = asyncio.Event()
        self.screen.call_after_refresh(painted.set)
        await painted.wait()
        return is_running

    def _query_terminal(self) -> None:
        if self._driver is not None:
            self._driver.write(CURSOR_QUERY)

    def on_cursor_position(self, _: CursorPosition) -> None:
        """Take the terminal's answer: it has shown the last picture."""
        self.frames.answered()

    def on_resize(self, event: Resize) -> None:
        """Ask for a picture of the new size."""
        self.set_class(event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1], "-too-small")
        self.frames.want()

    # -- leaving

    def _forget_interrupt(self) -> None:
        self._is_asked_to_leave = False

    def _leave_if_terminal_is_gone(self) -> None:
        if self.is_headless or sys.__stdin__ is None:
            return
        poll = select.poll()
        poll.register(sys.__stdin__.fileno(), select.POLLHUP | select.POLLERR)
        if poll.poll(0):
            self.exit(128 + signal.SIGHUP)
