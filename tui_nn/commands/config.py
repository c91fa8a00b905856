"""`tui-nn config`: the settings of a saved run as a file for `--config`."""

from __future__ import annotations

from collections.abc import Sequence

from tui_nn.commands.models import check_given
from tui_nn.commands.share import read_shared_run
from tui_nn.files.paths import full_path
from tui_nn.files.visible import hand_on, say
from tui_nn.files.writing import replaced
from tui_nn.settings.flags import Parser
from tui_nn.settings.sharing.toml import write_toml
from tui_nn.training.run_files import check_place


def make_parser() -> Parser:
    """Return the parser of `tui-nn config`."""
    parser = Parser(
        prog="tui-nn config",
        usage="tui-nn config FILE [-o FILE.toml]",
        description="Write the settings of a saved run as TOML, which `--config` of every command reads.",
    )
    help = "a file that `tui-nn train --save` wrote; or a share line, or an address of TensorFlow Playground"
    parser.add_argument("model", metavar="FILE", nargs="?", help=help)
    parser.add_argument("-o", "--output", metavar="FILE", help="without it: standard output")
    return parser


def main(words: Sequence[str]) -> int:
    """Write the settings. Raises FileError where one cannot be read or written."""
    arguments = make_parser().read(words)
    check_given("config", arguments.model)
    if arguments.output is not None:
        check_place("-o", arguments.output)
    text = write_toml(read_shared_run(arguments.model).config)
    if arguments.output is None:
        hand_on(text)
        return 0
    with replaced(full_path(arguments.output)) as file:
        file.write(text.encode())
    say(f"written: {arguments.output}")
    return 0
