"""How much a frame costs on the line when every row of it changes."""

from __future__ import annotations

import numpy as np
import pytest
from rich.console import Console
from rich.style import Style

from tui_nn.render.palette import PALETTES
from tui_nn.render.strips import row_strip
from tui_nn.views.map.draw_points import Points
from tui_nn.views.map.draw_surface import decision_map, map_area
from tui_nn.views.network.draw_diagram import network, plan_network
from tui_nn.views.network.draw_layer import Layer

DOMAIN = ((-2.0, 2.0), (-2.0, 2.0))


def bytes_of(cells, palette, base):
    system = {"truecolor": "truecolor", "256": "256"}[palette.depth]
    console = Console(color_system=system, force_terminal=True)
    return sum(
        len(row_strip(cells, row, palette, base).render(console).encode()) for row in range(cells.height)
    )


class Growing:
    """A network 2-n-m-1 of tanh whose weights grow as in training."""

    def __init__(self, *hidden):
        rng = np.random.default_rng(3)
        self.sizes = (2, *hidden, 1)
        pairs = list(zip(self.sizes[:-1], self.sizes[1:], strict=True))
        self.weights = [rng.normal(0, 1.5 / np.sqrt(pair[0]), pair) for pair in pairs]
        self.biases = [rng.normal(0, 0.5, pair[1]) for pair in pairs]

    def outputs(self, inputs, time):
        outputs = [inputs]
        for weights, biases in zip(self.weights, self.biases, strict=True):
            outputs.append(np.tanh((1 + time) * (outputs[-1] @ weights + biases)))
        return outputs

    def layers(self, plane, time):
        outputs = self.outputs(plane.centers(2), time)
        shape = (plane.rows * 2, plane.columns)
        return [
            Layer(
                ("input", "hidden 1", "hidden 2", "output")[index],
                "h",
                values.shape[1],
                maps=values.T.reshape(-1, *shape),
                activations=values[0],
                biases=None if index == 0 else self.biases[index - 1],
                scale=2.0 if index == 0 else 1.0,
            )
            for index, values in enumerate(outputs)
        ], [weights * (1 + time) for weights in self.weights]


TIMES = np.linspace(0, 2, 6)


@pytest.mark.parametrize("base", [Style(), Style.parse("#e0e0e0 on #121212")], ids=["own", "themed"])
@pytest.mark.parametrize("depth", ["truecolor", "256"])
def test_a_frame_of_the_map_takes_at_most_12_kb(depth, base):
    palette, net = PALETTES[depth], Growing(4, 2)
    rng = np.random.default_rng(0)
    positions = rng.uniform(-1.5, 1.5, (250, 2))
    labels = (net.outputs(positions, 2.0)[-1][:, 0] > 0).astype(int)
    plane = map_area(20, 58, DOMAIN, axes=True).plane
    for time in TIMES:
        surface = net.outputs(plane.centers(2), time)[-1].reshape(plane.rows * 2, plane.columns)
        wrong = (net.outputs(positions, time)[-1][:, 0] > 0) != labels
        points = Points(positions, labels, wrong=wrong)
        cells = decision_map(surface, palette, 20, 58, domain=DOMAIN, points=points, axes=True)
        assert bytes_of(cells, palette, base) <= 12_000


@pytest.mark.parametrize(
    ("hidden", "base"),
    [((4, 2), Style()), ((8, 8), Style()), ((4, 2), Style.parse("#e0e0e0 on #121212"))],
    ids=["4,2", "8,8", "4,2 themed"],
)
@pytest.mark.parametrize("depth", ["truecolor", "256"])
def test_a_frame_of_the_network_takes_at_most_11_kb(depth, hidden, base):
    palette, net = PALETTES[depth], Growing(*hidden)
    plane = map_area(6, 12, DOMAIN).plane
    for time in TIMES:
        drawing = network(*net.layers(plane, time), palette, 22, 58)
        assert len(drawing.nodes) == 3 + sum(hidden)
        assert bytes_of(drawing.cells, palette, base) <= 11_000


def test_small_maps_are_asked_for_in_the_size_that_is_drawn():
    layers, weights = Growing(4, 2).layers(map_area(6, 12, DOMAIN).plane, 0.0)
    layout, _ = plan_network(layers, weights, PALETTES["truecolor"], 22, 58)
    assert (layout.map_samples, layout.map_width) == (7, 7)
