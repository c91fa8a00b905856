"""The numbers in the text of a walk are the engine's, to the last digit shown, for every layer and loss.

They are read back out of the text and compared with plain loops in float64.
"""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from tui_nn.engine import (
    ACTIVATIONS,
    LOSSES,
    OPTIMIZERS,
    AveragePool2D,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPool2D,
    Network,
)
from tui_nn.views.walk.look.names import name_parts
from tui_nn.views.walk.look.numbers import fill_in, number, short
from tui_nn.views.walk.look.walk import walk

NUMBER = re.compile(r"[+-]\d+(?:\.\d+)?(?:e[+-]\d+)?")


def agree(texts, values):
    """Compare numbers as they are written with what they should be, to half a unit of the last digit."""
    values = np.asarray(values, dtype=np.float64).ravel()
    assert len(texts) == len(values), (texts, values)
    for text, value in zip(texts, values, strict=True):
        mantissa, _, exponent = text.partition("e")
        unit = 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
        assert abs(float(text) - value) <= 0.5 * unit * (1 + 1e-6) + 1e-13, (text, value)


def table(stage, heading):
    """Return {name: numbers} of the rows below the line that begins with the heading."""
    found, is_open = {}, False
    for line in stage.lines:
        if line.role == "head":
            is_open = line.text.startswith(heading)
        elif is_open and line.role != "note":
            first = NUMBER.search(line.text)
            assert first is not None
            found[line.text[: first.start()].strip()] = NUMBER.findall(line.text)
    assert found, (heading, [line.text for line in stage.lines])
    return found


def a_walk(shape, layers, loss, n=1, targets=None, dtype="float64", seed=0, optimizer="sgd"):
    network = Network(
        shape,
        layers,
        loss=loss,
        rng=np.random.default_rng(seed),
        dropout_rng=np.random.default_rng(9),
        dtype=dtype,
    )
    rng = np.random.default_rng(seed + 1)
    network.parameters += rng.normal(0, 0.3, network.n_parameters)
    inputs = rng.normal(size=(n, network.n_inputs))
    if targets is None:
        targets = np.eye(network.n_outputs)[rng.integers(0, network.n_outputs, n)]
    before = network.parameters.copy()
    walked = walk(
        network,
        OPTIMIZERS[optimizer].create(network.n_parameters, dtype),
        inputs,
        targets,
        0.1,
        name_parts(network),
        with_code=True,
    )
    network.parameters[:] = before
    stages = {(stage.kind, stage.title.partition(":")[0]): stage for stage in walked.stages}
    stages |= {stage.title: stage for stage in walked.stages}
    return network, inputs, targets, stages


def test_a_dense_layer():
    network, inputs, _, stages = a_walk(
        (3,), [Dense(2, "tanh"), Dense(2, "softmax")], "softmax_cross_entropy"
    )
    first, last = network.layers
    x = inputs[0]
    z = [sum(first.weights[i, j] * x[i] for i in range(3)) + first.biases[j] for j in range(2)]
    a = [math.tanh(value) for value in z]
    stage = stages["preactivations", "hidden 1"]
    for j in range(2):
        sums = [z[j] - first.biases[j], first.biases[j], z[j]]
        agree(table(stage, "neuron  ")[str(j + 1)], sums)
        terms = table(stage, f"neuron {j + 1}: w × x")
        for i in range(3):
            agree(terms[str(i + 1)], [first.weights[i, j], x[i], first.weights[i, j] * x[i]])
        agree(terms["z"], [z[j]])
        agree(table(stages["activations", "hidden 1"], "neuron")[str(j + 1)], [z[j], a[j]])
    o = [sum(last.weights[i, k] * a[i] for i in range(2)) + last.biases[k] for k in range(2)]
    shares = [math.exp(value) / sum(map(math.exp, o)) for value in o]
    for k in range(2):
        agree(table(stages["activations", "output"], "output")[str(k + 1)], [o[k], shares[k]])


