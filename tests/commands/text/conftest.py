from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

PATIENCE_S = 120
Talk = Callable[..., list[str]]


@pytest.fixture
def talk(command_environment: Mapping[str, str], tmp_path: Path) -> Talk:
    """Return what types lines into text mode through a pipe, and gives back the lines that were said."""
    folders = {name: str(tmp_path / name) for name in ("TUI_NN_DATA", "TUI_NN_CACHE", "TUI_NN_STATE")}

    def said(*lines: str, flags: tuple[str, ...] = (), status: int = 0) -> list[str]:
        ended = subprocess.run(
            [sys.executable, "-m", "tui_nn", "--text", *flags],
            input="".join(f"{line}\n" for line in lines).encode(),
            capture_output=True,
            cwd=tmp_path,
            env={**command_environment, **folders, "PYTHONIOENCODING": "utf-8"},
            timeout=PATIENCE_S,
            check=False,
        )
        assert ended.stderr == b""
        assert ended.returncode == status
        return ended.stdout.decode().splitlines()

    return said
