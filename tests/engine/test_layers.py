"""Layers beside plain loops over pixels."""

from __future__ import annotations

import numpy as np
import pytest

from tui_nn.engine import (
    LAYERS,
    AveragePool2D,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    EngineError,
    Flatten,
    Layer,
    MaxPool2D,
    Network,
)


def outputs_of(layer: Layer, images: np.ndarray, **changes: object) -> tuple[np.ndarray, Network]:
    settings: dict = {"loss": "mse", "rng": np.random.default_rng(3), "dtype": "float64", **changes}
    network = Network(images.shape[1:], [layer, Dense(1)], **settings)
    placed = network.layers[0]
    return network.layer_outputs(images)[0].reshape(-1, *placed.output_shape), network


@pytest.mark.parametrize(
    ("size", "stride", "padding", "zeros"),
    [(3, 1, "same", (1, 1)), (3, 1, "valid", (0, 0)), (2, 2, "valid", (0, 0)), (4, 1, "same", (1, 2))],
)
def test_convolution_is_a_sum_over_each_window(
    size: int, stride: int, padding: str, zeros: tuple[int, int], rng: np.random.Generator
) -> None:
    images = rng.standard_normal((2, 3, 6, 5))
    z, network = outputs_of(Conv2D(4, size, stride, padding), images, bias_init=0.3)
    kernels = network.layers[0].weights.reshape(3, size, size, 4)
    padded = np.pad(images, ((0, 0), (0, 0), zeros, zeros))

    for n, f, y, x in np.ndindex(z.shape):
        window = padded[n, :, y * stride : y * stride + size, x * stride : x * stride + size]
        assert z[n, f, y, x] == pytest.approx((window * kernels[..., f]).sum() + 0.3)


@pytest.mark.parametrize(("layer", "function"), [(MaxPool2D, np.max), (AveragePool2D, np.mean)])
@pytest.mark.parametrize(("size", "stride"), [(2, 0), (3, 2), (2, 1)])
def test_pools_reduce_each_window(
    layer: type[MaxPool2D], function: object, size: int, stride: int, rng: np.random.Generator
) -> None:
    images = rng.standard_normal((2, 3, 7, 6))
    a, _ = outputs_of(layer(size, stride), images)
    step = stride or size

    for n, c, y, x in np.ndindex(a.shape):
        window = images[n, c, y * step : y * step + size, x * step : x * step + size]
        assert a[n, c, y, x] == pytest.approx(function(window))


def test_flatten_keeps_channel_row_column_order(rng: np.random.Generator) -> None:
    images = rng.standard_normal((2, 3, 2, 2))

    np.testing.assert_array_equal(outputs_of(Flatten(), images)[0], images.reshape(2, -1))


def test_equal_neighbors_share_no_delta() -> None:
    network = Network(
        (1, 2, 2), [Conv2D(1, 1), MaxPool2D(), Dense(1)], loss="half_mse", rng=np.random.default_rng(0)
    )
    network.parameters[:] = [2.0, 0.0, 1.0, 0.0]
    source = network.prepare(np.ones((1, 2, 2)), [[0.0]])

    gradients = network.gradient(source, np.arange(1))

    assert gradients[0] == 2.0  # 2 times one pixel, not times four


def test_dropout_silences_its_share_and_keeps_the_mean() -> None:
    network = Network(
        (400,),
        [Dropout(0.25), Dense(1)],
        loss="mse",
        rng=np.random.default_rng(0),
        dropout_rng=np.random.default_rng(1),
    )
    source = network.prepare(np.ones((100, 400)), np.zeros((100, 1)))
    network.gradient(source, np.arange(100))
    values = network.training_workspace(100).slots[1].activations

    assert set(np.unique(values)) == {np.float32(0.0), np.float32(1 / 0.75)}
    assert (values == 0).mean() == pytest.approx(0.25, abs=0.01)
    assert values.mean() == pytest.approx(1.0, abs=0.01)


def test_the_piece_of_a_pool_is_the_place_of_the_largest_in_each_window(rng: np.random.Generator) -> None:
    images = rng.standard_normal((2, 3, 4, 6))
    _, network = outputs_of(MaxPool2D(2), images)
    source = network.prepare(images, np.zeros((2, 1)))
    network.gradient(source, np.arange(2))
    winners = network.layers[0].layer.piece(network.layers[0], network.training_workspace(2).slots[0])

    assert winners.shape == (3, 2, 3, 2)
    for c, y, x, n in np.ndindex(winners.shape):
        window = images[n, c, 2 * y : 2 * y + 2, 2 * x : 2 * x + 2].ravel()
        assert window[winners[c, y, x, n]] == max(window)


def test_dropout_is_silent_when_it_does_not_train(rng: np.random.Generator) -> None:
    inputs = rng.standard_normal((5, 4))

    np.testing.assert_array_equal(outputs_of(Dropout(0.9), inputs)[0], inputs)


def test_batch_norm_brings_each_unit_to_mean_zero_and_variance_one(rng: np.random.Generator) -> None:
    network = Network((3,), [BatchNorm(), Dense(1)], loss="mse", rng=rng, dtype="float64")
    source = network.prepare(rng.standard_normal((50, 3)) * [1, 5, 10] + [0, 3, -7], np.zeros((50, 1)))
    network.gradient(source, np.arange(50))
    values = network.training_workspace(50).slots[1].activations

    np.testing.assert_allclose(values.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(values.var(axis=1), 1, rtol=1e-4)


def test_batch_norm_that_has_seen_no_batch_changes_no_answer(rng: np.random.Generator) -> None:
    inputs = rng.standard_normal((5, 3)) * [1, 5, 10]
    normalized, _ = outputs_of(BatchNorm(), inputs)
    centered, _ = outputs_of(BatchNorm(epsilon=0.21), inputs)

    np.testing.assert_allclose(normalized, inputs, rtol=1e-5)
    np.testing.assert_allclose(centered, inputs / 1.1)


def test_batch_norm_of_one_sample_stays_finite() -> None:
    network = Network((3,), [Dense(3), BatchNorm("tanh"), Dense(1)], loss="mse", rng=np.random.default_rng(0))
    source = network.prepare(np.ones((2, 3)), np.zeros((2, 1)))

    assert np.isfinite(network.gradient(source, np.array([1]))).all()
    assert np.isfinite(network.predict(np.ones((2, 3)))).all()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: Dense(0), "at least 1"),
        (lambda: Conv2D(0), "at least 1"),
        (lambda: Conv2D(4, 0), "at least 1"),
        (lambda: Conv2D(4, padding="full"), "'same' and 'valid'"),
        (lambda: MaxPool2D(0), "at least 1"),
        (lambda: Dropout(1.0), "0 to below 1"),
        (lambda: BatchNorm(momentum=0.0), "momentum"),
    ],
)
def test_impossible_layers_are_refused(make: object, reason: str) -> None:
    with pytest.raises(EngineError, match=reason):
        make()


def test_every_kind_of_layer_explains_itself() -> None:
    for name, kind in LAYERS.items():
        assert kind.name == name
        assert kind.help.endswith(".")
        assert kind.formula
