"""A session as requests see it: commands are obeyed one by one, and what comes of each is known at once.

`Session.run` draws its commands from a generator: behind each `yield` the command before it was obeyed.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

from tui_nn.commands.events import numbers
from tui_nn.commands.protocol.requests import RefusedError
from tui_nn.settings.config import Config
from tui_nn.training.commands import Command, Configure, RequestSnapshot
from tui_nn.training.session import Message, Session
from tui_nn.training.snapshot import Notice, Snapshot, Status, ViewRequest
from tui_nn.training.trainer import Trainer

Given = TypeVar("Given")
Doing = Generator[Command, None, Given]
"""Yields commands, each obeyed before it goes on; returns what came of them."""

LOOK = RequestSnapshot(ViewRequest(moments=True))


class Driven:
    """One session, and what it said last."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._notices: list[Notice] = []
        self._snapshot: Snapshot | None = None
        self.last_epoch: int | None = None
        """Where the run under way ends; None: nowhere."""

    def publish(self, message: Message) -> None:
        """Keep what the session said, by what it is."""
        if isinstance(message, Notice):
            self._notices.append(message)
        elif isinstance(message, Snapshot):
            self._snapshot = message

    @property
    def trainer(self) -> Trainer:
        """The run."""
        return self._session.trainer

    @property
    def is_training(self) -> bool:
        """Whether it trains now."""
        return self._session.status is Status.RUNNING

    @property
    def status(self) -> Status:
        """What it does, or how it ended."""
        return self._session.status

    @property
    def trouble(self) -> str:
        """Why it ended, in words; or nothing."""
        return self._session.trouble

    @property
    def training_seconds(self) -> float:
        """Seconds in the training loop."""
        return self._session.training_seconds

    def obey(self, *commands: Command) -> Doing[list[str]]:
        """Obey; return what was said to it."""
        self._notices.clear()
        yield from commands
        said, self._notices = self._notices, []
        return [notice.text for notice in said]

    def configure(self, config: Config) -> Doing[dict[str, Any]]:
        """Go on with other settings; return which are others now. Raises RefusedError."""
        before = self.trainer.config.to_dict()
        said = yield from self.obey(Configure(config))
        after = self.trainer.config.to_dict()
        changed = {name: value for name, value in after.items() if value != before[name]}
        if said and not changed and config != self.trainer.config:
            raise RefusedError(said[0])
        return {"changed": changed, "notices": said}

    def look(self) -> Doing[Snapshot]:
        """Return the moment, with the log of moments."""
        yield LOOK
        assert self._snapshot is not None
        return self._snapshot

    def moment(self) -> Doing[dict[str, Any]]:
        """Return status and numbers of the moment."""
        snapshot = yield from self.look()
        return {"status": snapshot.status.value, **numbers(snapshot)}
