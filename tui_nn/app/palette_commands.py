"""The command palette's list: every action of the table, found by its words."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from tui_nn.screens.actions import ACTIONS


class ActionPalette(CommandPalette):
    """Textual's palette, which fails on page keys while its list is empty, and closes once for each enter."""

    _hit: DiscoveryHit | Hit | None = None
    _is_closed = _has_run = False

    @property
    def _selected_command(self) -> DiscoveryHit | Hit | None:
        """What is to be run: nothing more once something has been, however many enters wait."""
        return None if self._has_run else self._hit

    @_selected_command.setter
    def _selected_command(self, hit: DiscoveryHit | Hit | None) -> None:
        self._hit = hit

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close; a second call does nothing, instead of closing what lies below."""
        if self._is_closed:
            return AwaitComplete.nothing()  # type: ignore[no-untyped-call, no-any-return]
        self._is_closed = True
        self.call_next(self._run_no_more)
        return super().dismiss(result)

    def _run_no_more(self) -> None:
        self._has_run = True

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)


class ActionCommands(Provider):
    """Offers the actions."""

    async def discover(self) -> Hits:
        """Yield all actions, as shown before anything is typed."""
        for action in ACTIONS:
            run = partial(self.app.run_action, action.name)
            yield DiscoveryHit(action.help, run, help=f"key {action.shown}")

    async def search(self, query: str) -> Hits:
        """Yield the actions whose help matches."""
        matcher = self.matcher(query)
        for action in ACTIONS:
            score = matcher.match(action.help)
            if score > 0:
                run = partial(self.app.run_action, action.name)
                yield Hit(score, matcher.highlight(action.help), run, help=f"key {action.shown}")
