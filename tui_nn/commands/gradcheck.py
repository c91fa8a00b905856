"""`tui-nn gradcheck`: are the gradients of a Config those of its loss, layer by layer?"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from tui_nn.commands.number_flags import read_count
from tui_nn.commands.table import table
from tui_nn.data import DataError
from tui_nn.engine import LayerCheck, describe_layers, gradcheck
from tui_nn.engine.gradient_check import STEP, TOLERANCE
from tui_nn.files.visible import say
from tui_nn.settings.config import Config
from tui_nn.settings.flags import Parser, UsageError, add_settings
from tui_nn.settings.layers import network_layers
from tui_nn.settings.precedence import read_config
from tui_nn.training.build import build_network
from tui_nn.training.columns import column_sizes
from tui_nn.training.problem import make_problem
from tui_nn.training.sharing import shared_weights
from tui_nn.training.streams import DROPOUT, stream

MOST_SAMPLES = 1000
"""Samples of generated data: the batch is small, and large sets take long to make."""
ROWS, PER_LAYER = 10, 200


@dataclass(frozen=True)
class Report:
    """What was checked, and how it came out."""

    config: Config
    layer_sizes: tuple[int, ...]
    n_parameters: int
    n_rows: int
    checks: tuple[LayerCheck, ...]

    @property
    def passed(self) -> bool:
        """Whether every layer agrees, and something was compared at all."""
        return all(check.passed for check in self.checks) and any(check.checked for check in self.checks)


def make_parser() -> Parser:
    """Return the parser of `tui-nn gradcheck`."""
    parser = Parser(
        prog="tui-nn gradcheck",
        description="Compare every layer's gradient with central differences of the loss.",
    )
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")
    parser.add_argument("--rows", metavar="N", help=f"samples in the batch (default {ROWS})")
    parser.add_argument(
        "--per-layer",
        metavar="N",
        help=f"parameters checked per layer, at random, where it has more (default {PER_LAYER})",
    )
    add_settings(parser)
    return parser


def main(words: Sequence[str]) -> int:
    """Check, print the table; return 0 where all layers passed, else 1."""
    arguments = make_parser().read(words)
    n_rows = read_count("--rows", arguments.rows, ROWS, 1000)
    per_layer = read_count("--per-layer", arguments.per_layer, PER_LAYER)
    try:
        config = read_config(arguments, os.environ)
        report = check(config, n_rows, per_layer, shared_weights(arguments, config))
    except DataError as error:
        raise UsageError(str(error)) from None
    say(*([json.dumps(record(report))] if arguments.json else describe(report)))
    return 0 if report.passed else 1


def check(
    config: Config, n_rows: int = ROWS, per_layer: int = PER_LAYER, weights: NDArray[Any] | None = None
) -> Report:
    """Check the first weights of a Config, or others, in float64, on the first samples of its training set.

    Penalties and clipping come after the gradient and are no part of it. Raises DataError.
    """
    samples = min(config.samples, MOST_SAMPLES)
    config = config.replace(samples=samples, schedule="constant", dtype="float64")
    problem = make_problem(config)
    network = build_network(config, stream(config, DROPOUT))
    if weights is not None:
        network.parameters[:] = weights
    rows = slice(min(n_rows, len(problem.train)))
    inputs, targets = problem.encode(problem.train.raw[rows]), problem.train.coded[rows]
    checks = gradcheck(network, inputs, targets, per_layer=per_layer)
    return Report(config, column_sizes(network), network.n_parameters, len(inputs), tuple(checks))


def verdict(check: LayerCheck) -> str:
    """Return the last word on a layer."""
    if not check.checked:
        return "not comparable"
    return "passed" if check.passed else "FAILED"


def describe(report: Report) -> list[str]:
    """Return the report as a table with a line before and after it."""
    config = report.config
    sizes = "-".join(map(str, report.layer_sizes))
    layers = describe_layers(network_layers(config))
    head = f"{config.dataset}, {sizes} ({layers}), {config.loss_name}, {report.n_rows} samples in float64"
    rows = [
        [
            check.layer,
            check.activation,
            f"{check.checked}",
            f"{check.left_out}",
            f"{check.relative_error:.1e}",
            verdict(check),
        ]
        for check in report.checks
    ]
    header = ["layer", "activation", "checked", "left out", "relative error", "verdict"]
    n_checked = sum(check.checked for check in report.checks)
    n_left_out = sum(check.left_out for check in report.checks)
    worst = max((check.relative_error for check in report.checks), default=0.0)
    end = f"{n_checked} of {report.n_parameters:,} parameters compared, largest error {worst:.1e}"
    if n_left_out:
        end += f"; {n_left_out} left out, because the step crosses a kink of an activation"
    word = "passed" if report.passed else "FAILED"
    return [head, "", *table(header, rows, words=2), "", f"{word}: {end} (allowed {TOLERANCE:.0e})"]


def record(report: Report) -> dict[str, Any]:
    """Return the report as JSON can hold it; an error that is not finite is None."""
    return {
        "dataset": report.config.dataset,
        "layer_sizes": list(report.layer_sizes),
        "loss": report.config.loss_name,
        "parameters": report.n_parameters,
        "samples": report.n_rows,
        "dtype": report.config.dtype,
        "step": STEP,
        "tolerance": TOLERANCE,
        "layers": [
            {
                "layer": check.layer,
                "activation": check.activation,
                "checked": check.checked,
                "left_out": check.left_out,
                "relative_error": check.relative_error if math.isfinite(check.relative_error) else None,
                "passed": check.passed,
            }
            for check in report.checks
        ],
        "passed": report.passed,
    }
