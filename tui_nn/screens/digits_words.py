"""What the Digits screen says: of its views, of test digits, of what a drawing can be called."""

from __future__ import annotations

from collections.abc import Sequence

from tui_nn.data.frame import DIGIT_NAMES
from tui_nn.views.images.values import ImageMoment

VIEWS = {
    "draw": "enter: draw; space: pen down or up.",
    "train": "{ }: other test digits; space: train.",
    "weights": "blue: positive weights; orange: negative.",
    "errors": "most confident first; t: all digits; tab: table.",
    "adversarial": "left right: push; enter: until it is misread.",
}
"""The views, and what is said when one is opened."""
OFFER = "These digits are generated. `tui-nn data mnist` downloads 70,000 real ones."
"""Said once, where they are looked at."""
LISTED = 24
"""Columns for the names of all classes in a prompt."""


def view_words(name: str) -> str:
    """Return what is said when a view is opened."""
    return f"{name.capitalize()}: {VIEWS[name]} v: next view."


def sample_words(moment: ImageMoment, number: int) -> str:
    """Return which test digit is looked at, and what it is."""
    label = moment.sample.label if moment.sample is not None else None
    name = "" if label is None else f": {moment.class_names[label]}"
    return f"Test digit {number % max(1, moment.n_samples) + 1:,} of {moment.n_samples:,}{name}"


def a_label(names: Sequence[str]) -> str:
    """Return in words what a drawing can be called."""
    if tuple(names) == DIGIT_NAMES:
        return "a digit from 0 to 9"
    listed = ", ".join(names)
    if len(listed) <= LISTED:
        return f"one of {listed}"
    return f"one of the {len(names)} classes, such as {names[0][:LISTED]}"
