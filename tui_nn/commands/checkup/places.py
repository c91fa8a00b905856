"""Folders of a person: where they are, whether they can be written, what lies there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from tui_nn.commands.checkup.finding import NOTE, TROUBLE, Finding
from tui_nn.files.assets import asset_path
from tui_nn.files.errors import FileError
from tui_nn.files.paths import shown
from tui_nn.files.places import cache_folder, data_folder, drawings_file, kept_runs_folder, mnist_folder

LEAST_FREE = 100_000_000
FOLDERS: tuple[tuple[str, str, Callable[[], Path]], ...] = (
    ("cache", "TUI_NN_CACHE", cache_folder),
    ("data", "TUI_NN_DATA", data_folder),
    ("state", "TUI_NN_STATE", kept_runs_folder),
)


def look_at_places() -> Iterator[Finding]:
    """Yield each folder, and what is kept there."""
    for name, variable, find in FOLDERS:
        yield _folder(name, variable, find)
    try:
        yield Finding("kept", "MNIST", *_mnist())
        yield Finding("kept", "drawings", "some" if drawings_file().exists() else "none")
        runs = kept_runs_folder()
        count = len(list(runs.iterdir())) if runs.is_dir() else 0
        yield Finding("kept", "runs that nobody has written", str(count))
    except (FileError, OSError):
        pass  # the folder was found wrong above
    try:
        asset_path("digits.npz")
        yield Finding("kept", "network of digits", "there")
    except FileNotFoundError as error:
        yield Finding("kept", "network of digits", "missing", TROUBLE, f"Install it again: {error}.")


def _folder(name: str, variable: str, find: Callable[[], Path]) -> Finding:
    try:
        folder = find()
    except FileError as error:
        return Finding(
            "folders", name, "unusable", TROUBLE, f"Set {variable} to another folder: {error.why}."
        )
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    if not there.is_dir():
        return Finding(
            "folders", name, shown(folder), TROUBLE, f"Set {variable}: {shown(there)} is no folder."
        )
    if not os.access(there, os.W_OK | os.X_OK):
        change = f"Make {shown(there)} writable, or set {variable}; nothing is kept there now."
        return Finding("folders", name, f"{shown(folder)}, not writable", TROUBLE, change)
    free = shutil.disk_usage(there).free
    if free < LEAST_FREE:
        change = f"Make room, or set {variable}."
        return Finding("folders", name, f"{shown(folder)}, {free / 1e6:,.0f} MB free", NOTE, change)
    return Finding("folders", name, shown(folder))


def _mnist() -> tuple[str, str, str]:
    folder = mnist_folder()
    if folder.is_dir() and any(folder.iterdir()):
        return shown(folder), "ok", ""
    return "not downloaded", NOTE, "tui-nn data mnist downloads it; --dataset digits needs nothing."
