"""Damaged files of every kind: a short run of the long one in benchmarks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DAMAGED_FILES = Path(__file__).resolve().parents[2] / "benchmarks" / "damaged_files.py"


def test_damaged_files_lead_to_a_sentence_or_a_right_answer() -> None:
    words = [sys.executable, str(DAMAGED_FILES), "--files", "1500", "--seed", "1"]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "\n0 faults" in ended.stdout
