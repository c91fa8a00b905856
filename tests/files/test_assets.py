from __future__ import annotations

import json

import pytest

from tui_nn.files.assets import asset_path


def test_the_presets_are_shipped() -> None:
    assert json.loads(asset_path("presets.json").read_text(encoding="utf-8"))


def test_a_file_that_is_not_shipped_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="assets/no-such-file"):
        asset_path("no-such-file")
