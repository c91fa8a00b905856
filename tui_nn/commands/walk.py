"""`tui-nn walk`: one example through a network and back, stage by stage, in words or as JSON."""

from __future__ import annotations

import json
import math
import os
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from tui_nn.commands.number_flags import read_number
from tui_nn.commands.walked_run import walked_run
from tui_nn.data import DataError
from tui_nn.data.drawing_files import read_digits
from tui_nn.files.visible import say
from tui_nn.render.ascii_text import ascii_only
from tui_nn.render.terminal import is_utf8
from tui_nn.settings.flags import Parser, UsageError, add_settings
from tui_nn.settings.values import Integer
from tui_nn.training.columns import column_sizes
from tui_nn.training.example import Example, parse_example
from tui_nn.training.trainer import Trainer
from tui_nn.views.walk.look.walking import look_at_walk
from tui_nn.views.walk.values import Stage, Walk, WalkRequest

LONGEST_MS = 600_000
NO_TARGET = "No answer, so there is no loss to backpropagate; add one with --answer CLASS."


def make_parser() -> Parser:
    """Return the parser of `tui-nn walk`."""
    parser = Parser(
        prog="tui-nn walk",
        description="Walk one example through a network: forward, loss, backward, update.",
    )
    parser.add_argument("--input", metavar="POINT", help="its raw inputs joined by commas: 0.5,-1.2")
    parser.add_argument("--answer", metavar="CLASS", help="the right answer: a class or a value")
    parser.add_argument("--example", metavar="NAME", help='a sample of the data: "train 3" or "test 12"')
    parser.add_argument("--digit", metavar="FILE", help="a drawing, as `tui-nn predict --digit` takes it")
    load_help = "a file that `tui-nn train --save` wrote; default: the network of digits shipped here"
    parser.add_argument("--load", metavar="FILE", help=load_help)
    interval_help = "milliseconds per stage on a terminal, 0 for none (default 800)"
    parser.add_argument("--interval", metavar="MS", help=interval_help)
    parser.add_argument("--code", action="store_true", help="show the source code of each stage")
    parser.add_argument("--json", action="store_true", help="print a list of stages")
    add_settings(parser)
    return parser


def main(words: Sequence[str]) -> int:
    """Print the walk; return 0 done, or 128 + signal. Raises FileError, UsageError."""
    arguments = make_parser().read(words)
    interval = read_number("--interval", arguments.interval, Integer(0, LONGEST_MS), None)
    try:
        run = walked_run(arguments, os.environ)
        if run.signal:
            return 128 + run.signal
        example = find(arguments, run.trainer)
        with np.errstate(all="ignore"):
            walk = look_at_walk(run.trainer, WalkRequest(example, with_code=arguments.code))
    except DataError as error:
        raise UsageError(str(error)) from None
    if walk.trouble:
        raise UsageError(walk.trouble)
    config = run.trainer.config
    is_plain = config.ascii or not is_utf8(os.environ)
    if arguments.json:
        say(json.dumps([record(stage, walk) for stage in walk.stages]))
        return 0
    pause_s = (config.walk_interval if interval is None else interval) / 1000
    tell(walk, heading(run.trainer, walk), is_plain, pause_s if sys.stdout.isatty() else 0.0)
    return 0


def find(arguments: Namespace, trainer: Trainer) -> Example:
    """Return the example that the arguments name; raise UsageError, FileError."""
    given = [name for name in ("input", "example", "digit") if getattr(arguments, name) is not None]
    if len(given) > 1:
        raise UsageError(f"--{given[0]} and --{given[1]} both choose an example; use one")
    if arguments.digit is not None:
        return _drawn(arguments, trainer)
    flag = f"--{given[0]}" if given else "--example"
    text = (arguments.input or "").replace(";", ",") if flag == "--input" else arguments.example or "train 1"
    try:
        found = _parse(text, trainer, arguments.answer)
    except ValueError as error:
        about = "--answer" if arguments.answer is not None and arguments.answer in str(error) else flag
        raise UsageError(f"{about}: {error}") from None
    if (found.part == "typed") != (flag == "--input"):
        needed = "numbers such as 0.5,-1.2" if flag == "--input" else 'a name such as "train 3"'
        raise UsageError(f"{flag}: {text or 'nothing'} is not allowed; {needed}")
    if found.part != "typed":
        _check_place(flag, found, trainer, arguments.answer)
    return found