def test_the_way_back_through_dense_layers():
    network, inputs, targets, stages = a_walk((3,), [Dense(4, "sigmoid"), Dense(2, "tanh")], "half_mse")
    first, last = network.layers
    z = inputs[0] @ first.weights + first.biases
    a = 1 / (1 + np.exp(-z))
    o = np.tanh(a @ last.weights + last.biases)
    arriving = o - targets[0]
    delta = arriving * (1 - o**2)
    below = last.weights @ delta
    delta1 = below * a * (1 - a)
    for k in range(2):
        start = table(stages["delta", "output"], "output")[str(k + 1)]
        agree(start, [arriving[k], 1 - o[k] ** 2, delta[k]])
    gradients = table(stages["gradients", "output"], "grad_weights")
    for i in range(4):
        for k in range(2):
            agree(gradients[f"{i + 1} → {k + 1}"], [a[i], delta[k], a[i] * delta[k]])
        agree(table(stages["below", "output"], "neuron  ")[str(i + 1)], [below[i]])
        agree(
            table(stages["delta", "hidden 1"], "neuron")[str(i + 1)],
            [below[i], a[i] * (1 - a[i]), delta1[i]],
        )
        agree(table(stages["gradients", "hidden 1"], "grad_biases")[str(i + 1)], [delta1[i]])
    terms = table(stages["below", "output"], "neuron 1: w × delta")
    agree(terms["2"], [last.weights[0, 1], delta[1], last.weights[0, 1] * delta[1]])


IMAGE = (2, 5, 5)


def convolve(image, placed):
    """Return z (filters, 5, 5) of a 3x3 convolution that keeps the size, by plain loops."""
    filters = placed.biases.size
    z = np.zeros((filters, 5, 5))
    for f in range(filters):
        for y in range(5):
            for x in range(5):
                z[f, y, x] = placed.biases[f]
                for c in range(2):
                    for i in range(3):
                        for j in range(3):
                            row, column = y + i - 1, x + j - 1
                            if 0 <= row < 5 and 0 <= column < 5:
                                w = placed.weights[(c * 3 + i) * 3 + j, f]
                                z[f, y, x] += w * image[c, row, column]
    return z


def nudged(network, inputs, targets, parameter):
    """Return dL/dp by the difference of two losses."""
    losses = []
    for change in (1e-6, -1e-6):
        network.parameters[parameter] += change
        losses.append(network.loss_value(inputs, targets))
        network.parameters[parameter] -= change
    return (losses[0] - losses[1]) / 2e-6


def test_a_convolution_forward():
    layers = [Conv2D(3, 3, activation="relu"), Dense(2, "softmax")]
    network, inputs, _, stages = a_walk(IMAGE, layers, "softmax_cross_entropy")
    z = convolve(inputs[0].reshape(IMAGE), network.layers[0])
    rows = table(stages["preactivations", "hidden 1"], "filter  ")
    assert len(rows) == 3
    for name, texts in rows.items():
        f, y, x = (int(digit) - 1 for digit in re.findall(r"\d+", name))
        assert abs(z[f, y, x]) == pytest.approx(np.abs(z[f]).max())
        bias = network.layers[0].biases[f]
        agree(texts, [z[f, y, x] - bias, bias, z[f, y, x]])
    for name, texts in table(stages["activations", "hidden 1"], "pixel").items():
        f, y, x = (int(digit) - 1 for digit in re.findall(r"\d+", name))
        agree(texts, [z[f, y, x], max(0.0, z[f, y, x])])


def test_a_convolution_backward():
    layers = [Conv2D(3, 3, activation="tanh"), Conv2D(2, 3, activation="tanh"), Dense(2, "softmax")]
    network, inputs, targets, stages = a_walk(IMAGE, layers, "softmax_cross_entropy")
    placed = network.layers[0]
    for name, texts in table(stages["gradients", "hidden 1"], "weight").items():
        f, c, i, j = (int(digit) - 1 for digit in re.findall(r"\d+", name))
        parameter = placed.start + ((c * 3 + i) * 3 + j) * 3 + f
        assert float(texts[0]) == pytest.approx(nudged(network, inputs, targets, parameter), abs=6e-5)
    for name, texts in table(stages["gradients", "hidden 1"], "filter").items():
        parameter = placed.start + placed.block.size - 3 + int(name[1:]) - 1
        assert float(texts[0]) == pytest.approx(nudged(network, inputs, targets, parameter), abs=6e-5)
    stage = stages["below", "hidden 2"]
    pixel = stage.values["backpropagated"]
    first_heading = next(line.text for line in stage.lines if "each window's share" in line.text)
    terms = table(stage, first_heading.partition(":")[0])
    whole = float(terms.pop("dL/da")[0])
    assert whole == pytest.approx(pixel[np.argmax(np.abs(pixel))], abs=6e-5)
    assert sum(float(texts[-1]) for texts in terms.values()) == pytest.approx(whole, abs=5e-4)
    assert 4 <= len(terms) <= 9


