from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tui_nn.files.announcing import announced, found


def test_without_sessions_it_says_so(call: Any, tmp_path: Path) -> None:
    words = call("status", TUI_NN_STATE=str(tmp_path))
    record = call("status", "--json", TUI_NN_STATE=str(tmp_path))

    assert words.stdout.startswith("No session is running")
    assert json.loads(record.stdout) == {"sessions": []}


def test_a_session_is_found_asked_and_gone_at_its_end(
    command: Any, command_environment: Mapping[str, str], tmp_path: Path
) -> None:
    path = str(tmp_path / "run.sock")
    begun = {
        where: subprocess.Popen(
            [sys.executable, "-m", "tui_nn", "session", "--dataset", "xor", *flags],
            env={**command_environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for where, flags in {path: ("--socket", path), None: ()}.items()
    }
    inputs = begun[None]
    assert inputs.stdout is not None
    inputs.stdout.readline()
    sessions: list[dict[str, Any]] = []
    while len(sessions) < 2 and begun[path].poll() is None:
        sessions = json.loads(command("status", "--json").stdout)["sessions"]
    words = command("status").stdout
    for process in begun.values():
        process.terminate()
        process.communicate(timeout=30)
    by_socket = {session["socket"]: session for session in sessions}

    assert by_socket[path]["pid"] == begun[path].pid
    assert by_socket[path]["run"]["status"] == "paused"
    assert by_socket[path]["run"]["step"] == 0
    assert by_socket[None]["run"] is None
    assert "standard input" in words
    assert json.loads(command("status", "--json").stdout)["sessions"] == []


def test_what_a_dead_process_left_is_removed(tmp_path: Path) -> None:
    left = tmp_path / "1.json"
    left.write_text('{"pid": 1}')
    (tmp_path / "2.json").write_text("no facts")

    assert found(tmp_path) == []
    assert not left.exists()


def test_a_process_is_found_while_it_runs(tmp_path: Path) -> None:
    with announced(tmp_path / "new", {"pid": os.getpid()}):
        inside = found(tmp_path / "new")

    assert inside == [{"pid": os.getpid()}]
    assert list((tmp_path / "new").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_no_reason_not_to_run(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with announced(file / "below", {}):
        assert found(file / "below") == []
