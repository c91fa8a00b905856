"""The protocol as JSON Schema, and as a table for people: both made from the registry of requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui_nn.commands.protocol.requests import MAYBE, NUMBERS, REGRESSION, REQUESTS, Request
from tui_nn.commands.protocol.shapes import (
    ANY,
    BOOL,
    COUNT,
    NOTHING,
    NUMBER,
    OBJECT,
    TEXT,
    WHOLE,
    Shape,
    a_list,
    an_object,
    one_of,
    or_null,
)
from tui_nn.settings.moments import MOMENTS

ID: Shape = {"anyOf": [TEXT, NUMBER, NOTHING]}
"""Comes back in the answer as it was; null where a request had none, or could not be read."""
ERROR = an_object({"id": ID, "ok": {"const": False}, "error": TEXT})

EVENTS: Mapping[str, Shape] = {
    "connected": an_object(
        {
            "type": {"const": "connected"},
            "program": {"const": "tui-nn"},
            "version": TEXT,
            "protocol": COUNT,
            "epoch": WHOLE,
            "step": WHOLE,
            "parameters": WHOLE,
            "settings": OBJECT,
        }
    ),
    "update": an_object(
        {
            "type": {"const": "update"},
            **NUMBERS,
            "activations": a_list(OBJECT),
            "gradients": a_list(OBJECT),
        },
        (*REGRESSION, "activations", "gradients"),
    ),
    "pause_moment": an_object(
        {
            "type": {"const": "pause_moment"},
            "moment": one_of(*MOMENTS),
            "label": TEXT,
            "step": WHOLE,
            "what": TEXT,
            "remedies": a_list(TEXT),
            "paused": BOOL,
        }
    ),
    "training_complete": an_object(
        {
            "type": {"const": "training_complete"},
            "dataset": TEXT,
            "data_seed": WHOLE,
            "weights_seed": WHOLE,
            "layer_sizes": a_list(COUNT),
            "parameters": WHOLE,
            "epochs": WHOLE,
            "steps": WHOLE,
            "seconds": NUMBER,
            "steps_per_second": MAYBE,
            "samples_per_second": MAYBE,
            "train_loss": MAYBE,
            "test_loss": MAYBE,
            "train_accuracy": MAYBE,
            "test_accuracy": MAYBE,
            "best_possible_accuracy": or_null(NUMBER),
            "status": one_of("finished", "stopped", "diverged", "interrupted"),
        },
        is_open=True,
    ),
}
"""What comes unasked, by its type; those of `train --stream` are the same."""


def request_shape(request: Request) -> Shape:
    """Return the shape of a request."""
    fields = {name: found.shape for name, found in request.fields.items()}
    optional = ("id", *(name for name, found in request.fields.items() if not found.is_needed))
    return an_object({"id": ANY, "do": {"const": request.name}, **fields}, optional)


def answer_shape(request: Request) -> Shape:
    """Return the shape of its answer where it was carried out."""
    return an_object({"id": ID, "ok": {"const": True}, **request.answer}, request.can_miss)


def schema() -> dict[str, Any]:
    """Return the whole protocol as one JSON Schema; a message of any kind is valid against it."""
    parts: dict[str, Shape] = {"error": ERROR}
    for name, request in REQUESTS.items():
        parts[f"{name}-request"] = {"description": request.help, **request_shape(request)}
        parts[f"{name}-answer"] = answer_shape(request)
    parts.update({f"{name}-event": shape for name, shape in EVENTS.items()})

    def some(ending: str, *more: str) -> Shape:
        names = [*more, *(name for name in parts if name.endswith(ending))]
        return {"anyOf": [{"$ref": f"#/$defs/{name}"} for name in names]}

    kinds = {
        "request": some("-request"),
        "answer": some("-answer", "error"),
        "event": some("-event"),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tui-nn session: one JSON object a line, both ways",
        "anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds],
        "$defs": {**kinds, **parts},
    }


def described() -> list[str]:
    """Return the requests as lines of a Markdown table."""
    lines = ["| do | fields | what it does |", "|---|---|---|"]
    for name, request in REQUESTS.items():
        fields = [
            f"`{field}`{'' if found.is_needed else ' (optional)'}: {found.allowed}"
            for field, found in request.fields.items()
        ]
        lines.append(f"| `{name}` | {'; '.join(fields)} | {request.help} |")
    return lines
