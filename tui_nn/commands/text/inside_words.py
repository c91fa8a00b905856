"""What stands on pages of Inside, in sentences."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tui_nn.training.names import layer_name
from tui_nn.views.hidden.values import HiddenSpace
from tui_nn.views.landscape.values import Landscape
from tui_nn.views.layers.values import LayerHealth, Layers

MOST_CLASSES = 10


def space_words(space: HiddenSpace) -> list[str]:
    """Return where the classes lie on the plane that is shown, and how far they lie apart."""
    if not space.is_finite:
        return ["The activations are no finite numbers any more."]
    lines = [f"{layer_name(space.layer, space.n_layers)}, {_axes(space)}."]
    names = space.class_names or ("targets at most 0", "targets above 0")
    centers = []
    for number, name in enumerate(names[:MOST_CLASSES]):
        own = space.positions[space.labels == number]
        if not len(own):
            continue
        centers.append((number, own.mean(axis=0)))
        spread = float(np.sqrt(own.var(axis=0).sum()))
        at = ", ".join(f"{float(value):.2f}" for value in own.mean(axis=0))
        called = f"class {name}" if space.class_names else name
        lines.append(f"{called}: {len(own)} samples around {at}, spread {spread:.2f}.")
    if len(centers) > 1:
        numbers, places = np.array([n for n, _ in centers]), np.array([place for _, place in centers])
        distances = np.linalg.norm(space.positions[:, None] - places[None], axis=2)
        share = float((numbers[distances.argmin(axis=1)] == space.labels).mean())
        lines.append(f"{100 * share:.0f} % lie nearest to the center of their own class.")
    return lines


def _axes(space: HiddenSpace) -> str:
    if space.pair is not None:
        a, b = space.pair
        names = space.names
        first, second = (names[n] if n < len(names) else f"neuron {n + 1}" for n in (a, b))
        return f"{first} across, {second} up"
    if space.units == 1:
        return "its one neuron"
    if space.shares is not None:
        return f"its two principal components, {100 * sum(space.shares):.0f} % of the spread"
    return "its two neurons"


def health_words(layers: Layers) -> list[str]:
    """Return a sentence for each layer."""
    return [_layer_words(layer) for layer in layers.layers]


def _layer_words(layer: LayerHealth) -> str:
    parts = [layer.kind]
    if math.isfinite(layer.gradient_norm):
        parts.append(f"gradient {layer.gradient_norm:.3g}")
    if layer.counted:
        parts.append(f"{layer.dead} of {layer.counted} dead, {layer.saturated} saturated")
    return f"{layer.name}: {', '.join(parts)}."


def landscape_words(values: NDArray[np.float64], found: Landscape) -> list[str]:
    """Return how the loss goes around the weights; values: (size, size), row 0 on top."""
    known = np.where(np.isfinite(values), values, np.inf)
    row, column = np.unravel_index(int(known.argmin()), known.shape)
    size = max(1, values.shape[0] - 1)
    right, up = (2 * column / size - 1) * found.span, (1 - 2 * row / size) * found.span
    middle, low = found.middle_loss, float(known.min())
    edges = {
        "left": known[:, 0],
        "right": known[:, -1],
        "up": known[0],
        "down": known[-1],
    }
    ends = ", ".join(f"{name} {float(np.median(edge)):.3g}" for name, edge in edges.items())
    place = (
        f"{abs(right):.2f} {'right' if right >= 0 else 'left'}, {abs(up):.2f} {'up' if up >= 0 else 'down'}"
    )
    where = "at the weights themselves" if math.hypot(right, up) < 0.05 else f"{place} of the weights"
    return [
        f"Loss at the weights {middle:.3g}, over {found.n_rows:,} training samples.",
        f"Lowest of the slice {low:.3g}, {where}.",
        f"At its edges, {found.span:g} length of the weights away: {ends}.",
    ]
