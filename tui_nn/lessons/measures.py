"""Measures as people say and type them: accuracies in percent, counts whole."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\s*(-?\d*\.?\d+)\s*(%?)\s*")


def is_fraction(measure: str) -> bool:
    """Return whether a measure is said in percent."""
    return measure.endswith("accuracy")


def measure_in_words(measure: str, value: float | None) -> str:
    """Return a value of a measure: "51.2 %", "14 epochs", "0.183"."""
    if value is None:
        return "not defined"
    if is_fraction(measure):
        return f"{100 * value:.1f} %"
    if measure in ("epochs", "steps", "parameters", "neurons", "layers"):
        return f"{value:,.0f} {measure if value != 1 else measure.removesuffix('s')}"
    return f"{value:.3g}"


def parse_measure(text: str, measure: str) -> float | None:
    """Return the number that was typed for a measure; None if it is none."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    is_percent = is_fraction(measure) or bool(found[2])
    return float(found[1]) / (100 if is_percent else 1)
