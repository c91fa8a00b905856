"""`tui-nn man`: the manual page, made from the parsers that make --help."""

from __future__ import annotations

from collections.abc import Sequence

from tui_nn.files.visible import hand_on
from tui_nn.settings.flags import Parser


def make_parser() -> Parser:
    """Return the parser of `tui-nn man`."""
    return Parser(
        prog="tui-nn man",
        description="Print the manual page: `tui-nn man | man -l -` reads it, "
        "`tui-nn man > ~/.local/share/man/man1/tui-nn.1` installs it.",
    )


def main(words: Sequence[str]) -> int:
    """Print the page."""
    make_parser().read(words)
    from tui_nn.commands.shells.command_line import command_lines  # it loads every command
    from tui_nn.commands.shells.manual import manual

    hand_on(manual(command_lines()))
    return 0
