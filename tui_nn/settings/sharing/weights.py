"""Weights and biases as text: the bytes of their numbers, each as it is in memory, in URL-safe base 64."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.settings.config import Config
from tui_nn.settings.layers import n_parameters
from tui_nn.settings.sharing.line import LineError

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*")


def write_weights(parameters: NDArray[Any]) -> str:
    """Return parameters as text that `read_weights` turns back to the same bits."""
    little = parameters.astype(parameters.dtype.newbyteorder("<"))
    return base64.urlsafe_b64encode(little.tobytes()).decode("ascii").rstrip("=")


def read_weights(text: str, config: Config) -> NDArray[Any]:
    """Return the parameters of a network of these settings. Raises LineError."""
    try:
        if not _ALPHABET.fullmatch(text):
            raise ValueError
        content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        raise LineError("weights: a part of them is missing or damaged") from None
    dtype = np.dtype(config.dtype).newbyteorder("<")
    needed = n_parameters(config)
    if len(content) != needed * dtype.itemsize:
        given = len(content) / dtype.itemsize
        raise LineError(f"weights: it holds {given:,.10g} of them, and this network has {needed:,}")
    parameters = np.frombuffer(content, dtype).astype(config.dtype)
    if not np.isfinite(parameters).all():
        raise LineError("weights: one of them is no finite number")
    return parameters
