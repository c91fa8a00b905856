"""A sweep is told of by its journal, and a run of it trained, in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tui_nn.settings.config import Config
from tui_nn.sweeps.journal import open_journal
from tui_nn.sweeps.journal_lines import Progress
from tui_nn.sweeps.runs import Run
from tui_nn.training.whole_run import train_whole

Talk = Callable[..., list[str]]


def a_journal(place: Path) -> list[float]:
    """Write a sweep of two rates with two seeds, of which five runs were planned; return the losses."""
    losses = []
    with open_journal(place) as journal:
        for number in range(4):
            rate, seed = (0.003, 0.03)[number // 2], number % 2
            config = Config(learning_rate=rate, epochs=4, weights_seed=seed, data_seed=seed)
            record = train_whole(config)[1]
            run = Run((("learning_rate", str(rate)),), seed, config)
            journal.add([(run, record)], Progress(number + 1, 5, 1.0))
            losses.append(record["test_loss"])
    return losses


def test_how_it_stands_is_said_the_best_run_first(talk: Talk, tmp_path: Path) -> None:
    losses = a_journal(tmp_path / "j.jsonl")
    best = losses.index(min(losses)) + 1

    said = talk("repeat", flags=("--journal", "j.jsonl"))

    state = next(line for line in said if line.startswith("interrupted"))
    assert state == f"interrupted, 4 of 5 runs, best test loss {min(losses):.4f}, run {best}."
    runs = [line for line in said if re.match(r"run \d", line)]
    assert runs[0].startswith(f"run {best}, group b, learning rate 0.03")
    assert f"test {min(losses):.4f}" in runs[0]
    assert any(line.startswith("learning rate 0.03: median test loss") for line in said)
    assert "No sweep writes here now: the same command goes on from this journal." in said


def test_a_run_is_trained_to_the_number_of_the_journal_and_undone(talk: Talk, tmp_path: Path) -> None:
    losses = a_journal(tmp_path / "j.jsonl")

    said = talk("open j.jsonl", "sweep run 3", "undo", "where", "sweep run 9", "sweep run")

    assert "Run 3 of the sweep trains from its start. undo takes it back." in said
    ended = f"Run 3 is where it ended in the sweep: test loss {losses[2]:.4f}, as in the journal"
    assert f"{ended} to the last digit." in said
    assert "sweep run 9 is not allowed; a number from 1 to 4" in said
    assert "sweep run nothing is not allowed; a number from 1 to 4" in said


def test_a_file_that_is_no_journal_is_said(talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("x,y\n1,2\n")

    said = talk("sweep", "sweep t.csv", "sweep nothing.jsonl")

    assert "No sweep is open; sweep FILE opens the journal that tui-nn sweep --journal FILE writes." in said
    assert any(line.endswith("t.csv is no journal of a sweep.") for line in said)
    assert any(line.endswith("nothing.jsonl cannot be read: No such file or directory.") for line in said)
