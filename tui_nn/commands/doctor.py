"""`tui-nn doctor`: what terminal, machine and folders are like, each with what to change."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict

from tui_nn.commands.checkup.finding import NOTE, OK, TROUBLE, Finding
from tui_nn.commands.checkup.machine import look_at_machine
from tui_nn.commands.checkup.places import look_at_places
from tui_nn.commands.checkup.terminal import look_at_terminal
from tui_nn.files.visible import say
from tui_nn.render.ascii_text import ascii_only
from tui_nn.render.terminal import is_utf8
from tui_nn.settings.flags import Parser

MARKS = {OK: " ", NOTE: "-", TROUBLE: "!"}
FAILED = 1


def make_parser() -> Parser:
    """Return the parser of `tui-nn doctor`."""
    parser = Parser(prog="tui-nn doctor", description="Look at terminal, machine and folders.")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def main(words: Sequence[str]) -> int:
    """Print what was found; return 1 where something does not work."""
    arguments = make_parser().read(words)
    found = [*look_at_terminal(os.environ), *look_at_machine(os.environ), *look_at_places()]
    is_well = all(finding.state != TROUBLE for finding in found)
    if arguments.json:
        say(json.dumps({"ok": is_well, "findings": [asdict(finding) for finding in found]}))
    else:
        is_plain = not is_utf8(os.environ) or "utf" not in (sys.stdout.encoding or "").lower()
        say(*(ascii_only(line) if is_plain else line for line in described(found)))
    return 0 if is_well else FAILED


def described(found: Sequence[Finding]) -> list[str]:
    """Return the findings as lines, topic by topic; `-` marks what could be more, `!` what does not work."""
    width = max(len(finding.name) for finding in found)
    lines: list[str] = []
    for index, finding in enumerate(found):
        if index == 0 or finding.topic != found[index - 1].topic:
            lines += ["", finding.topic] if lines else [finding.topic]
        lines.append(f"{MARKS[finding.state]} {finding.name:<{width}}  {finding.value}".rstrip())
        if finding.change:
            lines.append(f"    {finding.change}")
    troubles = sum(finding.state == TROUBLE for finding in found)
    total = f"{troubles} do not work" if troubles > 1 else "1 does not work"
    return [*lines, "", f"! {total}; see above." if troubles else "All works."]
