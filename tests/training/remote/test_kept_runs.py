from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tui_nn.files.errors import FileError
from tui_nn.settings.config import Config
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.remote.kept_runs import MOST_RUNS, KeptRuns
from tui_nn.training.saved_run import load_run
from tui_nn.training.trainer import Trainer


def checkpoint(steps: int = 3, **settings: object) -> Checkpoint:
    trainer = Trainer(Config(samples=20, hidden_sizes=(3,)).replace(**settings))
    for _ in range(steps):
        trainer.advance()
    return trainer.checkpoint()


def ended(folder: Path, steps: int, name: str = "playground") -> Path:
    """Let a session keep a run, and end."""
    session = KeptRuns(folder)
    session.keep(checkpoint(steps), name)
    session.close()
    found = session.lost()
    assert found is not None
    return found[0]


def test_a_run_goes_on_to_the_bit_from_what_was_kept(tmp_path: Path) -> None:
    straight = Trainer(Config(samples=20, hidden_sizes=(3,)))
    for _ in range(10):
        straight.advance()
    other = Trainer(Config(samples=20, hidden_sizes=(3,)))
    other.load(load_run(ended(tmp_path, 4)).checkpoint())
    for _ in range(6):
        other.advance()

    assert np.array_equal(straight.network.parameters, other.network.parameters)


def test_a_run_of_a_session_that_lives_is_not_lost(tmp_path: Path) -> None:
    session = KeptRuns(tmp_path)
    session.keep(checkpoint(), "playground")

    assert KeptRuns(tmp_path).lost() is None
    session.close()
    assert KeptRuns(tmp_path).lost() is not None


def test_a_session_that_was_killed_lives_no_more(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from tui_nn.training.remote.kept_runs import KeptRuns\nfrom tui_nn.settings.config import Config\n"
        "from tui_nn.training.trainer import Trainer\n"
        "KeptRuns(Path(sys.argv[1])).keep(Trainer(Config(samples=20)).checkpoint(), 'playground')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], env=environment, check=False)

    assert KeptRuns(tmp_path).lost() is not None


def test_the_newest_is_offered_and_what_was_refused_is_not(tmp_path: Path) -> None:
    older, newer = ended(tmp_path, 1), ended(tmp_path, 2)
    os.utime(older, (1, 1))
    runs = KeptRuns(tmp_path)

    assert runs.lost() is not None
    assert runs.lost()[0] == newer  # type: ignore[index]
    runs.put_away(newer)
    assert runs.lost()[0] == older  # type: ignore[index]
    runs.put_away(older)
    assert runs.lost() is None
    assert len(list(tmp_path.glob("*.npz"))) == 2


def test_the_last_five_stay(tmp_path: Path) -> None:
    for number in range(MOST_RUNS + 3):
        os.utime(ended(tmp_path, number), (number, number))
    session = KeptRuns(tmp_path)
    session.keep(checkpoint(), "playground")

    steps = sorted(load_run(path).checkpoint().step for path in tmp_path.glob("*.npz"))
    assert steps == [3, 4, 5, 6, 7]
    assert len(list(tmp_path.iterdir())) == MOST_RUNS + 1  # and the lock of the one that lives


def test_a_lost_run_can_be_taken_over(tmp_path: Path) -> None:
    lost = ended(tmp_path, 7)
    session = KeptRuns(tmp_path)
    path = session.adopt(lost, "playground")

    assert load_run(path).checkpoint().step == 7
    assert KeptRuns(tmp_path).lost() is None
    with pytest.raises(FileError, match="is gone"):
        KeptRuns(tmp_path).adopt(lost, "playground")


def test_what_nobody_would_miss_is_dropped(tmp_path: Path) -> None:
    session = KeptRuns(tmp_path)
    session.keep(checkpoint(), "playground")
    session.drop("playground")
    session.close()

    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui_nn.training.remote.kept_runs.MOST_BYTES", 100)

    with pytest.raises(FileError, match="too large"):
        KeptRuns(tmp_path).keep(checkpoint(), "playground")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(FileError, match="cannot be made"):
        KeptRuns(tmp_path / "file" / "runs").keep(checkpoint(), "playground")
    assert KeptRuns(tmp_path / "file" / "runs").lost() is None
