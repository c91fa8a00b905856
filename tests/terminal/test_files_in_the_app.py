"""Files named at a prompt: what cannot be is a sentence at once, and no other run is written over unasked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

Open = Any


def name(terminal: Any, key: str, path: str) -> None:
    """Answer the prompt that a key opens."""
    terminal.type(key)
    terminal.until("save to" if key == "w" else "open")
    terminal.type(path + "\r")


def test_another_run_is_written_over_only_after_a_yes(open_terminal: Open, tmp_path: Path) -> None:
    file = tmp_path / "run.npz"
    file.write_bytes(b"another run")
    terminal = open_terminal("--paused", size=(120, 36))
    terminal.until("Paused. Press space")
    name(terminal, "w", "run.npz")
    terminal.until("run.npz is there already.")
    terminal.type("s")
    terminal.until("One step.")

    assert file.read_bytes() == b"another run"
    name(terminal, "w", "run.npz")
    terminal.until("run.npz is there already.")
    terminal.type("y")
    terminal.until("Saved to")
    assert file.read_bytes().startswith(b"PK")
    name(terminal, "w", "run.npz")
    terminal.until(lambda: "Saved to" in terminal.text and "save to" not in terminal.text)


def test_what_is_no_file_is_said_at_once_and_the_app_goes_on(open_terminal: Open, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    terminal = open_terminal("--paused", size=(120, 36))
    terminal.until("Paused. Press space")
    for key, path, words in [
        ("o", "pipe", "it is a named pipe"),
        ("o", "/dev/null", "it is a device"),
        ("w", "pipe", "is there already"),
        ("w", "~nobody-here/x", "there is no home folder"),
        ("o", "~nobody-here/x", "there is no home folder"),
        ("w", "x" * 300, "too long"),
        ("w", "nowhere/x.npz", "there is no folder"),
    ]:
        name(terminal, key, path)
        terminal.until(lambda words=words: words in " ".join(terminal.text.split()))
        if words == "is there already":
            terminal.type("y")
            terminal.until("Not written: it is a")
    terminal.type("\x11")

    assert terminal.wait() == 0
