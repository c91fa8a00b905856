"""`tui-nn view`: one picture of a saved run, as text, in a terminal's colors, or as SVG."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from tui_nn.commands.models import MODEL_HELP, check_given, model_path
from tui_nn.commands.number_flags import read_number
from tui_nn.commands.pictures import PICTURES
from tui_nn.commands.plot import choose_palette
from tui_nn.commands.walked_run import around_network
from tui_nn.data import DataError
from tui_nn.engine import EngineError
from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path
from tui_nn.files.visible import hand_on, say
from tui_nn.files.writing import replaced
from tui_nn.render.ansi import to_text
from tui_nn.render.palette import COLORS_256, TRUECOLOR, Palette, palette_for
from tui_nn.render.svg import cells_as_svg
from tui_nn.settings.config import Config
from tui_nn.settings.flags import Parser, UsageError
from tui_nn.settings.values import Integer
from tui_nn.training.resume import read_checkpoint
from tui_nn.training.run_files import check_place, open_run
from tui_nn.training.saved_run import check_data
from tui_nn.training.session import Session

TEXT, ANSI, SVG = "text", "ansi", "svg"
FORMATS = {
    TEXT: "plain characters",
    ANSI: "with the colors of a terminal",
    SVG: "a picture for pages and papers",
}
ENDINGS = {".txt": TEXT, ".ans": ANSI, ".ansi": ANSI, ".svg": SVG}
COLUMNS, ROWS = Integer(20, 200), Integer(6, 60)
"""An SVG of the largest size stays below 300 kB."""
SIZE = (80, 24)


def make_parser() -> Parser:
    """Return the parser of `tui-nn view`."""
    parser = Parser(
        prog="tui-nn view",
        usage="tui-nn view MODEL [--of NAME] [--format NAME] [-o FILE]",
        description="Draw one picture of a saved run, as the screen shows it.",
    )
    parser.add_argument("model", metavar="MODEL", nargs="?", help=MODEL_HELP)
    told = "; ".join(f"{picture.name}: {picture.help}" for picture in PICTURES.values())
    parser.add_argument("--of", metavar="NAME", default="map", help=f"{told} (default map)")
    told = "; ".join(f"{name}: {text}" for name, text in FORMATS.items())
    parser.add_argument("--format", metavar="NAME", help=f"{told}; by default what FILE ends in, else text")
    parser.add_argument("-o", "--output", metavar="FILE", help="without it: standard output")
    parser.add_argument(
        "--columns", metavar="N", help=f"columns of cells, {COLUMNS.allowed} (default {SIZE[0]})"
    )
    parser.add_argument("--rows", metavar="N", help=f"rows of cells, {ROWS.allowed} (default {SIZE[1]})")
    parser.add_argument("--ascii", action="store_true", help="text and ansi: plain ASCII characters only")
    return parser


def main(words: Sequence[str]) -> int:
    """Draw. Raises FileError where one cannot be read or written, or the run has no such picture."""
    arguments = make_parser().read(words)
    check_given("view", arguments.model)
    if arguments.of not in PICTURES:
        raise UsageError(f"--of: {arguments.of or 'nothing'} is not allowed; one of {', '.join(PICTURES)}")
    form = arguments.format if arguments.format is not None else _named_by(arguments.output)
    if form not in FORMATS:
        raise UsageError(f"--format: {form or 'nothing'} is not allowed; one of {', '.join(FORMATS)}")
    if arguments.ascii and form == SVG:
        raise UsageError("--ascii is not allowed with --format svg; it is for text and ansi")
    columns = int(read_number("--columns", arguments.columns, COLUMNS, SIZE[0]))
    rows = int(read_number("--rows", arguments.rows, ROWS, SIZE[1]))
    if arguments.output is not None:
        check_place("-o", arguments.output)
    try:
        drawn = _draw(arguments, form, rows, columns)
        if arguments.output is None:
            hand_on(drawn)
        else:
            path = full_path(arguments.output)
            with replaced(path) as file:
                file.write(drawn)
            say(f"written: {Path(arguments.output)}")
    except (EngineError, DataError) as error:
        raise FileError(f"{arguments.model} cannot be drawn: {error}") from None
    return 0


def _named_by(output: str | None) -> str:
    """Return the format that the ending of a file says."""
    return TEXT if output is None else ENDINGS.get(Path(output).suffix.lower(), TEXT)


def _draw(arguments: Namespace, form: str, rows: int, columns: int) -> bytes:
    """Return the file. Raises FileError, EngineError, DataError."""
    palette = _palette(form, arguments, os.environ)
    picture = PICTURES[arguments.of]
    cells = picture.draw(still_session(arguments.model), palette, rows, columns)
    if cells is None:
        raise FileError(f"{arguments.model} has no picture of its {picture.name}: {picture.why_none}")
    if form == SVG:
        return cells_as_svg(cells, palette, f"{picture.name} of {Path(arguments.model).name}").encode()
    return f"{to_text(cells, palette, styled=form == ANSI)}\n".encode()


def _palette(form: str, arguments: Namespace, environment: Mapping[str, str]) -> Palette:
    """Return the colors of a format: in a file those that every terminal has, on one its own."""
    if form == SVG:
        return TRUECOLOR
    to_file = arguments.output is not None
    seen = choose_palette(Config(), sys.stdout, environment)
    is_ascii = arguments.ascii or (seen.is_ascii and not to_file)
    if form == TEXT:
        return palette_for("mono", ascii_only=is_ascii)
    depth = COLORS_256.depth if to_file or seen.depth == "mono" else seen.depth
    return palette_for(depth, ascii_only=is_ascii)


def still_session(model: str) -> Session:
    """Return a session that stands where a saved run was. Raises FileError, EngineError, DataError."""
    run = open_run(model_path(model))
    if run.is_network_alone:
        return around_network(run, model, lambda begin: begin)
    checkpoint = read_checkpoint(model, run)
    session = Session(checkpoint.config)
    check_data(checkpoint, session.trainer.problem)
    session.trainer.load(checkpoint)
    return session
