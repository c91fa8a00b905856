"""The network as an ONNX graph, from raw rows to outputs, in float32 (IR 8, opset 13)."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_nn.exports.arrays import header_text
from tui_nn.exports.errors import ExportError
from tui_nn.exports.extras import needed
from tui_nn.exports.model import WHITE, Array, Layer, Model
from tui_nn.exports.written import Written

IR, OPSET = 8, 13
"""Read by every runtime of the last years."""
ROWS, OUTPUTS = "rows", "outputs"


def write_onnx(model: Model) -> Written:
    """Return a graph with input `rows` (n, n_raw_inputs) and output `outputs` (n, n_outputs), float32.

    Raises ExportError where the library is not installed.
    """
    onnx = needed("onnx", "onnx")
    graph = _Graph(onnx)
    x = _prepare(graph, model)
    if len(shape := model.layers[0].input_shape) > 1:
        x = graph.add("Reshape", x, graph.constant(np.array([-1, *shape], np.int64)))
    for layer in model.layers:
        x = _activation(graph, layer.activation, _step(graph, layer, x))
    graph.add("Identity", x, output=OUTPUTS)
    helper, float32 = onnx.helper, onnx.TensorProto.FLOAT
    made = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "tui-nn",
            [helper.make_tensor_value_info(ROWS, float32, ["n", model.n_raw_inputs])],
            [helper.make_tensor_value_info(OUTPUTS, float32, ["n", model.n_outputs])],
            graph.constants,
        ),
        producer_name="tui-nn",
        ir_version=IR,
        opset_imports=[helper.make_opsetid("", OPSET)],
    )
    helper.set_model_props(made, {"header": header_text(model)})
    onnx.checker.check_model(made)
    return Written(made.SerializeToString(), is_text=False)


class _Graph:
    """Nodes and constants of a graph while it is made."""

    def __init__(self, onnx: Any) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._onnx = onnx

    def add(self, operation: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        """Add one node; return the name of its output."""
        name = output or f"v{len(self.nodes) + 1}"
        self.nodes.append(self._onnx.helper.make_node(operation, list(inputs), [name], **attributes))
        return name

    def constant(self, array: Array | float) -> str:
        """Add a constant, float32 unless it is of whole numbers; return its name."""
        values = np.asarray(array)
        if values.dtype != np.int64:
            values = np.ascontiguousarray(values, np.float32)
        name = f"c{len(self.constants) + 1}"
        self.constants.append(self._onnx.numpy_helper.from_array(values, name))
        return name


def _prepare(graph: _Graph, model: Model) -> str:
    x = ROWS
    if model.image_shape:
        x = graph.add("Div", x, graph.constant(WHITE))
    if model.features:
        point = [graph.add("Gather", x, graph.constant(np.array([at], np.int64)), axis=1) for at in (0, 1)]
        x = graph.add("Concat", *(_feature(graph, name, *point) for name in model.features), axis=1)
    if model.mean is not None and model.deviation is not None:
        x = graph.add("Sub", x, graph.constant(model.mean))
        x = graph.add("Div", x, graph.constant(model.deviation))
    return x


def _feature(graph: _Graph, name: str, x: str, y: str) -> str:
    match name:
        case "x" | "y":
            return x if name == "x" else y
        case "x2" | "y2":
            chosen = x if name == "x2" else y
            return graph.add("Mul", chosen, chosen)
        case "xy":
            return graph.add("Mul", x, y)
        case "sinx" | "siny":
            return graph.add("Sin", x if name == "sinx" else y)
        case "cosx" | "cosy":
            return graph.add("Cos", x if name == "cosx" else y)
        case _:
            raise ExportError(f"the feature {name} has no ONNX form")


def _step(graph: _Graph, layer: Layer, x: str) -> str:
    """Add what a layer does before its activation; return the name of z."""
    numbers = layer.numbers
    arrays = {name: graph.constant(_turned(layer, name)) for name in layer.arrays}
    match layer.type:
        case "dense":
            flat = graph.add("Flatten", x, axis=1) if len(layer.input_shape) > 1 else x
            return graph.add("Gemm", flat, arrays["weights"], arrays["biases"])
        case "conv":
            (top, bottom), (left, right) = numbers["zeros"]
            size, stride = numbers["kernel_size"], numbers["stride"]
            return graph.add(
                "Conv",
                x,
                arrays["weights"],
                arrays["biases"],
                kernel_shape=[size, size],
                strides=[stride, stride],
                pads=[top, left, bottom, right],
            )
        case "maxpool" | "avgpool":
            size, stride = numbers["kernel_size"], numbers["stride"]
            name = "MaxPool" if layer.type == "maxpool" else "AveragePool"
            return graph.add(name, x, kernel_shape=[size, size], strides=[stride, stride])
        case "batchnorm":
            order = (arrays[name] for name in ("weights", "biases", "mean", "variance"))
            return graph.add("BatchNormalization", x, *order, epsilon=numbers["epsilon"])
        case "flatten":
            return graph.add("Flatten", x, axis=1)
        case _:
            raise ExportError(f"a layer of the type {layer.type} has no ONNX form")


def _turned(layer: Layer, name: str) -> Array:
    """Return an array as ONNX wants it: kernels (filters, channels, rows, columns)."""
    array = layer.arrays[name]
    if layer.type != "conv" or name != "weights":
        return array
    size = layer.numbers["kernel_size"]
    turned: Array = array.T.reshape(-1, layer.input_shape[0], size, size)
    return turned


def _activation(graph: _Graph, name: str, z: str) -> str:
    """Add an activation; return the name of a."""
    single = {
        "sigmoid": "Sigmoid",
        "tanh": "Tanh",
        "relu": "Relu",
        "elu": "Elu",
        "softplus": "Softplus",
        "softsign": "Softsign",
        "sine": "Sin",
    }
    if name in single:
        return graph.add(single[name], z)
    match name:
        case "linear":
            return z
        case "step":
            above = graph.add("Greater", z, graph.constant(0.0))
            return graph.add("Cast", above, to=1)
        case "leaky_relu":
            return graph.add("LeakyRelu", z, alpha=0.01)
        case "selu":
            return graph.add("Selu", z, alpha=1.6732632423543772, gamma=1.0507009873554805)
        case "silu":
            return graph.add("Mul", z, graph.add("Sigmoid", z))
        case "mish":
            return graph.add("Mul", z, graph.add("Tanh", graph.add("Softplus", z)))
        case "gaussian":
            return graph.add("Exp", graph.add("Neg", graph.add("Mul", z, z)))
        case "softmax":
            return graph.add("Softmax", z, axis=1)
        case "gelu":
            return _gelu(graph, z)
        case _:
            raise ExportError(f"the activation {name} has no ONNX form")


def _gelu(graph: _Graph, z: str) -> str:
    """½ z (1 + tanh(√(2/π) (z + 0.044715 z³)))."""
    cube = graph.add("Mul", graph.add("Mul", z, z), z)
    inner = graph.add("Add", z, graph.add("Mul", cube, graph.constant(0.044715)))
    bent = graph.add("Tanh", graph.add("Mul", inner, graph.constant(np.sqrt(2.0 / np.pi))))
    return graph.add(
        "Mul", graph.add("Mul", z, graph.constant(0.5)), graph.add("Add", bent, graph.constant(1.0))
    )
