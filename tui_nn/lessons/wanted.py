"""What a lesson wants of the run and the screen that it is played on."""

from __future__ import annotations

from dataclasses import dataclass, field

from tui_nn.lessons.lesson import Settings
from tui_nn.settings.config import Config


@dataclass(frozen=True)
class Wanted:
    """What is to be done to the run and the screen."""

    begin: Config | None = None
    """Begin anew with these settings."""
    change: Settings = field(default_factory=dict)
    weights: tuple[tuple[int, int, int, float], ...] = ()
    train: int | None = None
    """So many epochs; 0: until told otherwise."""
    pauses: bool = False
    screen: str = ""
    page: str = ""
    keys: tuple[str, ...] = ()
    """To be pressed for a person."""
    says: str = ""
    finished: bool = False
    """Whether the task has just been done."""