@pytest.mark.parametrize("kind", [MaxPool2D, AveragePool2D])
def test_pooling(kind):
    _, inputs, _, stages = a_walk((1, 4, 4), [kind(2), Dense(2, "softmax")], "softmax_cross_entropy")
    image = inputs[0].reshape(4, 4)
    corners = [image[y : y + 2, x : x + 2] for y in (0, 2) for x in (0, 2)]
    pooled = np.array([corner.max() if kind is MaxPool2D else corner.mean() for corner in corners])
    for index, line in enumerate(stages["pool", "hidden 1"].lines[1:]):
        name, inside, value = re.fullmatch(r"(\S+) = \w+\((.*)\) = (\S+)", line.text).groups()
        assert name == f"f1({index // 2 + 1},{index % 2 + 1})"
        agree(inside.split(", "), corners[index])
        agree([value], pooled[index : index + 1])


@pytest.mark.parametrize("kind", [MaxPool2D, AveragePool2D])
def test_the_way_back_through_pooling(kind):
    layers = [Conv2D(1, 1), kind(2), Dense(2, "softmax")]
    network, inputs, targets, stages = a_walk((1, 4, 4), layers, "softmax_cross_entropy")
    conv, _, dense = network.layers
    image = (inputs[0] * conv.weights[0, 0] + conv.biases[0]).reshape(4, 4)
    corners = [image[y : y + 2, x : x + 2] for y in (0, 2) for x in (0, 2)]
    pooled = np.array([corner.max() if kind is MaxPool2D else corner.mean() for corner in corners])
    o = pooled @ dense.weights + dense.biases
    delta = dense.weights @ (np.exp(o) / np.exp(o).sum() - targets[0])
    rows = [line for line in stages["below", "hidden 2"].lines if NUMBER.search(line.text)]
    winners = [line.text for line in stages["below", "hidden 2"].lines if "largest was" in line.text]
    for position, line in enumerate(rows):
        y, x = (int(digit) - 1 for digit in re.findall(r"\d+", line.text[2:10])[:2])
        index = 2 * y + x
        share = 1.0 if kind is MaxPool2D else 0.25
        agree(NUMBER.findall(line.text), [delta[index], delta[index] * share])
        if kind is MaxPool2D:
            best = np.unravel_index(corners[index].argmax(), (2, 2))
            assert winners[position].endswith(f"f1({2 * y + best[0] + 1},{2 * x + best[1] + 1})")


def test_dropout_forward_and_backward():
    network, inputs, targets, stages = a_walk(
        (3,), [Dense(6, "tanh"), Dropout(0.5), Dense(2, "softmax")], "softmax_cross_entropy"
    )
    first, _, last = network.layers
    x = np.tanh(inputs[0] @ first.weights + first.biases)
    factor = np.floor(np.random.default_rng(9).random((6, 1)) + 0.5)[:, 0] * 2  # the stream that it was given
    assert 0 < np.count_nonzero(factor) < 6
    o = (x * factor) @ last.weights + last.biases
    delta = last.weights @ (np.exp(o) / np.exp(o).sum() - targets[0])
    for i in range(6):
        agree(table(stages["dropout", "hidden 1"], "neuron")[str(i + 1)], [x[i], factor[i], x[i] * factor[i]])
        agree(
            table(stages["below", "hidden 1"], "neuron")[str(i + 1)],
            [delta[i], factor[i], delta[i] * factor[i]],
        )


