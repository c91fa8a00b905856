"""`tui-nn share`: a saved run as one line to hand on, or as an address of TensorFlow Playground."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tui_nn.commands.models import MODEL_HELP, check_given, model_path
from tui_nn.commands.openable import is_shared
from tui_nn.files.errors import FileError
from tui_nn.files.visible import say
from tui_nn.settings.flags import Parser, UsageError
from tui_nn.settings.sharing.line import LineError
from tui_nn.training.run_files import open_run
from tui_nn.training.sharing import Shared, share_as_address, share_run, share_settings

FORMS = {
    "line": "what differs from the defaults, with the weights where they are few",
    "tfp": "an address of TensorFlow Playground",
}


def make_parser() -> Parser:
    """Return the parser of `tui-nn share`."""
    parser = Parser(
        prog="tui-nn share",
        usage="tui-nn share FILE [--as tfp]",
        description="Write a saved run as one line: what differs from the defaults, and the weights where "
        "they are few. `tui-nn LINE` opens it again.",
    )
    help = f"{MODEL_HELP}; or a line or an address, to be written otherwise"
    parser.add_argument("model", metavar="FILE", nargs="?", help=help)
    told = "; ".join(f"{name}: {text}" for name, text in FORMS.items())
    parser.add_argument("--as", dest="form", metavar="FORM", default="line", help=f"{told} (default line)")
    return parser


def main(words: Sequence[str]) -> int:
    """Print the line. Raises FileError where one cannot be read or no line can hold the run."""
    arguments = make_parser().read(words)
    check_given("share", arguments.model)
    if arguments.form not in FORMS:
        raise UsageError(f"--as: {arguments.form} is not allowed; one of {', '.join(FORMS)}")
    try:
        shared = read_shared_run(arguments.model)
        if arguments.form == "tfp":
            shared = share_as_address(shared)
    except LineError as error:
        raise FileError(str(error)) from None
    say(shared.line)
    if shared.left_out:
        say(shared.left_out, to=sys.stderr)
    return 0


def read_shared_run(word: str) -> Shared:
    """Return the run that a word stands for: a file, a line, an address. Raises FileError, UsageError."""
    if is_shared(word):
        return share_settings(word)
    return share_run(open_run(model_path(word)), word)
