"""`tui-nn predict`: what a saved network answers to points or drawings, in words or as JSON."""

from __future__ import annotations

import json
import os
import re
from argparse import Namespace
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.commands.models import MODEL_HELP, model_path
from tui_nn.commands.points import read_csv, read_points
from tui_nn.commands.table import table
from tui_nn.commands.wording import percent
from tui_nn.data.drawing_files import read_digits
from tui_nn.engine import EngineError
from tui_nn.files.visible import say
from tui_nn.settings.flags import Parser, UsageError
from tui_nn.training.run_files import open_run
from tui_nn.training.saved_run import Answers, SavedRun

FLAGS_WITH_A_VALUE = ("--input", "--csv", "--digit")
MOST_COLUMNS = 10
"""Classes whose probabilities fit beside each other; of more only that of the answer is printed."""
_NEGATIVE = re.compile(r"-(\.?\d|inf|nan)", re.IGNORECASE)
_POINT = re.compile(r"[-+.\d][-+.,;eE\d\s]*")
NEEDED = (
    "predict needs a model file, which `tui-nn train --save FILE` writes, and then points such as 0.5,-1.2"
)


def make_parser() -> Parser:
    """Return the parser of `tui-nn predict`."""
    parser = Parser(
        prog="tui-nn predict",
        usage="tui-nn predict MODEL [POINT ...] [--input POINT] [--csv FILE] [--digit FILE] [--json]",
        description="Predict with a saved network. A POINT is its raw inputs joined by commas: 0.5,-1.2",
    )
    parser.add_argument("model", metavar="MODEL", nargs="?", help=MODEL_HELP)
    parser.add_argument("--input", metavar="POINT", action="append", default=[], help="one more point")
    parser.add_argument(
        "--csv", metavar="FILE", help="a table, columns by name where it names them; - is standard input"
    )
    digit_help = (
        "drawings: rows of # and ., with a blank line between two; or a PNG or PGM; - is standard input"
    )
    parser.add_argument("--digit", metavar="FILE", help=digit_help)
    parser.add_argument("--json", action="store_true", help="print a list of objects")
    return parser


def main(words: Sequence[str]) -> int:
    """Print the answers. Raises FileError for one that cannot be read."""
    arguments = make_parser().read(name_points(words))
    if arguments.model is None or (_POINT.fullmatch(arguments.model) and not os.path.exists(arguments.model)):
        raise UsageError(NEEDED)
    if sum([bool(arguments.input), arguments.csv is not None, arguments.digit is not None]) > 1:
        raise UsageError(
            "points come from the command line or from --csv, drawings from --digit, and not from both"
        )
    if not arguments.input and arguments.csv is None and arguments.digit is None:
        some = "such as 0.5,-1.2, or drawings with --digit FILE"
        raise UsageError(f"there are no points for {arguments.model} to answer to; add some, {some}")
    try:
        run = open_run(model_path(arguments.model))
        samples = _read_samples(arguments, run)
        answers = run.predict(samples)
    except EngineError as error:
        raise UsageError(str(error)) from None
    if arguments.json:
        say(json.dumps(records(answers, run)))
    elif arguments.digit is not None:
        say(*describe_drawings(samples, answers, run))
    else:
        say(*describe(samples, answers, run))
    return 0


def _read_samples(arguments: Namespace, run: SavedRun) -> NDArray[Any]:
    """Return the samples that the arguments name; raise FileError, or UsageError."""
    if arguments.input:
        return read_points(arguments.input, run)
    if arguments.csv is not None:
        return read_csv(arguments.csv, run)
    if run.image_shape is None:
        needed = f"samples of {run.n_raw_inputs} numbers, not drawings"
        raise UsageError(f"--digit: {arguments.model} takes {needed}")
    return read_digits(arguments.digit, run.image_shape)


def name_points(words: Sequence[str]) -> list[str]:
    """Put `--input=` before every point, so that argparse takes negative ones and keeps their order."""
    named: list[str] = []
    has_model = is_value = False
    for word in words:
        is_flag = word.startswith("-") and not _NEGATIVE.match(word)
        if word == "--":
            continue
        if is_value or is_flag:
            named.append(word)
            is_value = is_flag and word in FLAGS_WITH_A_VALUE
        elif has_model:
            named.append(f"--input={word}")
        else:
            named.append(word)
            has_model = True
    return named


def records(answers: Answers, run: SavedRun) -> list[dict[str, Any]]:
    """Return an object for each sample: {"value"}, or {"class", "probabilities"} in the order of classes.

    A class is its number; "name" is added where it is called something else. Probabilities are None where the
    outputs are scores.
    """
    if answers.values is not None:
        return [{"value": float(value)} for value in answers.values]
    assert answers.classes is not None
    found: list[dict[str, Any]] = []
    for index, label in enumerate(answers.classes.tolist()):
        record: dict[str, Any] = {"class": label, "probabilities": None}
        if answers.probabilities is not None:
            record["probabilities"] = [float(p) for p in answers.probabilities[index]]
        if run.class_names[label] != str(label):
            record["name"] = run.class_names[label]
        found.append(record)
    return found


def describe_drawings(samples: NDArray[Any], answers: Answers, run: SavedRun) -> list[str]:
    """Return the answers to drawings as lines of a table, probabilities in percent."""
    if answers.probabilities is None or len(run.class_names) > MOST_COLUMNS:
        return describe(samples, answers, run)
    assert answers.classes is not None
    _, numbers = _name_samples(samples, run)
    shares = np.char.mod("%.1f", 100 * answers.probabilities).tolist()
    labels = [run.class_names[label] for label in answers.classes]
    rows = [[number, label, *row] for number, label, row in zip(numbers, labels, shares, strict=True)]
    return table(["#", "class", *(f"{name} %" for name in run.class_names)], rows)


def _name_samples(samples: NDArray[Any], run: SavedRun) -> tuple[str, list[str]]:
    """Return what heads the column of the samples, and what each is called: its numbers, or which it is.

    Images, many inputs, and inputs that were made of words of a table are not what a person knows.
    """
    has_words = run.schema is not None and any(column.categories for column in run.schema.columns)
    if run.image_shape is not None or has_words or len(run.input_names) > MOST_COLUMNS:
        return "sample", [str(number) for number in range(1, len(samples) + 1)]
    return ",".join(run.input_names), [",".join(f"{value:g}" for value in row) for row in samples]


def describe(samples: NDArray[Any], answers: Answers, run: SavedRun) -> list[str]:
    """Return the answers as lines of a table."""
    first, names = _name_samples(samples, run)
    is_named = run.target_name != "target"
    if answers.values is not None:
        rows = [[name, f"{value:.4f}"] for name, value in zip(names, answers.values, strict=True)]
        return table([first, run.target_name if is_named else "value"], rows)
    assert answers.classes is not None
    labels = [run.class_names[label] for label in answers.classes]
    rows = [[name, label] for name, label in zip(names, labels, strict=True)]
    header = [first, run.target_name if is_named else "class"]
    if answers.probabilities is not None and len(run.class_names) <= MOST_COLUMNS:
        header += [f"p({name})" for name in run.class_names]
        for row, shares in zip(rows, answers.probabilities, strict=True):
            row += [percent(float(p)) for p in shares]
    elif answers.probabilities is not None:
        header.append("p")
        for row, shares in zip(rows, answers.probabilities, strict=True):
            row.append(percent(float(shares.max())))
    return table(header, rows)