def test_batch_norm_in_company():
    n, epsilon = 4, 1e-5
    network, inputs, targets, stages = a_walk(
        (3,), [Dense(2), BatchNorm("tanh"), Dense(2, "softmax")], "softmax_cross_entropy", n=n
    )
    first, norm, last = network.layers
    x = inputs @ first.weights + first.biases
    scale = 1 / np.sqrt(x.var(axis=0) + epsilon)
    normal = (x - x.mean(axis=0)) * scale
    gamma, beta = norm.weights[0], norm.biases
    z = gamma * normal + beta
    a = np.tanh(z)
    o = a @ last.weights + last.biases
    shares = np.exp(o) / np.exp(o).sum(axis=1, keepdims=True)
    delta = ((shares - targets) / n) @ last.weights.T * (1 - a**2)
    grad_gamma, grad_beta = (delta * normal).sum(axis=0), delta.sum(axis=0)
    below = gamma * scale * (delta - grad_beta / n - normal * grad_gamma / n)
    forward = stages["batchnorm", "hidden 1"]
    filled = [line.text for line in forward.lines if " = (" in line.text or "z = " in line.text]
    for i in range(2):
        agree(table(forward, "neuron")[str(i + 1)], [x[0, i], normal[0, i], z[0, i]])
        agree([filled[2 * i].split()[-1], filled[2 * i + 1].split()[-1]], [normal[0, i], z[0, i]])
    walk_down = stages["hidden 1: batch norm, error backpropagated"]
    for i in range(2):
        agree(table(walk_down, "neuron")[str(i + 1)], [delta[0, i], below[0, i]])
    assert "all 4 samples" in forward.lines[-1].text
    weights = table(stages["hidden 1: gradients"], "weight")
    for i in range(3):
        for j in range(2):
            whole = (inputs[:, i] * below[:, j]).sum()
            agree(weights[f"{i + 1} → {j + 1}"], [inputs[0, i] * below[0, j], whole])


def test_the_gradients_of_batch_norm():
    n = 4
    layers = [BatchNorm("tanh"), Dense(2, "softmax")]
    network, inputs, targets, stages = a_walk((3,), layers, "softmax_cross_entropy", n=n)
    norm, last = network.layers
    normal = (inputs - inputs.mean(axis=0)) / np.sqrt(inputs.var(axis=0) + 1e-5)
    a = np.tanh(norm.weights[0] * normal + norm.biases)
    o = a @ last.weights + last.biases
    shares = np.exp(o) / np.exp(o).sum(axis=1, keepdims=True)
    delta = ((shares - targets) / n) @ last.weights.T * (1 - a**2)
    stage = stages["gradients", "hidden 1"]
    rows = [NUMBER.findall(line.text) for line in stage.lines if line.role == ""]
    for i in range(3):
        agree(rows[i], [(delta * normal)[:, i].sum(), delta[:, i].sum()])
        agree(rows[3 + i], [delta[0, i], delta[0, i] * normal[0, i]])


def test_flatten_changes_no_number():
    layers = [Conv2D(1, 3), Flatten(), Dense(2, "softmax")]
    _, _, _, stages = a_walk((1, 3, 3), layers, "softmax_cross_entropy")
    before = stages["preactivations", "hidden 1"].values["z"]
    for name, texts in table(stages["flatten", "hidden 1"], "neuron").items():
        agree(texts, [before[int(name) - 1]])


def huber(e):
    return 0.5 * e * e if abs(e) < 1 else abs(e) - 0.5


# Loss -> what one output o adds for the target t, dL/da before the mean, whether outputs are averaged.
BY_HAND = {
    "mse": (lambda o, t: (o - t) ** 2, lambda o, t: 2 * (o - t), True),
    "half_mse": (lambda o, t: (o - t) ** 2 / 2, lambda o, t: o - t, False),
    "mae": (lambda o, t: abs(o - t), lambda o, t: math.copysign(1, o - t), True),
    "huber": (lambda o, t: huber(o - t), lambda o, t: max(-1, min(1, o - t)), True),
    "hinge": (lambda o, t: max(0, 1 - t * o), lambda o, t: -t if t * o < 1 else 0, False),
    "binary_cross_entropy": (
        lambda o, t: -(t * math.log(o) + (1 - t) * math.log(1 - o)),
        lambda o, t: o - t,
        False,
    ),
    "softmax_cross_entropy": (lambda o, t: -t * math.log(o), lambda o, t: o - t, False),
}


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", LOSSES)
def test_every_loss(name, dtype):
    loss = LOSSES[name]
    units = 1 if name == "binary_cross_entropy" else 3
    low, high = (-1.0, 1.0) if name in ("half_mse", "hinge") else (0.0, 1.0)
    targets = np.array([[low, high, low][:units]]) if units > 1 else np.array([[1.0]])
    layers = [Dense(units, loss.output_activations[0])]
    network, inputs, _, stages = a_walk((3,), layers, name, targets=targets, dtype=dtype, seed=3)
    z = inputs[0] @ network.layers[0].weights.astype(np.float64) + network.layers[0].biases
    bend = {
        "linear": lambda v: v,
        "tanh": np.tanh,
        "sigmoid": lambda v: 1 / (1 + np.exp(-v)),
        "softmax": lambda v: np.exp(v) / np.exp(v).sum(),
    }
    o = bend[layers[0].activation](z)
    term, slope, is_mean = BY_HAND[name]
    terms = [term(a, t) for a, t in zip(o, targets[0], strict=True)]
    stage = stages["loss", "loss L"]
    rows = table(stage, "output")
    tolerant = [agree, nearly][dtype == "float32"]
    for i in range(units):
        tolerant(rows[str(i + 1)], [o[i], targets[0, i], terms[i]])
    total = np.mean(terms) if is_mean else np.sum(terms)
    tolerant(NUMBER.findall(stage.lines[-1].text), [total])
    if units > 1:
        assert ("mean" if is_mean else "sum") in stage.lines[-1].text
    back = stages["output: delta" if loss.fused_activation else "output: dL/da"]
    for i in range(units):
        wanted = slope(o[i], targets[0, i]) / (units if is_mean else 1)
        tolerant(table(back, "output")[str(i + 1)], [o[i], targets[0, i], wanted])


