"""What a run is and how it stands, in a sentence each."""

from __future__ import annotations

from tui_nn.commands.wording import describe
from tui_nn.settings.config import Config
from tui_nn.settings.wording import capitalized
from tui_nn.training.snapshot import Snapshot


def run_words(snapshot: Snapshot, config: Config) -> str:
    """Return what is trained, on what and how."""
    sizes = "-".join(map(str, snapshot.layer_sizes))
    return f"{config.dataset}, network {sizes}, {config.optimizer}."


def state_words(snapshot: Snapshot) -> str:
    """Return epoch, step and measures, and why the run ended where it has."""
    measured = describe(snapshot.metrics).replace("  ", ", ")
    words = f"epoch {snapshot.epoch:,}, step {snapshot.step:,}: {measured}."
    return f"{words} {capitalized(snapshot.status.value)}: {snapshot.trouble}." if snapshot.trouble else words
