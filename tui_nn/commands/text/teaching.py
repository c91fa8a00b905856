"""Teaching in text mode: the run pauses at each moment, and says what it is and what helps."""

from __future__ import annotations

import os

from tui_nn.commands.text.action import Action
from tui_nn.commands.text.desk import Desk
from tui_nn.commands.text.key_words import in_words
from tui_nn.files.errors import FileError
from tui_nn.lessons.about import shipped_abouts
from tui_nn.lessons.course import language_of
from tui_nn.settings.moments import MOMENTS
from tui_nn.training.moments.log import Moment

GROUP = "Learn"
ON = "Teaching: the run pauses at each moment and explains it; run goes on. teach ends that."
OFF = "The run pauses at moments no more."


def teach(desk: Desk, words: str) -> None:
    """Let the run pause at every kind of moment; or, where it pauses at any, at none."""
    kinds = () if desk.run.config.pause_on else tuple(MOMENTS)
    desk.run.use(desk.run.config.replace(pause_on=kinds), ON if kinds else OFF)


def moment_words(moments: tuple[Moment, ...]) -> list[str]:
    """Return what moments are, what was seen of each, and what helps."""
    try:
        abouts = shipped_abouts(language_of(os.environ))
    except FileError:  # the run's own numbers are there all the same
        abouts = {}
    lines = []
    for moment in moments:
        kind, about = MOMENTS[moment.kind], abouts.get(moment.kind)
        lines.append(f"{kind.label.capitalize()}: {kind.help if about is None else about.shows}")
        lines.append(in_words(f"Here: {moment.what}."))
        lines += [in_words(f"{moment.advice}.")] if moment.advice else []
    return lines


ACTIONS = (Action("teach", "", "pause at each moment of a run and explain it, or no more", GROUP, teach),)
