"""`tui-nn keys`: every key with what it does, as a file that `tui-nn --keys FILE` reads."""

from __future__ import annotations

from collections.abc import Sequence

from tui_nn.files.visible import hand_on
from tui_nn.settings.flags import Parser
from tui_nn.settings.keymaps.files import read_keymap, write_keymap
from tui_nn.settings.keymaps.keymap import Keymap


def make_parser() -> Parser:
    """Return the parser of `tui-nn keys`."""
    parser = Parser(
        prog="tui-nn keys",
        usage="tui-nn keys [FILE]",
        description="Write every action with its keys, to be changed and used: tui-nn keys > my.keys, then "
        "tui-nn --keys my.keys. With a map its own: a file, or vim or no-brackets, which ship.",
    )
    parser.add_argument("map", metavar="FILE", nargs="?", help="a map of keys; default: the usual keys")
    return parser


def main(words: Sequence[str]) -> int:
    """Print the map. Raises FileError for one that cannot be used."""
    arguments = make_parser().read(words)
    keymap = Keymap() if arguments.map is None else read_keymap(arguments.map)
    hand_on(write_keymap(keymap))
    return 0
