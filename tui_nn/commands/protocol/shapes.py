"""Shapes of JSON values: fragments of JSON Schema, and whether a value has the shape.

One fragment checks a request, stands in the printed schema, and is what tests hold answers against. Of JSON
Schema only the words are known that are used here.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from typing import Any

Shape = Mapping[str, Any]

ANY: Shape = {}
TEXT: Shape = {"type": "string"}
BOOL: Shape = {"type": "boolean"}
NUMBER: Shape = {"type": "number"}
WHOLE: Shape = {"type": "integer", "minimum": 0}
COUNT: Shape = {"type": "integer", "minimum": 1, "maximum": 1_000_000_000}
NOTHING: Shape = {"type": "null"}
OBJECT: Shape = {"type": "object"}
LARGEST = sys.float_info.max
"""Larger whole numbers are none that could be counted with."""
_TYPES: Mapping[str, Any] = {
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def a_list(items: Shape, least: int = 0, most: int | None = None) -> Shape:
    """Return the shape of a list."""
    shape = {"type": "array", "items": items}
    if least:
        shape["minItems"] = least  # type: ignore[assignment]
    if most is not None:
        shape["maxItems"] = most  # type: ignore[assignment]
    return shape


def one_of(*words: str) -> Shape:
    """Return the shape of one of some words."""
    return {"type": "string", "enum": list(words)}


def or_null(shape: Shape) -> Shape:
    """Return the shape of a value that can be missing."""
    return {"anyOf": [shape, NOTHING]}


def an_object(
    properties: Mapping[str, Shape], optional: Sequence[str] = (), *, is_open: bool = False
) -> Shape:
    """Return the shape of an object; is_open: further names are allowed."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
        "additionalProperties": is_open,
    }


def has_shape(value: Any, shape: Shape) -> bool:
    """Return whether a value has a shape."""
    return (
        ("type" not in shape or _TYPES[shape["type"]](value))
        and ("const" not in shape or value == shape["const"])
        and ("enum" not in shape or value in shape["enum"])
        and ("anyOf" not in shape or any(has_shape(value, other) for other in shape["anyOf"]))
        and (isinstance(value, bool) or not isinstance(value, (int, float)) or _is_in_range(value, shape))
        and (not isinstance(value, list) or _is_list(value, shape))
        and (not isinstance(value, dict) or _is_object(value, shape))
    )


def _is_in_range(value: float, shape: Shape) -> bool:
    return (
        abs(value) <= LARGEST
        and ("minimum" not in shape or value >= shape["minimum"])
        and ("maximum" not in shape or value <= shape["maximum"])
        and ("exclusiveMinimum" not in shape or value > shape["exclusiveMinimum"])
    )


def _is_list(value: list[Any], shape: Shape) -> bool:
    least, most = shape.get("minItems", 0), shape.get("maxItems", math.inf)
    items = shape.get("items", ANY)
    return bool(least <= len(value) <= most) and (not items or all(has_shape(v, items) for v in value))


def _is_object(value: dict[str, Any], shape: Shape) -> bool:
    properties: Mapping[str, Shape] = shape.get("properties", {})
    is_closed = shape.get("additionalProperties") is False
    return (
        all(name in value for name in shape.get("required", ()))
        and not (is_closed and value.keys() - properties.keys())
        and all(has_shape(value[name], found) for name, found in properties.items() if name in value)
    )
