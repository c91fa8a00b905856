"""What a session can be asked, by name: fields, what they may be, and what the answer holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tui_nn.commands.parts import PARTS
from tui_nn.commands.protocol.shapes import (
    ANY,
    COUNT,
    NUMBER,
    OBJECT,
    TEXT,
    WHOLE,
    Shape,
    a_list,
    an_object,
    has_shape,
    one_of,
    or_null,
)

Fields = Mapping[str, Any]


class RefusedError(Exception):
    """What cannot be done, in a sentence for who asked."""


@dataclass(frozen=True)
class Field:
    """One field of a request."""

    shape: Shape
    allowed: str
    """What it may be, in words."""
    is_needed: bool = True


@dataclass(frozen=True)
class Request:
    """One thing that can be asked."""

    name: str
    help: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    answer: Mapping[str, Shape] = field(default_factory=dict)
    """What stands in the answer beside id and ok."""
    can_miss: tuple[str, ...] = ()
    """What stands there only where there is such a thing."""


STATUS = one_of("running", "paused", "stopped", "diverged")
MAYBE = or_null(NUMBER)
REGRESSION = ("train_r2", "test_r2", "train_rmse", "test_rmse")
NUMBERS: Mapping[str, Shape] = {
    "epoch": WHOLE,
    "step": WHOLE,
    "train_loss": MAYBE,
    "test_loss": MAYBE,
    "train_accuracy": MAYBE,
    "test_accuracy": MAYBE,
    **dict.fromkeys(REGRESSION, MAYBE),
    "steps_per_second": MAYBE,
}
MOMENT: Mapping[str, Shape] = {"status": STATUS, **NUMBERS}
CHANGED: Mapping[str, Shape] = {
    "changed": OBJECT,
    "layer_sizes": a_list(COUNT),
    "notices": a_list(TEXT),
    **MOMENT,
}
SEED: Shape = {"type": "integer", "minimum": 0, "maximum": 2**32 - 1}
SEED_FIELD = Field(SEED, "a whole number from 0 to 4,294,967,295", is_needed=False)
LAYERS = a_list(an_object({"type": TEXT, "activation": TEXT}, is_open=True))
PART_NAMES = Field(a_list(one_of(*PARTS)), f"a list of some of {', '.join(PARTS)}", is_needed=False)
PREDICTION = an_object(
    {"class": WHOLE, "name": TEXT, "probabilities": or_null(a_list(NUMBER)), "value": NUMBER},
    ("class", "name", "probabilities", "value"),
)
STAGE = an_object({"kind": TEXT, "phase": TEXT, "title": TEXT, "words": TEXT, "formula": TEXT}, is_open=True)

_ALL = (
    Request(
        "start",
        "train until stop, or so many epochs; an error, busy, while it trains",
        {"epochs": Field(COUNT, "a whole number from 1 to 1,000,000,000", is_needed=False)},
        MOMENT,
        REGRESSION,
    ),
    Request("stop", "pause after the step under way", {}, MOMENT, REGRESSION),
    Request("step", "train one step; an error, busy, while it trains", {}, MOMENT, REGRESSION),
    Request(
        "reset",
        "start over from the first weights; with a seed from those of that seed",
        {"seed": SEED_FIELD},
        CHANGED,
        REGRESSION,
    ),
    Request(
        "set-learning-rate",
        "set the learning rate of the next step",
        {
            "value": Field(
                {"type": "number", "exclusiveMinimum": 0, "maximum": 1e6}, "a number above 0, up to 1e6"
            )
        },
        CHANGED,
        REGRESSION,
    ),
    Request(
        "set-batch-delay",
        "train a step every so many milliseconds; 0: as fast as possible",
        {"ms": Field({"type": "number", "minimum": 0, "maximum": 1e6}, "a number from 0 to 1e6")},
        CHANGED,
        REGRESSION,
    ),
    Request(
        "set-architecture",
        "set the sizes of all layers, inputs and outputs too; weights that still fit stay",
        {"layers": Field(a_list(COUNT, 2, 64), "a list of whole numbers, inputs first: [2, 8, 1]")},
        CHANGED,
        REGRESSION,
    ),
    Request(
        "set",
        "set one setting, by the name of its field",
        {"name": Field(TEXT, "the name of a setting"), "value": Field(ANY, "any value")},
        CHANGED,
        REGRESSION,
    ),
    Request(
        "generate-data",
        "make other data; without a seed from the next one",
        {
            "dataset": Field(TEXT, "the name of a data set", is_needed=False),
            "samples": Field(COUNT, "a whole number", is_needed=False),
            "noise": Field(NUMBER, "a number", is_needed=False),
            "seed": SEED_FIELD,
        },
        CHANGED,
        REGRESSION,
    ),
    Request(
        "predict",
        "answer to samples, a list of raw inputs each; of images the ink, 0 to 255",
        {
            "inputs": Field(
                a_list(a_list(NUMBER, 1), 1, 10_000), "1 to 10,000 lists of numbers: [[0.5, -1.2]]"
            )
        },
        {"predictions": a_list(PREDICTION)},
    ),
    Request(
        "walk",
        "walk one sample forward; with an answer (a class or a value) backward too",
        {
            "input": Field(a_list(NUMBER, 1), "a list of numbers: [0.5, -1.2]"),
            "answer": Field({"anyOf": [NUMBER, TEXT]}, "a class or a number", is_needed=False),
        },
        {"stages": a_list(STAGE), "step": WHOLE},
    ),
    Request(
        "get-state",
        "all of the moment: numbers, settings, and the parts that are named (weights, activations)",
        {"with": PART_NAMES},
        {
            **MOMENT,
            "settings": OBJECT,
            "layer_sizes": a_list(COUNT),
            "parameters": WHOLE,
            "class_names": a_list(TEXT),
            "history": OBJECT,
            "points": OBJECT,
            "surface": or_null(OBJECT),
            "weights": LAYERS,
            "activations": a_list(OBJECT),
            "gradients": a_list(OBJECT),
        },
        (*REGRESSION, *PARTS),
    ),
    Request(
        "get-weights",
        "the network as `tui-nn export --format json` writes it, weights as (fan_in, fan_out)",
        {},
        {
            "format": {"const": "tui-nn"},
            "version": {"const": 1},
            "task": one_of("classification", "regression"),
            "inputs": OBJECT,
            "classes": a_list(TEXT),
            "threshold": MAYBE,
            "dtype": TEXT,
            "layers": LAYERS,
        },
    ),
    Request(
        "status",
        "what it does, and how far it is",
        {},
        {**MOMENT, "training": {"type": "boolean"}, "batch": WHOLE, "batches": COUNT, "seconds": NUMBER},
        REGRESSION,
    ),
    Request(
        "health",
        "who answers",
        {},
        {
            "health": {"const": "ok"},
            "version": TEXT,
            "protocol": COUNT,
            "pid": COUNT,
            "uptime_s": NUMBER,
        },
    ),
    Request("quit", "end the session", {}),
)

REQUESTS: dict[str, Request] = {request.name: request for request in _ALL}
"""Every request by name."""


def read_request(message: Any) -> tuple[Request, Fields]:
    """Return what a message asks, checked; raise RefusedError with a sentence that names the field."""
    if not isinstance(message, dict):
        raise RefusedError('a request is an object such as {"id": 1, "do": "status"}')
    asked = message.get("do")
    if not isinstance(asked, str) or asked not in REQUESTS:
        name = f"{asked[:40]} is not allowed" if isinstance(asked, str) else "it says what to do"
        raise RefusedError(f"do: {name}; one of {', '.join(REQUESTS)}")
    request = REQUESTS[asked]
    given = {name: value for name, value in message.items() if name not in ("id", "do")}
    for name in given:
        if name not in request.fields:
            known = ", ".join(request.fields) or "it has none"
            raise RefusedError(f"{name[:40]}: {asked} has no such field; {known}")
    for name, found in request.fields.items():
        if name not in given and found.is_needed:
            raise RefusedError(f"{name}: {asked} needs it; {found.allowed}")
        if name in given and not has_shape(given[name], found.shape):
            raise RefusedError(f"{name}: {_short(given[name])} is not allowed; {found.allowed}")
    return request, given


def _short(value: Any) -> str:
    text = repr(value) if not isinstance(value, (list, dict)) else f"this {type(value).__name__}"
    return text if len(text) <= 40 else f"{text[:37]}..."
