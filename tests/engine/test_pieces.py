"""A pass in pieces is the pass itself, stopped where one value is complete and the next begins."""

from __future__ import annotations

import numpy as np
import pytest

from tui_nn.engine import BatchNorm, Conv2D, Dense, Dropout, Flatten, MaxPool2D, Network

IMAGE = (1, 6, 6)
LAYERS = {
    "dense": [Dense(5, "tanh"), Dense(4, "relu")],
    "images": [Conv2D(3, 3, activation="relu"), MaxPool2D(2), Flatten(), Dense(4, "tanh")],
    "normalized": [Dense(5), BatchNorm("tanh"), Dropout(0.3)],
}


def a_network(name, dtype="float32"):
    shape = IMAGE if name == "images" else (3,)
    layers = [*LAYERS[name], Dense(2, "softmax")]
    rng, dropout_rng = np.random.default_rng(0), np.random.default_rng(1)
    return Network(shape, layers, loss="softmax_cross_entropy", rng=rng, dropout_rng=dropout_rng, dtype=dtype)


def a_batch(network, n=4):
    rng = np.random.default_rng(2)
    return rng.normal(size=(n, network.n_inputs)), np.eye(2)[rng.integers(0, 2, n)]


@pytest.mark.parametrize("name", LAYERS)
def test_the_pieces_together_are_the_gradient_to_the_bit(name):
    whole, parts = a_network(name), a_network(name)
    inputs, targets = a_batch(whole)
    expected = whole.gradient(whole.prepare(inputs, targets), np.arange(len(inputs)))
    for _ in parts.in_pieces(inputs, targets):
        pass
    np.testing.assert_array_equal(parts.gradients, expected)
    np.testing.assert_array_equal(parts.statistics, whole.statistics)


@pytest.mark.parametrize("name", LAYERS)
def test_without_targets_the_pieces_are_the_prediction_to_the_bit(name):
    network = a_network(name)
    inputs, _ = a_batch(network)
    expected = network.predict(inputs)
    kinds = []
    for piece, space in network.in_pieces(inputs):
        kinds.append(piece.kind)
        outputs = space.slots[-1].activations.T
    assert set(kinds) == {"z", "a"}
    np.testing.assert_array_equal(outputs, expected)


def test_each_piece_leaves_its_value_complete():
    network = a_network("dense", "float64")
    inputs, targets = a_batch(network)
    first, second, last = network.layers
    a1 = np.tanh(inputs @ first.weights + first.biases)
    z2 = a1 @ second.weights + second.biases
    z3 = np.maximum(z2, 0) @ last.weights + last.biases
    shares = np.exp(z3) / np.exp(z3).sum(axis=1, keepdims=True)
    delta3 = (shares - targets) / len(inputs)
    below3 = delta3 @ last.weights.T
    delta2 = below3 * (z2 > 0)
    expected = {
        ("z", 1): lambda space: (space.slots[2].preactivations, z2),
        ("a", 0): lambda space: (space.slots[1].activations, a1),
        ("loss", 2): lambda space: (space.slots[3].delta, delta3),
        ("gradients", 2): lambda space: (space.slots[2].delta, below3),
        ("delta", 1): lambda space: (space.slots[2].delta, delta2),
    }
    for piece, space in network.in_pieces(inputs, targets):
        if (piece.kind, piece.layer) in expected:
            found, wanted = expected.pop((piece.kind, piece.layer))(space)
            np.testing.assert_allclose(found.T, wanted, rtol=1e-12)
    assert not expected


def test_layers_write_down_what_their_formulas_name():
    network = a_network("normalized", "float64")
    inputs, targets = a_batch(network)
    *_, (_, space) = network.in_pieces(inputs, targets)
    dense, norm, dropout = space.slots[1:4]
    x = dense.activations
    np.testing.assert_allclose(space.notes[1]["mean"][:, 0], x.mean(axis=1), rtol=1e-12)
    np.testing.assert_allclose(space.notes[1]["variance"][:, 0], x.var(axis=1), rtol=1e-12)
    mask = space.notes[2]["mask"]
    assert set(np.unique(mask.round(9))) <= {0.0, round(1 / 0.7, 9)}
    np.testing.assert_array_equal(dropout.activations, norm.activations * mask)


def test_a_wrong_shape_is_refused():
    with pytest.raises(ValueError, match=r"needed are \(n, 3\)"):
        next(a_network("dense").in_pieces(np.zeros((1, 2))))
