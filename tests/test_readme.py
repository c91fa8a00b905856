"""What the README promises is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tui_nn.cli import COMMANDS
from tui_nn.presets import presets

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("marker", ["install-line", "test-line"])
def test_a_line_that_is_checked_is_one_line_to_copy(marker: str) -> None:
    blocks = re.findall(rf"<!-- {marker} -->\n```sh\n(.*?)```", README, re.DOTALL)

    assert len(blocks) == 1
    assert blocks[0].count("\n") == 1
    assert blocks[0].startswith("python3 -m venv ")


def test_every_preset_is_explained() -> None:
    assert [name for name in presets() if f"`{name}`" not in README] == []


def test_every_command_is_named() -> None:
    assert [name for name in COMMANDS if f"tui-nn {name}" not in README] == []


def test_every_file_that_is_named_is_there() -> None:
    named = re.findall(r"\b(?:benchmarks|tests|assets|tui_nn)/[\w./-]*\w", README)

    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_no_registry_of_packages_is_named() -> None:
    hosts = re.compile(r"py" r"pi\.|pythonhosted|index-url", re.IGNORECASE)
    files = [ROOT / "README.md", ROOT / "pyproject.toml", ROOT / ".ci" / "run"]

    assert [file.name for file in files if hosts.search(file.read_text(encoding="utf-8"))] == []


def test_the_presets_are_plain_json() -> None:
    entries = json.loads((ROOT / "assets" / "presets.json").read_text(encoding="utf-8"))

    assert {tuple(entry) for entry in entries.values()} == {("help", "settings")}
