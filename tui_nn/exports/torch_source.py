"""A Python file with a PyTorch module that answers as the network does."""

from __future__ import annotations

from textwrap import indent

from tui_nn.exports.formulas import TORCH
from tui_nn.exports.model import Layer, Model
from tui_nn.exports.source import forward_lines, function, names_of, numbers_of, prepare_lines
from tui_nn.exports.written import Written


def write_torch(model: Model) -> Written:
    """Return the source of a module with `Model` and `predict(rows)`, and the weights beside it if many."""
    numbers = numbers_of(model)
    text = "".join(
        (
            '"""A network that tui-nn trained, as a PyTorch module.\n\n',
            'Model() takes raw rows (n, n_raw); so does predict(rows), with NumPy arrays.\n"""\n\n',
            "from pathlib import Path\n\n" if numbers.beside else "",
            "import numpy as np\nimport torch\nfrom torch import nn\n",
            "from torch.nn import functional as F\n\n",
            f"INPUTS = {list(model.input_names)!r}\n",
            f"CLASSES = {list(model.class_names)!r}\n",
            numbers.lines,
            "\n\nclass Model(nn.Module):\n",
            '    """Raw rows to outputs; it begins with the weights that were trained."""\n\n',
            _constructor(model),
            indent(_prepare(model), "    "),
            "\n",
            indent(_forward(model), "    "),
            _PREDICT.format(dtype=model.dtype, n_outputs=model.n_outputs, n_raw=model.n_raw_inputs),
        )
    )
    return Written(text.encode(), numbers.beside)


_PREDICT = '''

@torch.no_grad()
def predict(rows):
    """Return the outputs (n, {n_outputs}) for raw rows (n, {n_raw}) as a NumPy array."""
    return Model().eval()(torch.as_tensor(np.asarray(rows, float))).numpy()
'''


def _constructor(model: Model) -> str:
    lines = ["    def __init__(self):", "        super().__init__()"]
    filled: list[str] = []
    for position, layer in enumerate(model.layers):
        if module := _module(layer):
            lines.append(f"        self.layer{position + 1} = {module}")
            filled += [
                f"            self.layer{position + 1}.{name}.copy_(torch.from_numpy({values}))"
                for name, values in _state(position, layer)
            ]
    lines.append(f"        self.to(torch.{model.dtype})")
    if filled:
        lines += ["        with torch.no_grad():", *filled]
    return "\n".join(lines) + "\n\n"


def _module(layer: Layer) -> str:
    """Return the constructor of a layer; nothing for one that has no numbers."""
    numbers = layer.numbers
    match layer.type:
        case "dense":
            fan_in, fan_out = layer.arrays["weights"].shape
            return f"nn.Linear({fan_in}, {fan_out})"
        case "conv":
            channels, filters = layer.input_shape[0], layer.output_shape[0]
            return f"nn.Conv2d({channels}, {filters}, {numbers['kernel_size']}, stride={numbers['stride']})"
        case "maxpool" | "avgpool":
            name = "MaxPool2d" if layer.type == "maxpool" else "AvgPool2d"
            return f"nn.{name}({numbers['kernel_size']}, {numbers['stride']})"
        case "batchnorm":
            dimensions = 2 if len(layer.input_shape) > 1 else 1
            return f"nn.BatchNorm{dimensions}d({layer.input_shape[0]}, eps={numbers['epsilon']})"
        case _:
            return ""


def _state(position: int, layer: Layer) -> list[tuple[str, str]]:
    """Return the tensors of a layer and the expressions of their values."""
    w, b, mean, variance = (names_of(position, name) for name in ("weights", "biases", "mean", "variance"))
    match layer.type:
        case "dense":
            return [("weight", f"{w}.T.copy()"), ("bias", b)]
        case "conv":
            size = layer.numbers["kernel_size"]
            kernel = f"{w}.T.reshape(-1, {layer.input_shape[0]}, {size}, {size}).copy()"
            return [("weight", kernel), ("bias", b)]
        case "batchnorm":
            return [("weight", w), ("bias", b), ("running_mean", mean), ("running_var", variance)]
        case _:
            return []


def _prepare(model: Model) -> str:
    lines = prepare_lines(model, "torch", "rows.to(torch.float64)", "to", "torch.from_numpy({})")
    return function("prepare(self, rows)", "Return what the first layer is given.", lines)


def _forward(model: Model) -> str:
    lines = ["x = self.prepare(rows)", *forward_lines(model, _step, TORCH)]
    return function("forward(self, rows)", "Return the outputs for raw rows (n, ...).", lines)


def _step(position: int, layer: Layer) -> str:
    x = "x"
    if layer.type == "flatten" or (layer.type == "dense" and len(layer.input_shape) > 1):
        x = "x.flatten(1)"
    elif layer.type == "conv":
        (top, bottom), (left, right) = layer.numbers["zeros"]
        if any((top, bottom, left, right)):
            x = f"F.pad(x, ({left}, {right}, {top}, {bottom}))"
    return f"self.layer{position + 1}({x})" if _module(layer) else x
