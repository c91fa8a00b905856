"""`tui-nn share`: a saved run as one line to hand on."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tui_nn.commands.models import MODEL_HELP, model_path
from tui_nn.files.errors import FileError, complain
from tui_nn.files.visible import say
from tui_nn.settings.flags import Parser, UsageError
from tui_nn.training.run_files import open_run
from tui_nn.training.sharing import share_run


def make_parser() -> Parser:
    """Return the parser of `tui-nn share`."""
    parser = Parser(
        prog="tui-nn share",
        usage="tui-nn share FILE",
        description="Write a saved run as one line: what differs from the defaults, and the weights where "
        "they are few. `tui-nn LINE` opens it again.",
    )
    parser.add_argument("model", metavar="FILE", nargs="?", help=MODEL_HELP)
    return parser


def main(words: Sequence[str]) -> int:
    """Print the line; return 0 done, 1 where a file cannot be read or no line can hold it."""
    arguments = make_parser().read(words)
    if arguments.model is None:
        raise UsageError("share needs a model file, which `tui-nn train --save FILE` writes")
    try:
        shared = share_run(open_run(model_path(arguments.model)), arguments.model)
    except FileError as error:
        return complain(error)
    say(shared.line)
    if shared.left_out:
        say(shared.left_out, to=sys.stderr)
    return 0
