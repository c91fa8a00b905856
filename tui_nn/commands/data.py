"""`tui-nn data mnist`: brings the four files of MNIST to this machine, once."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from tui_nn.commands.download_progress import make_download_progress, megabytes
from tui_nn.files.errors import FileError, complain
from tui_nn.files.mnist_files import FILES, MIRRORS, PublishedFile
from tui_nn.files.mnist_folder import fill_folder, is_filled
from tui_nn.files.paths import full_path, is_folder, shown
from tui_nn.files.places import mnist_folder
from tui_nn.files.sources import is_address
from tui_nn.files.visible import say
from tui_nn.settings.flags import Parser, UsageError

SIGNALS = (signal.SIGTERM, signal.SIGHUP)
MNIST = "mnist"


def make_parser() -> Parser:
    """Return the parser of `tui-nn data`."""
    size = megabytes(sum(file.size for file in FILES))
    parser = Parser(
        prog="tui-nn data",
        usage="tui-nn data mnist [--from FOLDER|URL]",
        description=f"Download MNIST, 70,000 handwritten digits ({size}), once.",
        epilog="It goes to the user's cache folder, or to the folder in TUI_NN_CACHE.",
    )
    parser.add_argument("name", metavar=MNIST, nargs="?", help="the only set that needs to be downloaded")
    parser.add_argument(
        "--from",
        dest="sources",
        metavar="FOLDER|URL",
        action="append",
        help="download from here instead of the public mirrors; repeat it for fallbacks",
    )
    return parser


def main(
    words: Sequence[str], files: Sequence[PublishedFile] = FILES, mirrors: Sequence[str] = MIRRORS
) -> int:
    """Fill the folder of MNIST; return 0 if it is full, 1 with one sentence if that could not be."""
    arguments = make_parser().read(words)
    if arguments.name != MNIST:
        wrong = f"{arguments.name} is not allowed" if arguments.name else "the name of the data is missing"
        raise UsageError(f"{wrong}; it is tui-nn data {MNIST}")
    for source in arguments.sources or ():
        if not is_address(source) and not _is_folder(source):
            named = shown(source) or "nothing"
            raise UsageError(f"--from: {named} is not allowed; a folder, or an http(s) address")
    try:
        folder = mnist_folder()
        if is_filled(folder, files):
            say(f"MNIST is already in {folder}, complete and verified.")
            return 0
        total = sum(file.size for file in files)
        with _signals_unwind(), make_download_progress("MNIST", total) as progress:
            fill_folder(folder, files, arguments.sources or mirrors, progress)
    except FileError as error:
        return complain(FileError(f"MNIST was not downloaded: {error}"))
    say(f"MNIST is in {folder}, complete and verified; train on it with: tui-nn train --dataset mnist")
    return 0


def _is_folder(source: str) -> bool:
    try:
        return is_folder(full_path(source))
    except FileError:
        return False


@contextmanager
def _signals_unwind() -> Iterator[None]:
    """Let signals leave the terminal as it was, as ctrl+c does; those that `nohup` has muted stay so."""

    def leave(number: int, _: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    heard = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, leave) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
