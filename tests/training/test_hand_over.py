"""A checkpoint is handed over when it is due, when it is another one, and when it is worth going back to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tui_nn.settings.config import Config
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.hand_over import HandOver
from tui_nn.training.trainer import Trainer

SMALL = Config(samples=60, batch_size=7)


class Hands:
    """A trainer, and what was handed over of it."""

    def __init__(self, clock: Any, every_s: float | None = 1.0) -> None:
        self.trainer, self.got = Trainer(SMALL), list[Checkpoint]()
        self.hand_over = HandOver(self.trainer, every_s, clock)

    def offered(self, publish: Callable[[Checkpoint], None] | None = None) -> bool:
        """Offer a checkpoint; return whether it was handed over."""
        before = len(self.got)
        self.hand_over.offer(2.5, publish or self.got.append)
        return len(self.got) > before

    def advance(self) -> None:
        self.trainer.advance()


def test_a_changed_run_is_handed_over_when_it_is_due(clock: Any) -> None:
    hands = Hands(clock)
    hands.advance()
    assert hands.offered()
    assert (hands.got[0].step, hands.got[0].training_seconds) == (1, 2.5)
    hands.advance()
    clock.now = 0.99
    assert not hands.offered()
    clock.now = 1.0

    assert hands.offered()


def test_the_same_moment_is_not_handed_over_again_unless_something_else_changed(clock: Any) -> None:
    hands = Hands(clock)
    hands.advance()
    assert hands.offered()
    clock.now = 5.0
    assert not hands.offered()
    hands.hand_over.changed()

    assert hands.offered()


def test_who_has_the_moment_does_not_get_it(clock: Any) -> None:
    hands = Hands(clock)
    hands.advance()
    hands.hand_over.has_it()

    assert not hands.offered()


def test_of_a_run_that_diverged_nothing_is_handed_over(clock: Any) -> None:
    hands = Hands(clock)
    hands.advance()
    hands.trainer.network.parameters[:] = np.nan
    hands.advance()

    assert hands.trainer.trouble
    assert not hands.offered()


def test_it_rests_longer_the_longer_it_took(clock: Any) -> None:
    hands = Hands(clock)

    def slowly(_: Checkpoint) -> None:
        clock.now += 0.5

    hands.advance()
    hands.offered(slowly)
    hands.advance()
    rest = hands.hand_over.wait_s

    # Fifty times the half second that it took, counted from its beginning.
    assert rest == 24.5
    clock.now += rest
    assert hands.offered()


def test_it_waits_for_nothing_while_nothing_changed_or_nobody_wants_it(clock: Any) -> None:
    wanted, unwanted = Hands(clock), Hands(clock, every_s=None)
    for hands in (wanted, unwanted):
        assert hands.hand_over.wait_s is None
        hands.advance()

    assert wanted.hand_over.wait_s == 0.0
    assert unwanted.hand_over.wait_s is None
    assert not unwanted.offered()
