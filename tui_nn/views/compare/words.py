"""How the runs of a comparison are named, and their numbers written."""

from __future__ import annotations

from collections.abc import Sequence

from tui_nn.settings.config import SETTINGS
from tui_nn.views.compare.values import RunSeen

NAMES = "123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def mark_of(number: int) -> str:
    """Return one character that stands for a run on its line."""
    return NAMES[(number - 1) % len(NAMES)]


def value_text(run: RunSeen, name: str) -> str:
    """Return a setting of a run."""
    return SETTINGS[name].kind.format(getattr(run.config, name))


def run_words(run: RunSeen, names: Sequence[str], room: int) -> str:
    """Return the number of a run and, as far as there is room, the settings in which it differs."""
    words = str(run.number)
    for name in names:
        longer = f"{words} {value_text(run, name)}"
        if len(longer) > room:
            break
        words = longer
    return words


def loss_words(value: float | None) -> str:
    """Return a loss in six cells at most."""
    if value is None:
        return "-"
    return f"{value:.4f}" if abs(value) < 10 else f"{value:.2f}" if abs(value) < 1000 else f"{value:.0e}"


def score_words(run: RunSeen) -> str:
    """Return the accuracy on the test set, or R²."""
    metrics = run.metrics
    accuracy = metrics.train_accuracy if metrics.test_accuracy is None else metrics.test_accuracy
    if accuracy is not None:
        return f"{100 * accuracy:.1f} %"
    score = metrics.train_r2 if metrics.test_r2 is None else metrics.test_r2
    return "-" if score is None else f"R² {score:.2f}"


def result_words(run: RunSeen) -> str:
    """Return loss and accuracy on the test set, or that there are none."""
    if run.is_lost:
        return run.ended
    return f"{loss_words(run.measure('test loss'))} {score_words(run)}"
