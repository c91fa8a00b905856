"""Random keys, bursts, pastes, broken sequences and windows: a short run of the long one in benchmarks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FUZZ = Path(__file__).resolve().parents[2] / "benchmarks" / "fuzz.py"


@pytest.mark.parametrize("screen", ["playground", "digits", "space", "neuron", "walk", "landscape"])
def test_nothing_that_is_typed_ends_it_hangs_it_or_changes_the_terminal(screen: str) -> None:
    words = ["--actions", "150", "--screen", screen, "--seed", "1", "--leave-s", "20"]
    ended = subprocess.run(
        [sys.executable, str(FUZZ), *words], capture_output=True, text=True, timeout=200, check=False
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
