"""Gradient clipping: cap each gradient, or scale all of them down together."""

from __future__ import annotations

import math

import numpy as np

from tui_nn.engine.arrays import Array


def clip_by_value(gradients: Array, limit: float) -> None:
    """Bring every entry of `gradients` into [-limit, limit], in place."""
    np.clip(gradients, -limit, limit, out=gradients)


def clip_by_norm(gradients: Array, limit: float) -> float:
    """Scale `gradients` in place so that their length is at most `limit`; return the length before.

    The direction stays: g <- g min(1, limit / |g|), |g| over all parameters (Pascanu and others 2013).
    """
    with np.errstate(over="ignore", invalid="ignore"):
        norm = math.sqrt(float(np.dot(gradients, gradients)))
    if math.isinf(norm):  # the squares do not fit into float32
        norm = float(np.linalg.norm(gradients.astype(np.float64)))
    if norm > limit:
        np.multiply(gradients, limit / norm, gradients)
    return norm
