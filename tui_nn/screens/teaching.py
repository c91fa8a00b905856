"""What screens of a run do in teaching: explain the moment that the run waits at; any key goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Key
from textual.reactive import reactive

from tui_nn.screens.window import WindowScreen
from tui_nn.settings.moments import MOMENTS
from tui_nn.training.commands import GoOn, LeaveMoment
from tui_nn.training.snapshot import Snapshot, Status

if TYPE_CHECKING:
    from tui_nn.screens.moment import MomentScreen
    from tui_nn.training.moments.log import Moment
    from tui_nn.training.remote.run import Run

WALK, TEACH = "f", "T"
ON = "Teaching: the run pauses at each moment and explains it. T ends that."
OFF = "The run pauses at moments no more."


class TeachingScreen(WindowScreen[None]):
    """Opens a card over the screen; see MomentScreen."""

    run: Run
    snapshot: reactive[Snapshot | None]

    _card: MomentScreen | None = None
    _left: tuple[Moment, ...] = ()
    """What was gone on from, until the run is seen to do so."""

    def on_mount(self) -> None:
        """Look at each moment that is shown."""
        self.watch(self, "snapshot", self._look, init=False)

    def on_screen_resume(self) -> None:
        """Explain what was come to while something else lay over the screen."""
        self._look(self.snapshot)

    def on_descendant_blur(self) -> None:
        """Explain what was come to while something was typed."""
        self.call_after_refresh(lambda: self._look(self.snapshot))

    def action_teach(self) -> None:
        """Let the run pause at every kind of moment; or, where it pauses at any, at none."""
        kinds = () if self.run.config.pause_on else tuple(MOMENTS)
        self.run.use(self.run.config.replace(pause_on=kinds), ON if kinds else OFF)

    def _look(self, snapshot: Snapshot | None) -> None:
        if snapshot is None or not snapshot.paused_at:
            self._left = ()
            if self._card is not None:
                self._card.close()
        elif snapshot.paused_at != self._left and self._can_explain:
            self._explain(snapshot.paused_at, snapshot.status)

    @property
    def _can_explain(self) -> bool:
        """Whether there is room, and nothing that is read or typed."""
        is_busy = self.has_class("-tiny") or self.has_class("-asking")
        return self._card is None and self.app.screen is self and not is_busy

    def _explain(self, moments: tuple[Moment, ...], status: Status) -> None:
        from tui_nn.screens.moment import MomentScreen  # the first picture waits for no moment

        def go_on(event: Key | None) -> None:
            self._card, self._left = None, moments
            if event is not None:
                self.call_later(self._go_on, event, status)

        self._card = MomentScreen(
            moments, can_go_on=status is Status.PAUSED, is_ascii=self.app.has_class("-ascii")
        )
        self.app.push_screen(self._card, go_on)

    async def _go_on(self, event: Key, status: Status) -> None:
        """Do what a key says at the card: it goes on, or does its own work where the run has ended."""
        if event.key == WALK:
            self.run.send(LeaveMoment())
            await self.app.run_action("walk")
        elif status is not Status.PAUSED:
            self.run.send(LeaveMoment())
            self.app.post_message(Key(event.key, event.character))
        else:
            if event.key == TEACH:
                self.action_teach()
            self.run.send(GoOn())
            self.run.tell("Running.")
