"""What a lesson wants of a run, given to it, wherever the lesson is played."""

from __future__ import annotations

from collections.abc import Callable

from tui_nn.lessons.wanted import Wanted
from tui_nn.settings.config import Config
from tui_nn.training import commands as do
from tui_nn.training.remote.run import Run


def give(wanted: Wanted, run: Run, begin: Callable[[Config], object]) -> None:
    """Begin the run anew, change it, give it weights, train it, as far as that is wanted."""
    if wanted.begin is not None:
        begin(wanted.begin)
    if wanted.change:
        run.use(run.config.replace(**wanted.change), "The step changes settings.")
    for layer, source, unit, value in wanted.weights:
        run.send(do.SetParameter(layer - 1, source - 1 if source else None, unit - 1, value))
    if wanted.train:
        run.send(do.RunEpochs(wanted.train))
    elif wanted.train == 0:
        run.play()
