"""`tui-nn status`: the sessions of this user that run now, and how far those are that can be asked."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from tui_nn.commands.table import table
from tui_nn.files.announcing import found
from tui_nn.files.errors import FileError
from tui_nn.files.places import sessions_folder
from tui_nn.files.sockets import connected
from tui_nn.files.visible import say
from tui_nn.settings.flags import Parser

PATIENCE_S = 1.0
NONE = "No session is running; `tui-nn session --socket PATH` starts one."


def make_parser() -> Parser:
    """Return the parser of `tui-nn status`."""
    parser = Parser(prog="tui-nn status", description="List your sessions that are running.")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def main(words: Sequence[str]) -> int:
    """Print the sessions. Raises FileError."""
    arguments = make_parser().read(words)
    sessions = [{**facts, "run": _asked(facts.get("socket"))} for facts in found(sessions_folder())]
    if arguments.json:
        say(json.dumps({"sessions": sessions}))
    elif not sessions:
        say(NONE)
    else:
        header = ["process", "since", "data set", "status", "epoch", "step", "train loss", "socket"]
        say(*table(header, [_row(session) for session in sessions]))
    return 0


def _row(session: dict[str, Any]) -> list[str]:
    run = session["run"] or {}
    since = datetime.fromtimestamp(float(session.get("began", 0))).strftime("%Y-%m-%d %H:%M")
    loss = run.get("train_loss")
    return [
        str(session.get("pid", "?")),
        since,
        str(session.get("dataset", "?")),
        str(run.get("status", "not asked")),
        str(run.get("epoch", "-")),
        f"{run['step']:,}" if "step" in run else "-",
        "-" if loss is None else f"{loss:.4f}",
        str(session.get("socket") or "standard input"),
    ]


def _asked(socket: Any) -> dict[str, Any] | None:
    """Return what a session at a socket answers about its run; None where it cannot be asked."""
    if not isinstance(socket, str):
        return None
    with suppress(FileError, OSError, ValueError), connected(Path(socket), PATIENCE_S) as caller:
        caller.sendall(b'{"id": 1, "do": "status"}\n')
        until, heard = time.monotonic() + PATIENCE_S, b""
        while time.monotonic() < until and (data := caller.recv(1 << 16)):
            heard += data
            for line in heard.split(b"\n")[:-1]:
                answer: dict[str, Any] = json.loads(line)
                if answer.get("id") == 1:
                    return {name: value for name, value in answer.items() if name not in ("id", "ok")}
    return None
