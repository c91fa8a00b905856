from __future__ import annotations

from typing import Any

import pytest

from tui_nn.render import slots
from tui_nn.render.palette import ASCII, MONO, PALETTES, Palette
from tui_nn.settings.config import Config
from tui_nn.training.trainer import Trainer
from tui_nn.views.layers.draw import health_picture, most_kernels, most_weights, weights_picture
from tui_nn.views.layers.look import look_at_layers
from tui_nn.views.layers.values import Layers, LayersRequest

IMAGES = {"dataset": "digits", "samples": 40, "batch_size": 10, "activation": "relu"}


def layers(steps: int = 30, request: LayersRequest | None = None, **settings: Any) -> Layers:
    trainer = Trainer(Config(**{"samples": 60, "hidden_sizes": (4, 3), **settings}))
    for _ in range(steps):
        trainer.advance()
        trainer.record()
    found = look_at_layers(trainer, request or LayersRequest())
    assert found is not None
    return found


def weights(found: Layers, height: int = 14, width: int = 76, palette: Palette = MONO, node=(1, 0)) -> str:
    return "\n".join(weights_picture(found.matrix, palette, height, width, node, 4.0).lines())


def health(found: Layers, height: int = 18, width: int = 116, selected: int = 1) -> list[str]:
    return health_picture(found, MONO, height, width, selected).lines()


def test_the_weights_are_there_with_the_names_of_the_inputs() -> None:
    found = layers(features=("x", "xy"))
    shown = weights(found)

    for number in (*found.matrix.values.ravel(), *found.matrix.biases):
        assert f"{number:.2f}" in shown
    assert "bias" in shown
    assert "rows: inputs, columns: neurons" in shown
    assert found.matrix.input_names[1] in shown


def test_a_large_matrix_says_what_each_cell_stands_for() -> None:
    found = layers(1, LayersRequest(1, 28, 70), **IMAGES, hidden_sizes=(140,))

    assert "each cell: the largest of 28 x 2 weights" in weights(found)


def test_filters_are_pictures_with_names() -> None:
    found = layers(1, LayersRequest(1), **IMAGES, hidden_sizes=("4c3", "p2", "6c3", 8))
    second = layers(1, LayersRequest(3, most_kernels=9), **IMAGES, hidden_sizes=("4c3", "p2", "6c3", 8))

    assert "one per filter" in weights(found)
    shown = weights(second)
    assert "the 9 strongest of 24 kernels, filter.channel" in shown
    assert all(name in shown for name in second.matrix.kernel_names)


def test_a_layer_without_weights_says_why() -> None:
    found = layers(1, LayersRequest(2), **IMAGES, hidden_sizes=("4c3", "p2", 8))

    assert weights(found).startswith("hidden 2 has no weights. Max pooling: keeps the la")


def test_what_is_asked_for_is_what_fits() -> None:
    assert most_weights(PALETTES["truecolor"], 14, 116) == (22, 110)
    assert most_weights(MONO, 14, 116) == (11, 110)
    assert most_weights(MONO, 0, 0) == (1, 1)


def test_as_many_kernels_are_asked_for_as_fit() -> None:
    most = most_kernels(14, 76, 3)
    found = layers(1, LayersRequest(3, most_kernels=most), **IMAGES, hidden_sizes=("4c3", "p2", "16c3", 8))

    assert len(found.matrix.kernel_names) == most < 64
    assert set(found.matrix.kernel_names) <= set(weights(found).split())


def test_each_layer_has_its_name_its_state_and_its_last_norm() -> None:
    found = layers()
    lines = health(found)

    starts = [
        next(i for i, line in enumerate(lines) if line.startswith(name)) for name in ("hidden 1", "output")
    ]
    assert lines[starts[0] + 1].startswith("4 tanh")
    assert lines[starts[0] + 2].startswith("all active")
    assert lines[starts[1] + 1].startswith("1 sigmoid")
    text = "\n".join(lines)
    assert all(f"now {layer.gradient_norm:.2g}" in text for layer in found.layers)
    assert "activations, 30 samples" in text


def test_dead_neurons_are_counted_and_marked() -> None:
    found = layers(3, activation="relu", bias_init=-20.0)
    cells = health_picture(found, MONO, 18, 116, 1)
    row = next(i for i, line in enumerate(cells.lines()) if "4 of 4 dead" in line)

    assert cells.foreground[row, 0] == slots.WARNING


def test_before_the_first_step_there_is_no_norm() -> None:
    text = "\n".join(health(layers(0)))

    assert "none" in text
    assert "now" not in text


def test_many_layers_get_a_row_each_and_the_chosen_one_the_rest() -> None:
    found = layers(2, hidden_sizes=(2,) * 9)
    lines = health(found, 17, selected=3)

    names = [line.split("  ")[0] for line in lines if line.startswith(("hidden", "output"))]
    assert names == [*(f"hidden {n}" for n in range(1, 10)), "output"]
    assert lines[3].startswith("hidden 3")
    assert lines[4].startswith("2 tanh")


def test_layers_that_do_not_fit_follow_the_cursor() -> None:
    found = layers(2, hidden_sizes=(2,) * 9)

    assert [line[:8] for line in health(found, 4, selected=1)][1:] == ["hidden 1", "hidden 2", "hidden 3"]
    assert [line[:8].strip() for line in health(found, 4, selected=10)][1:] == [
        "hidden 8",
        "hidden 9",
        "output",
    ]


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("size", [(0, 0), (1, 1), (2, 5), (9, 44), (9, 76), (40, 196)], ids=str)
def test_any_size_is_drawn(palette: Palette, size: tuple[int, int]) -> None:
    for found in (layers(2), layers(1, LayersRequest(1), **IMAGES, hidden_sizes=("4c3", "p2", 8))):
        for cells in (
            weights_picture(found.matrix, palette, *size, (1, 0), 1.0),
            health_picture(found, palette, *size, 1),
            health_picture(None, palette, *size, 1),
        ):
            assert cells.glyphs.shape == size
            assert palette is not ASCII or "".join(cells.lines()).replace("…", ".").isascii()
