"""`tui-nn session`: a run that a program drives with JSON lines, on standard input or over a socket."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tui_nn.commands.protocol.conversation import Conversation
from tui_nn.commands.protocol.peers import Doors, Peer
from tui_nn.commands.protocol.schema import schema
from tui_nn.data import DataError
from tui_nn.files.announcing import announced
from tui_nn.files.paths import full_path
from tui_nn.files.places import sessions_folder
from tui_nn.files.sockets import listening
from tui_nn.files.visible import say
from tui_nn.settings.flags import Parser, UsageError, add_settings
from tui_nn.settings.precedence import read_config
from tui_nn.training.resume import begin_shared
from tui_nn.training.session import Session

SLICE_S = 0.002
"""Requests wait at most so long for training, or for one step."""


def make_parser() -> Parser:
    """Return the parser of `tui-nn session`."""
    parser = Parser(
        prog="tui-nn session",
        description="Drive a run from a program: one JSON object a line, both ways, "
        'such as {"id": 1, "do": "start", "epochs": 10}. docs/session.md lists what can be asked.',
    )
    socket_help = "listen at a Unix socket that only you can open, instead of standard input"
    parser.add_argument("--socket", metavar="PATH", help=socket_help)
    parser.add_argument("--schema", action="store_true", help="print the protocol as JSON Schema and leave")
    add_settings(parser)
    return parser


def main(words: Sequence[str]) -> int:
    """Serve until `quit`, the end of the input or a signal; return 0, or 128 + signal. Raises FileError."""
    arguments = make_parser().read(words)
    if arguments.schema:
        say(json.dumps(schema()))
        return 0
    try:
        config = read_config(arguments, os.environ).replace(speed=None)
        session = Session(config, timeline_bytes=0, slice_s=SLICE_S)
        begin_shared(session, arguments)
        with _doors(arguments) as doors, announced(sessions_folder(), _facts(arguments, session)):
            return _serve(session, doors)
    except DataError as error:
        raise UsageError(str(error)) from None


def _facts(arguments: Namespace, session: Session) -> dict[str, Any]:
    """Return by what `tui-nn status` knows this session."""
    path = None if arguments.socket is None else str(full_path(arguments.socket))
    return {
        "pid": os.getpid(),
        "socket": path,
        "began": time.time(),
        "dataset": session.trainer.config.dataset,
    }


def _serve(session: Session, doors: Doors) -> int:
    conversation = Conversation(session, doors)
    before = signal.set_wakeup_fd(doors.waker.fileno())  # a signal ends the wait for the next line
    try:
        with conversation.interruptible():
            session.run(conversation.receive, conversation.publish)
    finally:
        signal.set_wakeup_fd(before)
    return 128 + conversation.signal if conversation.signal else 0


@contextmanager
def _doors(arguments: Namespace) -> Iterator[Doors]:
    """Yield the way in and out. Raises FileError."""
    if arguments.socket is None:
        doors = Doors(peer=Peer(sys.stdin.fileno(), sys.stdout.fileno()))
        yield doors
        doors.close()
        return
    with listening(full_path(arguments.socket)) as listener:
        doors = Doors(listener=listener)
        yield doors
        doors.close()