def _parse(text: str, trainer: Trainer, target: str | None) -> Example:
    size = int(np.prod(trainer.problem.train.raw.shape[1:]))
    ending = "" if target is None else f": {target}"
    return parse_example(f"{text}{ending}", size, trainer.problem.dataset.class_names)


def _check_place(flag: str, example: Example, trainer: Trainer, target: str | None) -> None:
    part = trainer.problem.test if example.part == "test" else trainer.problem.train
    if example.index >= len(part):
        raise UsageError(f"{flag}: {example.words} is not allowed; the {example.part} set has {len(part):,}")
    if target is not None:
        raise UsageError(f"--answer: {example.words} has its own; --answer goes with --input")


def _drawn(arguments: Namespace, trainer: Trainer) -> Example:
    shape = trainer.config.image_shape
    if shape is None:
        raise UsageError(f"--digit: {trainer.config.dataset} holds no drawings")
    values = tuple(map(float, read_digits(arguments.digit, shape)[0].ravel()))
    try:
        named = _parse(" ".join(f"{value:g}" for value in values), trainer, arguments.answer)
    except ValueError as error:
        raise UsageError(f"--answer: {error}") from None
    return Example("typed", 0, values, named.target)


def heading(trainer: Trainer, walk: Walk) -> str:
    """Return the line above a walk: the network, its step, the example."""
    config = trainer.config
    sizes = "-".join(map(str, column_sizes(trainer.network)))
    return f"{walk.words}, through {config.dataset} {sizes} {config.optimizer} at step {walk.step:,}"


def tell(
    walk: Walk, first: str, is_plain: bool, pause_s: float, wait: Callable[[float], None] = time.sleep
) -> None:
    """Print a walk, with a pause before each stage but the first."""

    def tell_line(text: str) -> None:
        say(ascii_only(text) if is_plain else text)

    tell_line(first)
    for index, stage in enumerate(walk.stages):
        if index and pause_s:
            wait(pause_s)
        tell_line("")
        for line in described(stage, index + 1, len(walk.stages), walk):
            tell_line(line)
    if not walk.has_target:
        tell_line("")
        tell_line(NO_TARGET)


def described(stage: Stage, place: int, count: int, walk: Walk) -> list[str]:
    """Return a stage as lines of text."""
    lines = [f"{place}/{count}  {stage.title}", stage.words]
    if stage.kind != "input":
        lines.append(stage.formula)
    lines += [f"  {line.text}" for line in stage.lines]
    for name in stage.code:
        if name in walk.code:
            lines += [
                f"  {name}, {walk.code[name].place}",
                *(f"    {text}" for text in walk.code[name].lines),
            ]
    return lines


def record(stage: Stage, walk: Walk) -> dict[str, Any]:
    """Return a stage as JSON can hold it; a number that is not finite is None."""
    spot = stage.spot
    return {
        "kind": stage.kind,
        "phase": stage.phase,
        "layer": stage.layer,
        "title": stage.title,
        "words": stage.words,
        "formula": stage.formula,
        "lines": [line.text for line in stage.lines],
        "highlight": {
            "layers": list(spot.layers),
            "links": list(spot.links),
            "nodes": [list(node) for node in spot.nodes],
            "single_links": [list(link) for link in spot.single_links],
        },
        "values": {name: _finite(values.tolist()) for name, values in stage.values.items()},
        "code": {name: list(walk.code[name].lines) for name in stage.code if name in walk.code}
        or list(stage.code),
    }


def _finite(value: Any) -> Any:
    if isinstance(value, list):
        return [_finite(entry) for entry in value]
    return value if math.isfinite(value) else None
