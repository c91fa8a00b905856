"""The command palette's list: every action of the table, found by its words."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from tui_nn.screens.actions import ACTIONS


class ActionPalette(CommandPalette):
    """Textual's palette, which fails on page keys while its list has no lines yet."""

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
