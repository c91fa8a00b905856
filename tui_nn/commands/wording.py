"""How numbers of a run are written for a person."""

from __future__ import annotations

from tui_nn.training.snapshot import Metrics


def percent(fraction: float | None) -> str:
    """Return 0.9716 as "97.2 %", None as "-"."""
    return "-" if fraction is None else f"{100 * fraction:.1f} %"


def number(value: float | None) -> str:
    """Return a loss with three significant digits or so, None as "-"."""
    if value is None:
        return "-"
    return f"{value:.4f}" if abs(value) < 100 else f"{value:.3g}"


def describe(metrics: Metrics) -> str:
    """Return losses and accuracies, or R², in one line."""
    parts = [f"train loss {number(metrics.train_loss)}"]
    if metrics.test_loss is not None:
        parts.append(f"test loss {number(metrics.test_loss)}")
    if metrics.train_accuracy is not None:
        parts.append(f"train accuracy {percent(metrics.train_accuracy)}")
    if metrics.test_accuracy is not None:
        parts.append(f"test accuracy {percent(metrics.test_accuracy)}")
    if metrics.train_r2 is not None:
        parts.append(f"train R² {metrics.train_r2:.4f}")
    if metrics.test_r2 is not None:
        parts.append(f"test R² {metrics.test_r2:.4f}")
    return "  ".join(parts)


def describe_briefly(metrics: Metrics) -> str:
    """Return the training loss with the test accuracy, or R², in at most 30 characters."""
    if metrics.train_accuracy is not None:
        score = f"test {percent(metrics.test_accuracy)}"
    else:
        score = f"test R² {number(metrics.test_r2)}"
    return f"loss {number(metrics.train_loss)}  {score}"
