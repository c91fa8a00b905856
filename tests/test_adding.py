"""Adding a view is one folder and one line, adding a key is one row: done here as the docs say, in a copy."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import tui_nn

ROOT = Path(tui_nn.__file__).parents[1]
DOCS = (ROOT / "docs" / "how-it-is-built.md").read_text(encoding="utf-8")
PATIENCE_S = 120

OPEN_THE_PAGE = """
import asyncio
from tui_nn.app.app import PlaygroundApp
from tui_nn.screens.inside import PAGES, InsideScreen
from tui_nn.settings.config import Config
from tui_nn.training.remote.client import Client
from tui_nn.training.remote.link import Link
from tui_nn.views.biases.page import BiasesPage, BiasesView

config = Config(paused=True, hidden_sizes=(7, 2), bias_init=0.5)

async def main():
    app = PlaygroundApp(config, Client(Link(config), config), depth="256", is_ascii=False)
    async with app.run_test(size=(120, 36)) as pilot:
        while app.shown.snapshot is None:
            await pilot.pause(0.02)
        await app.action_open("inside")
        app.shown.open_page(BiasesPage)
        while app.shown.query_one(BiasesView).seen is None:
            await pilot.pause(0.02)
        await pilot.pause()
        view = app.shown.query_one(BiasesView)
        print(view.seen.values.tolist())
        print("\\n".join(view.draw(6, 40).lines()))

asyncio.run(main())
"""
SHOW_THE_KEY = """
from tui_nn.app.turnstile import bindings
from tui_nn.settings.actions import ACTIONS
from tui_nn.screens.keys import keys_text

print([binding.action for binding in bindings() if binding.key == "ampersand"])
print("more noise in the data" in str(keys_text()))
"""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return the package in a folder of its own."""
    shutil.copytree(ROOT / "tui_nn", tmp_path / "tui_nn", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "assets", tmp_path / "assets")
    return tmp_path / "tui_nn"


def example(marker: str) -> str:
    (block,) = re.findall(rf"<!-- {marker} -->\n```python\n(.*?)```", DOCS, re.DOTALL)
    return str(block)


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


def run(package: Path, script: str) -> list[str]:
    words = [sys.executable, "-c", script]
    ended = subprocess.run(words, cwd=package.parent, capture_output=True, text=True, timeout=PATIENCE_S)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def test_a_view_is_one_folder_of_three_files_and_one_line(copied: Path) -> None:
    folder = copied / "views" / "biases"
    folder.mkdir()
    for name in ("look", "draw", "page"):
        (folder / f"{name}.py").write_text(example(f"view-{name}"), encoding="utf-8")
    edit(copied / "views" / "pages.py", '"moments", "ablation")', '"moments", "ablation", "biases")')

    values, *picture = run(copied, OPEN_THE_PAGE)

    assert values == str([0.5] * 7)
    assert "7 biases" in "\n".join(picture)


def test_a_key_is_one_row(copied: Path) -> None:
    begins = "ACTIONS: tuple[Action, ...] = (\n"
    edit(copied / "settings" / "actions.py", begins, begins + example("key-example"))

    assert run(copied, SHOW_THE_KEY) == ["[\"run('nudge', 'noise', 1)\"]", "True"]