def nearly(texts, values):
    """Compare numbers of a float32 network with float64 ones: one unit of the last digit is allowed."""
    for text, value in zip(texts, np.asarray(values, dtype=np.float64).ravel(), strict=True):
        mantissa, _, exponent = text.partition("e")
        unit = 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
        assert abs(float(text) - value) <= 1.5 * unit, (text, value)


def evaluated(text):
    """Return the value of a formula with numbers in it."""
    text = text.partition(", ")[0] if ", s =" in text or ", t the" in text else text
    for shown, meant in (("×", "*"), ("²", "**2"), ("³", "**3"), ("½", "0.5"), ("√(", "sqrt(")):
        text = text.replace(shown, meant)
    text = re.sub(r"\|(.*?)\|", r"abs(\1)", text).split(" = ")[0]
    names = {name: getattr(math, name) for name in ("tanh", "exp", "log", "sqrt", "sin", "cos")}
    names |= {"sigmoid": lambda v: 1 / (1 + math.exp(-v)), "π": math.pi, "abs": abs, "max": max}
    return eval(text, {"__builtins__": {}}, names)


@pytest.mark.parametrize("name", [name for name, entry in ACTIVATIONS.items() if entry.is_elementwise])
@pytest.mark.parametrize("z", [0.7, -0.3])
def test_a_formula_filled_in_is_the_arithmetic_itself(name, z):
    activation = ACTIVATIONS[name]
    filled = fill_in(activation.formula, {"z": short(z)})

    assert evaluated(filled) == pytest.approx(float(activation(np.array([z]))[0]), abs=2e-4)


@pytest.mark.parametrize("z", [0.7, -0.3])
@pytest.mark.parametrize(
    "name", [n for n, e in ACTIVATIONS.items() if e.is_elementwise and n not in ("gelu", "silu", "mish")]
)
def test_a_slope_filled_in_is_the_arithmetic_itself(name, z):
    activation = ACTIVATIONS[name]
    a = float(activation(np.array([z]))[0])
    filled = fill_in(activation.derivative_formula, {"z": short(z), "a": short(a)})

    assert evaluated(filled) == pytest.approx(float(activation.slope(np.array([z]))[0]), abs=3e-4)


def test_numbers_have_one_width():
    values = [0.0, -0.0, 1.0, -999.9999, 0.001, 1e-5, -1e5, 1e30, math.nan, math.inf]

    assert {len(number(value)) for value in values} == {9}
    assert number(-0.0) == "  +0.0000"


def test_every_kind_of_layer_is_walked_through():
    layers = [
        Conv2D(2, 3, activation="relu"),
        MaxPool2D(2),
        BatchNorm("relu"),
        Dropout(0.2),
        AveragePool2D(2),
        Flatten(),
        Dense(3, "elu"),
        Dense(2, "softmax"),
    ]
    _, _, _, stages = a_walk((1, 8, 8), layers, "softmax_cross_entropy", n=3)

    kinds = {stage.kind for stage in stages.values()}
    assert kinds >= {"preactivations", "pool", "batchnorm", "dropout", "flatten", "below", "update"}
    assert all(len(line.text) <= 140 for stage in stages.values() for line in stage.lines)
