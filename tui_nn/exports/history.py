"""The curves of a run as a table."""

from __future__ import annotations

import csv
import io
import math

from tui_nn.exports.written import Written
from tui_nn.training.saved_run import SavedRun


def write_history(run: SavedRun) -> Written:
    """Return a line of names, then one for each recorded step; what was not measured is left empty."""
    score = "accuracy" if run.class_names else "r2"
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["step", "train_loss", "test_loss", f"train_{score}", f"test_{score}"])
    for step, *values in run.checkpoint().history_state["records"]:
        table.writerow([step, *("" if math.isnan(value) else f"{value:.9g}" for value in values)])
    return Written(text.getvalue().encode())
