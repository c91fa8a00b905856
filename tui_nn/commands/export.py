"""`tui-nn export`: a saved network in a form that others read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from tui_nn.commands.models import MODEL_HELP, check_given, model_path
from tui_nn.engine import EngineError
from tui_nn.exports.errors import ExportError
from tui_nn.exports.formats import BY_ENDING, FORMATS
from tui_nn.exports.written import Written
from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path
from tui_nn.files.visible import hand_on, say
from tui_nn.files.writing import replaced
from tui_nn.settings.flags import Parser, UsageError
from tui_nn.training.run_files import check_place, open_run


def make_parser() -> Parser:
    """Return the parser of `tui-nn export`."""
    parser = Parser(
        prog="tui-nn export",
        usage="tui-nn export MODEL [--format NAME] [-o FILE]",
        description="Write a saved network in a form that others read. Each takes raw rows: features, "
        "standardization and class names are inside.",
    )
    parser.add_argument("model", metavar="MODEL", nargs="?", help=MODEL_HELP)
    told = "; ".join(f"{entry.name}: {entry.help}" for entry in FORMATS.values())
    parser.add_argument("--format", metavar="NAME", help=f"{told}; by default what FILE ends in, else json")
    parser.add_argument("-o", "--output", metavar="FILE", help="without it: standard output")
    return parser


def main(words: Sequence[str]) -> int:
    """Write the export. Raises FileError where one cannot be read or written, or a library is missing."""
    arguments = make_parser().read(words)
    check_given("export", arguments.model)
    name = arguments.format or _named_by(arguments.output)
    if name not in FORMATS:
        raise UsageError(f"--format: {name} is not allowed; allowed are {', '.join(FORMATS)}")
    if arguments.output is not None:
        check_place("-o", arguments.output)
    try:
        run = open_run(model_path(arguments.model))
        written = FORMATS[name].write(run)
        if arguments.output is None:
            _print(written, name)
        else:
            place = full_path(arguments.output)
            _spare(full_path(model_path(arguments.model)), written.files(place).keys() - {place})
            paths = write_export(place, written)
            say(*(f"written: {Path(arguments.output).with_name(path.name)}" for path in paths))
    except (EngineError, ExportError) as error:
        raise FileError(f"{arguments.model} was not exported: {error}") from None
    return 0


def _spare(model: Path, beside: Iterable[Path]) -> None:
    """Raise FileError where the file beside the export, which nobody named, would replace the model."""
    for path in beside:
        if path.exists() and path.samefile(model):
            raise FileError(f"{path.name} is the model itself, and the weights go there: choose another name")


def _named_by(output: str | None) -> str:
    """Return the first format whose files end as this one; json without a file."""
    found = BY_ENDING.get(Path(output).suffix.lower() if output else ".json")
    if found is None:
        raise UsageError(f"--format is needed: {output} does not say it; one of {', '.join(FORMATS)}")
    return found


def _print(written: Written, name: str) -> None:
    """Write to standard output; raise UsageError where that cannot hold it."""
    if written.beside is not None:
        raise UsageError("-o FILE is needed: the weights are too many for the source, and go beside it")
    if not written.is_text and sys.stdout.isatty():
        raise UsageError(f"-o FILE is needed: {name} is no text that a terminal could show")
    hand_on(written.content)


def write_export(path: Path, written: Written) -> list[Path]:
    """Write an export; return the files it became. Raises FileError, the file beside it not begun then."""
    files = written.files(path)
    for place, content in files.items():
        with replaced(place) as file:
            file.write(content)
    return list(reversed(files))
