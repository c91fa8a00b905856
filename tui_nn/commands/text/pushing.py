"""The word that pushes an image until the network misreads it."""

from __future__ import annotations

import numpy as np

from tui_nn.commands.text.action import Action, RefusedError
from tui_nn.commands.text.describing import moment_of
from tui_nn.commands.text.desk import Desk
from tui_nn.commands.text.digits import GROUP, drawing_of
from tui_nn.views.adversarial.draw import aim, became, smallest_words
from tui_nn.views.adversarial.values import Adversarial, AdversarialRequest, pushed


async def push(desk: Desk, words: str) -> None:
    """Say how little the drawing, or the first test picture, must change to be read as another class."""
    drawing = drawing_of(desk)
    names = tuple(desk.run.config.dataset_spec.class_names)
    if words and words not in names:
        raise RefusedError(f"push: {words[:40]} is not allowed; a class to push to: {', '.join(names)}")
    target = names.index(words) if words else None
    seen = (await moment_of(desk, AdversarialRequest(drawing, 0, target, finds=True))).reply(Adversarial)
    if seen is None:
        raise RefusedError("The network does not read drawings of this size.")
    what = "The drawing" if seen.sample is None else "Nothing is drawn, so the first test picture"
    desk.say(f"{what}, every pixel pushed {aim(seen)}.", smallest_words(seen))
    found = None if seen.found is None else seen.found.epsilon
    if found:
        moved = pushed(seen.image, seen.direction, found) - seen.image
        darker, lighter = (int(np.count_nonzero(moved * sign > 0)) for sign in (1, -1))
        desk.say(
            became(seen, found), f"{darker} pixels got more ink, {lighter} less, each by up to {found:.4f}."
        )


ACTIONS = (
    Action(
        "push",
        "CLASS",
        "how little each pixel must change for the drawing to be misread, or read as a class",
        GROUP,
        push,
        ("adversarial",),
    ),
)
