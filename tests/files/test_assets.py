from __future__ import annotations

import json

import pytest

from tui_nn.files.assets import asset_path, readable_asset
from tui_nn.files.errors import FileError


def test_the_presets_are_shipped() -> None:
    assert json.loads(asset_path("presets.json").read_text(encoding="utf-8"))


def test_a_file_that_is_not_shipped_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="assets/no-such-file"):
        asset_path("no-such-file")


def test_what_is_said_of_files_is_said_of_one_that_is_not_shipped_too() -> None:
    assert readable_asset("presets.json") == asset_path("presets.json")
    with pytest.raises(FileError, match="lacks assets/no-such-file"):
        readable_asset("no-such-file")
