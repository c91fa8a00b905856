from __future__ import annotations

from pathlib import Path

import pytest

from tui_nn.files.errors import FileError
from tui_nn.files.locking import locked


def test_a_folder_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    with (
        locked(tmp_path),
        pytest.raises(FileError, match="another process is writing"),
        locked(tmp_path, wait_s=0),
    ):
        raise AssertionError("both hold it")

    with locked(tmp_path, wait_s=0):
        pass


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="nowhere cannot be used: No such file"), locked(tmp_path / "nowhere"):
        pass
